"""Faults in the storage, put under a process: at one file operation of many it dies, or the system refuses.

Everything that Python reads and writes goes through a handful of functions. They are replaced in a child process that
has been forked for one run, so that the program itself is the very one that people use. A page of a mapped file that
cannot be read is no error but the end of the process (SIGBUS), which is what ``kill`` is for.
"""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture.disk import Disk

_LOOKS = ("stat", "list", "load", "read", "map")
_CHANGES = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir")
KINDS = {
    "kill": _CHANGES,
    "power": _CHANGES,
    "full": ("open", "write", "mkdir"),
    "io": _CHANGES,
    "short": ("write",),
    "fsync": ("fsync",),
    "rename": ("replace", "rename"),
    "read": _LOOKS,
    "unread": _LOOKS,
}
"""What can happen, and at which operations: kill -9, a power cut that takes with it what has not reached the disk, a
disk that is full from then on, EIO, a write that takes half of it, a failed fsync, a failed rename, EIO of something
that is read, of all that is read from then on."""

_DEADLY = ("kill", "power")
_LASTING = ("full", "unread")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at which operation of those that it can happen at, counted from 1; never when that is 0."""

    kind: str
    at: int = 0
    seed: int = 0


class Storage:
    """The functions of this process that write under ``root`` or read there or in ``sources``.

    ``count`` are the operations so far.
    """

    def __init__(self, root: Path, fault: Fault, sources: Path | None = None) -> None:
        self.root = str(root)
        self._read = (self.root, str(sources or root))
        self.fault = fault
        self.count = 0
        self._chance = random.Random(fault.seed)
        self._disk = Disk(root) if fault.kind == "power" else None
        self._sync = os.fsync

    def install(self) -> None:
        """Puts itself in the place of the functions, for as long as the process lives."""
        for name in ("replace", "rename", "unlink", "mkdir", "rmdir"):
            setattr(os, name, partial(self._path_operation, name, getattr(os, name)))
        for what, name in (("stat", "stat"), ("stat", "lstat"), ("list", "listdir"), ("list", "scandir")):
            setattr(os, name, partial(self._look, what, getattr(os, name)))
        mmap.mmap = partial(self._map, mmap.mmap)  # type: ignore[assignment, misc]
        os.fsync = self._fsync
        io.open = builtins.open = partial(self._open, io.open)  # type: ignore[assignment]

    def does(self, name: str, act: Callable[[], Any], half: Callable[[], Any] = lambda: None, where: Any = "") -> Any:
        """An operation, or what becomes of it; ``half`` does a part of it."""
        if name not in KINDS[self.fault.kind]:
            return act()
        self.count += 1
        kind, at = self.fault.kind, self.fault.at
        if not at or self.count < at or (self.count > at and kind not in _LASTING):
            return act()
        if kind in _DEADLY:
            self._die(act, half)
        written = half()
        if kind == "short" and written:
            return written
        code = errno.ENOSPC if kind == "full" else errno.EIO
        raise OSError(code, os.strerror(code), *([where] if where else []))

    def _die(self, act: Callable[[], Any], half: Callable[[], Any]) -> None:
        """Dies before, after or in the middle of an operation."""
        self._chance.choice((lambda: None, act, half))()
        if self._disk:
            self._disk.lose(self._chance)
        os.kill(os.getpid(), signal.SIGKILL)

    def _path_operation(self, name: str, real: Callable[..., Any], path: Any, *rest: Any, **named: Any) -> Any:
        where = _where(path, named.get("dir_fd"))
        if not where.startswith(self.root):
            return real(path, *rest, **named)

        def act() -> Any:
            undo = self._disk and self._disk.before(name, where, *rest[:1])
            result = real(path, *rest, **named)
            if undo:
                undo()
            return result

        return self.does(name, act, where=where)

    def _fsync(self, handle: int) -> None:
        where = os.readlink(f"/proc/self/fd/{handle}")
        if not where.startswith(self.root):
            return self._sync(handle)

        def act() -> None:
            # Nothing here outlives the machine; a real fsync would only take time.
            if self._disk:
                self._disk.synced(where)

        return self.does("fsync", act)

    def _look(self, what: str, real: Callable[..., Any], path: Any = ".", *rest: Any, **named: Any) -> Any:
        where = "" if isinstance(path, int) else _where(path, named.get("dir_fd"))
        if not where.startswith(self._read):
            return real(path, *rest, **named)
        return self.does(what, lambda: real(path, *rest, **named), where=path)

    def _map(self, real: Callable[..., Any], handle: int, *rest: Any, **named: Any) -> Any:
        where = os.readlink(f"/proc/self/fd/{handle}") if handle >= 0 else ""
        if not where.startswith(self._read):
            return real(handle, *rest, **named)
        return self.does("map", lambda: real(handle, *rest, **named))

    def _open(self, real: Callable[..., Any], file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        where = "" if isinstance(file, int) else _where(file)
        if where.startswith(self._read) and not set(mode) & set("wxa+"):
            return self._load(file, mode, *rest, **named)
        if not where.startswith(self.root) or "b" not in mode or not set(mode) & set("wxa+"):
            return real(file, mode, *rest, **named)
        raw = self.does("open", lambda: _Written(self, where, mode.replace("b", "")), where=where)
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    def _load(self, file: Any, mode: str, buffering: int = -1, *form: Any, **named: Any) -> Any:
        """A file to be read, of bytes or of text."""
        raw = self.does("load", lambda: _Read(self, file), where=file)
        if "b" in mode:
            return raw if not buffering else io.BufferedReader(raw)
        return io.TextIOWrapper(io.BufferedReader(raw), *form, **named)

    def changed(self, where: str, new: bool) -> None:
        """A file has been made or written to."""
        if self._disk:
            self._disk.changed(where, new)


class _Read(io.FileIO):
    """A file whose reading can fail."""

    def __init__(self, storage: Storage, file: Any) -> None:
        super().__init__(file, "r")
        self._storage = storage

    def readinto(self, buffer: Any) -> Any:
        real = super().readinto
        return self._storage.does("read", lambda: real(buffer))

    def readall(self) -> Any:
        real = super().readall
        return self._storage.does("read", real)


class _Written(io.FileIO):
    """A file whose writing can fail."""

    def __init__(self, storage: Storage, where: str, mode: str) -> None:
        new = not os.path.exists(where)
        super().__init__(where, mode)
        self._storage, self._where = storage, where
        storage.changed(where, new)

    def write(self, data: Any) -> int:
        piece = memoryview(data).cast("B")
        real = super().write
        self._storage.changed(self._where, False)
        written: int = self._storage.does("write", lambda: real(piece), lambda: real(piece[: len(piece) // 2]))
        return written


def _where(path: Any, folder: int | None = None) -> str:
    name = os.fsdecode(path)
    return os.path.join(os.readlink(f"/proc/self/fd/{folder}") if folder is not None else os.getcwd(), name)
