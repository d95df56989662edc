"""What stands beside an index while it is being rebuilt: the new one, and for a moment the old one."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from search.engine.lock import locked
from search.engine.toc import sync_folder
from search.errors import IndexUnreadable
from search.message import Message

_OURS = re.compile(r"_?MAIN_.+|baoku\.json(\.tmp)?")


def fresh_of(path: Path) -> Path:
    """Where the new index of a rebuilding is made."""
    return path.parent / (path.name + ".new")


def _old_of(path: Path) -> Path:
    return path.parent / (path.name + ".old")


def settled(path: Path) -> Path:
    """The path in full; an index that a rebuilding cut short left beside it is moved back.

    Raises:
        IndexBusy: the two are just being exchanged.
        IndexUnreadable: it cannot be moved.
    """
    path = Path(os.path.realpath(path))
    old = _old_of(path)
    try:
        if os.path.isdir(old) and not os.path.lexists(path):
            # Whoever is just exchanging the two holds the lock.
            with locked(old):
                _put_back(path, old)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise IndexUnreadable(
            Message(
                "不能把 {old} 移回 {path}：{reason} (cannot move it back)",
                old=old,
                path=path,
                reason=error.strerror or error,
            )
        ) from error
    return path


def exchange(path: Path) -> None:
    """Puts the new folder in the place of the old one, or else leaves the old one there.

    Raises:
        OSError: it cannot be done.
    """
    old = _old_of(path)
    remove(old)
    try:
        path.rename(old)
        fresh_of(path).rename(path)
    finally:
        _put_back(path, old)
    # Else a power cut could undo the second renaming, and keep what is deleted now.
    sync_folder(path.parent)
    remove(old)


def clear(path: Path) -> None:
    """Removes what a rebuilding that was cut short has left; to be called under the lock of the index."""
    remove(fresh_of(path))
    remove(_old_of(path))


def remove(folder: Path) -> None:
    """Removes a folder if nothing is in it but files of an index; what cannot be removed stays."""
    if os.path.isdir(folder) and all(map(_OURS.fullmatch, os.listdir(folder))):
        shutil.rmtree(folder, ignore_errors=True)


def _put_back(path: Path, old: Path) -> None:
    if not os.path.lexists(path):
        old.rename(path)
