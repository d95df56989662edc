"""An index copied: whole, of one moment while others write to it, and compared with its checksums before it counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from search.engine import integrity, toc
from search.engine.beside import settled
from search.engine.damage import FilesGone, readable
from search.engine.store import MARKER, Store, identity_at, replacing
from search.errors import BaokuError, IndexUnreadable
from search.message import Message

_TRIES = 10
_COPY_BYTES = 1 << 20


def copy(source: Path, target: Path) -> None:
    """Puts a copy of the index at ``source`` in the place of the one at ``target``, or of nothing.

    Nothing is moved into place before the copy has been read and found whole.

    Raises:
        BaokuError: the two are one index, ``target`` holds another archive, or the copy cannot be written.
        IndexMissing: there is no index at ``source``.
        IndexUnreadable: the one at ``source`` is damaged, or ``target`` holds something else.
        IndexBusy: another writer is at work at ``target``.
    """
    store, target = Store(source), settled(target)
    _refuse_others(store, target)
    with replacing(target) as fresh:
        with readable(store.path), _opened(store) as files:
            for name, file in files.items():
                _copied(file, fresh / name)
        toc.sync_folder(fresh)
        _refuse_damage(Store(fresh))


def _refuse_others(store: Store, target: Path) -> None:
    if store.path in (target, *target.parents) or target in store.path.parents:
        raise BaokuError(Message("{path} 就是这个索引，或在它里面 (the index itself, or inside it)", path=target))
    if (other := identity_at(target)) and other != store.identity:
        raise BaokuError(Message("{path} 里是另一个库，不能覆盖；请换一个文件夹 (another archive)", path=target))


@contextmanager
def _opened(store: Store) -> Iterator[Mapping[str, BinaryIO]]:
    """The files of the newest generation, open: from then on it does not matter that a commit deletes them."""
    for _ in range(_TRIES):
        stamp = store.stamp()
        with ExitStack() as stack:
            try:
                names = sorted(toc.read(store.path, stamp[0]).files())
                files = {name: stack.enter_context((store.path / name).open("rb")) for name in (*names, MARKER)}
            except FileNotFoundError:
                if store.stamp() == stamp:
                    raise
                continue
            # A rebuilt index has other files of the same names.
            if store.stamp() == stamp:
                yield files
                return
    raise FilesGone(Message("索引 {path} 一直在换，请稍后再试 (the index keeps changing)", path=store.path))


def _copied(file: BinaryIO, path: Path) -> None:
    with path.open("xb") as out:
        shutil.copyfileobj(file, out, _COPY_BYTES)
        out.flush()
        os.fsync(out.fileno())


def _refuse_damage(store: Store) -> None:
    with readable(store.path):
        problems = list(integrity.problems(store.snapshot(), store.stale))
    if problems:
        raise IndexUnreadable(
            Message(
                "副本不完好，没有放进去；{n} 处，第一处：{problem} (damaged: nothing was replaced)",
                n=len(problems),
                problem=problems[0],
            )
        )
