"""What a power cut takes: whatever no fsync has brought to the disk.

POSIX promises little. The bytes of a file are safe once it has been synced; names made, moved and deleted in a folder
are safe once the folder has been; what was not may be there or not, folder by folder, in the order in which it was
done. Real file systems are kinder, each in its own way.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_UNLINK, _MKDIR, _RENAME = os.unlink, os.mkdir, os.rename
"""The real ones: those of ``os`` are replaced while this is at work."""


@dataclass(slots=True, eq=False)
class _Named:
    """A change of names that is not safe yet: ``kept`` is what was overwritten or deleted."""

    what: str
    path: str
    target: str = ""
    kept: str = ""


class Disk:
    """The names and bytes under ``root`` that are not safe; what may come back is kept beside it."""

    def __init__(self, root: Path) -> None:
        self._graves = f"{root}.graves"
        self._number = 0
        self._unsynced: dict[str, None] = {}
        self._names: list[_Named] = []

    def changed(self, path: str, new: bool) -> None:
        """A file has been made or written to."""
        self._unsynced[path] = None
        if new:
            self._names.append(_Named("make", path))

    def synced(self, path: str) -> None:
        """A file or a folder has reached the disk."""
        self._unsynced.pop(path, None)
        self._names = [one for one in self._names if os.path.dirname(one.path) != path]

    def before(self, what: str, path: str, target: str | Path = "") -> Callable[[], None]:
        """What to call when an operation on names has succeeded, which must be told of beforehand."""
        moved = os.fspath(target) if what in ("rename", "replace") else ""
        gone = moved or (path if what == "unlink" else "")
        change = _Named(what, path, moved, self._keep(gone))
        return lambda: self._done(change)

    def _done(self, change: _Named) -> None:
        if change.target:
            self._follow(change.path, change.target)
        self._names.append(change)

    def _follow(self, old: str, new: str) -> None:
        """All that is known by a name is known by another one."""

        def moved(path: str) -> str:
            return new + path[len(old) :] if path == old or path.startswith(old + "/") else path

        self._unsynced = {moved(path): None for path in self._unsynced}
        for one in self._names:
            one.path, one.target = moved(one.path), one.target and moved(one.target)

    def _keep(self, path: str) -> str:
        if not path or not os.path.isfile(path):
            return ""
        os.makedirs(self._graves, exist_ok=True)
        self._number += 1
        os.link(path, kept := f"{self._graves}/{self._number}")
        return kept

    def lose(self, chance: random.Random) -> None:
        """The power goes."""
        for path in filter(os.path.exists, self._unsynced):
            os.truncate(path, chance.randint(0, os.path.getsize(path)))
        self._names = self._lost(chance)
        while self._names:
            with suppress(OSError):
                # In a folder that is lost itself there is nothing to undo.
                self._undo(self._names.pop())

    def _lost(self, chance: random.Random) -> list[_Named]:
        """The last changes of each folder, some or all of those that are not safe."""
        by_folder: dict[str, list[_Named]] = {}
        for one in self._names:
            by_folder.setdefault(os.path.dirname(one.path), []).append(one)
        kept = [one for of in by_folder.values() for one in of[: chance.randint(0, len(of))]]
        return [one for one in self._names if one not in kept]

    def _undo(self, one: _Named) -> None:
        match one.what:
            case "make":
                _UNLINK(one.path)
            case "mkdir":
                shutil.rmtree(one.path)
            case "rmdir":
                _MKDIR(one.path)
            case "rename" | "replace":
                _RENAME(one.target, one.path)
                self._follow(one.target, one.path)
        if one.kept:
            os.link(one.kept, one.target or one.path)
