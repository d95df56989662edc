"""Where the index lives: its folder, its marker file, its generations and its write lock."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from search.engine import beside, toc
from search.engine.arrayfile import identity
from search.engine.beside import settled
from search.engine.damage import readable
from search.engine.lock import LOCK, locked
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.errors import BaokuError, IndexMissing, IndexUnreadable
from search.message import Message
from search.version import version
from search.words import analyser_version

FORMAT = 4
"""Counted up when an index of an earlier Baoku can no longer be read."""

MARKER = "baoku.json"
_TOCS = "*MAIN_*.toc"
_BEGUN = frozenset({LOCK, "MAIN_0.toc", "MAIN_0.toc.tmp", f"{MARKER}.tmp"})
"""What is in a folder whose making was cut short; the lock file is never deleted, lest two writers hold two locks."""

_HELP = Message("请用 baoku index PATH... --rebuild 重建 (rebuild the index)")
_UPGRADE = Message("请运行 baoku upgrade，文章都会在 (run baoku upgrade)")


class Store:
    """An index folder that is known to be ours. Holds no open files."""

    def __init__(self, path: Path) -> None:
        path = settled(path)
        self.path = path
        self._marker = _read_marker(path)
        with readable(path):
            generation = toc.newest(path)
        if generation < 0:
            raise IndexUnreadable(Message("索引 {path} 缺少目录文件；{help}", path=path, help=_HELP))

    @classmethod
    def create(cls, path: Path) -> Store:
        """A new empty index; the index that is there already, if there is one.

        Raises:
            IndexUnreadable: the folder holds something else.
        """
        path = settled(path)
        with _making(path):
            if not (path / MARKER).exists():
                _begin(path)
        return cls(path)

    @classmethod
    @contextmanager
    def rebuilding(cls, path: Path) -> Iterator[Store]:
        """A new empty index that takes the place of the one at ``path`` when the block ends well.

        Until then, and if it does not, readers have the old one.

        Raises:
            BaokuError: ``path`` is the working folder.
            IndexUnreadable: the folder holds something else.
            IndexBusy: another writer is at work.
        """
        path = settled(path)
        with replacing(path) as fresh:
            yield cls._anew(fresh, path)

    @classmethod
    def _anew(cls, fresh: Path, path: Path) -> Store:
        """An empty index at ``fresh`` that will be the one at ``path``: the archive stays the same."""
        _begin(fresh, identity_at(path))
        return cls(fresh)

    @property
    def identity(self) -> str:
        """Sixteen hex digits that an archive keeps when it is rebuilt, moved or copied.

        Empty as long as nothing has been written since an earlier Baoku made the index.
        """
        return str(self._marker.get("archive", ""))

    @property
    def analyser(self) -> str:
        """The analyser version that the index was made with."""
        return str(self._marker["analyser_version"])

    @property
    def stale(self) -> bool:
        """Whether words or folding have changed since the index was made."""
        return self.analyser != analyser_version()

    def generation(self) -> int:
        """The number of the newest commit, from the folder's listing alone; -1 when there is none to be seen."""
        try:
            return toc.newest(self.path)
        except OSError:
            return -1

    def stamp(self) -> tuple[int, int]:
        """Changes with every commit, without opening a file: the newest generation and when it was made."""
        generation = self.generation()
        try:
            return generation, toc.path_of(self.path, generation).stat().st_mtime_ns
        except OSError:
            return generation, 0

    def snapshot(self, earlier: Snapshot | None = None) -> Snapshot:
        """The newest generation. Segments that an ``earlier`` snapshot has open are taken from it.

        Raises:
            FilesGone: a newer commit has deleted its files meanwhile.
            IndexMissing: a rebuilt index is just being moved into its place.
            IndexUnreadable: a file is damaged, or the index has been rebuilt by another version.
        """
        stamp = self.stamp()
        with readable(self.path):
            if stamp[0] < 0:
                # Raises what keeps the folder from being listed.
                toc.newest(self.path)
            table = toc.read(self.path, stamp[0])
            self._marker = _read_marker(self.path)
            opened = {segment.file.identity: segment for segment in (earlier.segments if earlier else ())}
            paths = [self.path / entry.name for entry in table.segments]
            segments = [opened.get(identity(path.stat())) or Segment(path) for path in paths]
            bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
            dead = [toc.read_dead(self.path, entry) + base for entry, base in zip(table.segments, bases, strict=False)]
            return Snapshot(segments, np.concatenate([np.empty(0, np.int64), *dead]), stamp)

    @contextmanager
    def writing(self) -> Iterator[toc.Toc]:
        """The newest table of contents under the write lock. At the end files that nothing names are removed.

        What the block raises is not changed.

        Raises:
            IndexBusy: another writer has held the lock for about ten seconds.
            IndexUnreadable: the index was made with another dictionary, or is damaged.
        """
        self._marker = _read_marker(self.path)
        if self.stale:
            raise IndexUnreadable(
                Message("索引 {path} 是用另一版词典建的，只能读；{help}", path=self.path, help=_UPGRADE)
            )
        with ExitStack() as stack:
            with readable(self.path):
                stack.enter_context(locked(self.path))
                table = toc.read(self.path, toc.newest(self.path))
                self._name()
            try:
                yield table
            finally:
                self._sweep()

    def _name(self) -> None:
        """Gives an index of an earlier Baoku its identity."""
        if not self.identity:
            self._marker["archive"] = _new_identity()
            _write_marker(self.path, self._marker)

    def _sweep(self) -> None:
        """Removes the files of earlier generations and of what was not published; what stays, stays until next time."""
        with suppress(OSError, IndexUnreadable):
            beside.clear(self.path)
            for stray in toc.strays(self.path, toc.read(self.path, toc.newest(self.path))):
                with suppress(OSError):
                    stray.unlink()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of the index at ``path`` when the block ends well.

    Until then, and if it does not, readers have the old one.

    Raises:
        BaokuError: ``path`` is the working folder.
        IndexUnreadable: the folder holds something else.
        IndexBusy: another writer is at work.
    """
    if path in (Path.cwd(), *Path.cwd().parents):
        raise BaokuError(
            Message("这要换掉文件夹 {path}，请先离开它再运行 (this replaces the working folder)", path=path)
        )
    fresh = beside.fresh_of(path)
    with _making(path):
        beside.clear(path)
        try:
            fresh.mkdir()
            yield fresh
            beside.exchange(path)
        except BaseException:
            # Not when all went well: a new one may be another's by now.
            beside.remove(fresh)
            raise


@contextmanager
def _making(path: Path) -> Iterator[None]:
    """Makes the folder and holds the write lock, so that of two who create an index one finds it made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(_contents(path)) and not ((path / MARKER).exists() or any(path.glob(_TOCS))):
            raise IndexUnreadable(
                Message("{path} 不是空文件夹，也不是报库索引 (neither empty nor an index)", path=path)
            )
        with locked(path):
            yield
    except OSError as error:
        raise BaokuError(
            Message(
                "无法在 {path} 建立索引：{reason} (cannot create the index)", path=path, reason=error.strerror or error
            )
        ) from error


def _begin(path: Path, identity: str = "") -> None:
    if any(_contents(path)):
        raise IndexUnreadable(Message("{path} 不是报库索引；{help}", path=path, help=_HELP))
    toc.sync_folder(path.parent)
    toc.write(path, toc.Toc(0))
    made_by = {"software": software(), "analyser_version": analyser_version()}
    _write_marker(path, {"format": FORMAT, **made_by, "archive": identity or _new_identity()})


def _write_marker(path: Path, marker: Mapping[str, Any]) -> None:
    fresh = path / f"{MARKER}.tmp"
    with fresh.open("wb") as file:
        file.write(json.dumps(marker, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path / MARKER)
    toc.sync_folder(path)


def _new_identity() -> str:
    return secrets.token_hex(8)


def identity_at(path: Path) -> str:
    """The identity of the index at a path; empty where there is none, or a damaged one.

    Raises:
        IndexUnreadable: it cannot be read, so that nobody knows.
    """
    try:
        marker = json.loads((path / MARKER).read_bytes())
        return str(marker.get("archive", ""))
    except (FileNotFoundError, NotADirectoryError, ValueError, AttributeError, RecursionError):
        return ""
    except OSError as error:
        raise _closed(path, error) from error


def _contents(path: Path) -> Iterator[Path]:
    """What is in the folder besides an index that was hardly begun."""
    return (file for file in path.iterdir() if file.name not in _BEGUN)


def format_at(path: Path) -> int:
    """The format of the index at a path: this program's or an earlier one.

    Raises:
        IndexMissing: there is none.
        IndexUnreadable: it is foreign, damaged or of a later format.
    """
    return int(_any_marker(path)["format"])


def _read_marker(path: Path) -> dict[str, Any]:
    marker = _any_marker(path)
    if (form := marker["format"]) != FORMAT:
        raise IndexUnreadable(
            Message(
                "索引 {path} 的格式是第 {form} 版，现在是第 {format} 版；{help}",
                path=path,
                form=form,
                format=FORMAT,
                help=_UPGRADE,
            )
        )
    return marker


def _any_marker(path: Path) -> dict[str, Any]:
    try:
        if not path.is_dir() or not any(_contents(path)):
            raise IndexMissing(
                Message("{path} 没有索引；请先用 baoku index PATH... 建立 (no index here yet)", path=path)
            )
        marker = json.loads((path / MARKER).read_bytes())
        form, _ = marker["format"], marker["analyser_version"]
        if type(form) is not int or form < 1:
            raise ValueError(f"{form!r} is no format")
    except FileNotFoundError:
        raise IndexUnreadable(_foreign(path)) from None
    except OSError as error:
        raise _closed(path, error) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexUnreadable(
            Message("索引 {path} 的 {marker} 已损坏；{help}", path=path, marker=MARKER, help=_HELP)
        ) from error
    if form > FORMAT:
        raise IndexUnreadable(
            Message(
                "索引 {path} 是更新的报库建的：格式是第 {form} 版，本程序到第 {format} 版；请升级程序 (a newer index)",
                path=path,
                form=form,
                format=FORMAT,
            )
        )
    return dict(marker)


def _closed(path: Path, error: OSError) -> IndexUnreadable:
    return IndexUnreadable(
        Message("读不了索引 {path}：{reason} (cannot read the index)", path=path, reason=error.strerror or error)
    )


def _foreign(path: Path) -> str:
    if any(path.glob(_TOCS)):
        return Message("{path} 不是报库索引；{help}", path=path, help=_HELP)
    # Rebuilding refuses such a folder.
    return Message("{path} 不是索引文件夹，请检查 --index 或设置 index (not an index folder)", path=path)


def software() -> str:
    """The name and version of this program."""
    return f"baoku {version()}"


@cache
def program() -> str:
    """This program and its dictionary, which it reads once."""
    return f"{software()} {analyser_version()}"
