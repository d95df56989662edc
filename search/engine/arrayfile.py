"""A file of named arrays: written once, mapped into memory afterwards.

Layout, all numbers little-endian::

    "BAOKUARR"  version (4 bytes)  zeros up to 64
    the arrays, each from a multiple of 64 bytes on
    directory: JSON {"meta": ..., "arrays": {name: [dtype, first byte, number of items, CRC-32]}}; the checksum is that
    of all bytes up to the next multiple of 64
    first byte of the directory (8)  its length (4)  its CRC-32 (4)  "BAOKUEND"

The directory stands at the end, so that a file can be written in one go without knowing its sizes beforehand. A
file comes into being under another name and is renamed when all of it has reached the disk.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexUnreadable
from search.message import Message

VERSION = 1

_MAGIC, _END = b"BAOKUARR", b"BAOKUEND"
_TAIL = struct.Struct("<QII8s")
_ALIGNMENT = 64
_HEADER = (_MAGIC + VERSION.to_bytes(4, "little")).ljust(_ALIGNMENT, b"\0")
_COPY_BYTES = 1 << 20
_CHECKED_BYTES = 1 << 24
_DTYPES = frozenset({"<u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f8"})
_HELP = Message("请用 baoku check 查看，用 baoku index PATH... --rebuild 重建 (check the index, rebuild it)")


class ArrayWriter:
    """Writes one array file; used in a ``with`` block, at whose good end the file appears under its name."""

    def __init__(self, path: Path, meta: Mapping[str, Any] | None = None) -> None:
        self.meta: dict[str, Any] = dict(meta or {})
        self._path = path
        self._fresh = path.with_name(path.name + ".tmp")
        self._arrays: dict[str, tuple[str, int, int, int]] = {}
        self._spools: list[Spool] = []
        self._file: BinaryIO = self._fresh.open("wb")

    def __enter__(self) -> ArrayWriter:
        self._file.write(_HEADER)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        with ExitStack() as stack:
            stack.callback(self._fresh.unlink, missing_ok=True)
            stack.enter_context(self._file)
            for spool in self._spools:
                stack.callback(spool.remove)
            if kind is None:
                self._finish()

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Stores an array of one dimension."""
        with self._storing(name, array.dtype) as write:
            write(np.ascontiguousarray(array).data)

    def spool(self, name: str, dtype: str) -> Spool:
        """An array that is written piece by piece while others are, too; it waits in a file of its own."""
        spool = Spool(name, np.dtype(dtype), self._path.with_name(f"{self._path.name}.{name}.tmp"))
        self._spools.append(spool)
        return spool

    def _finish(self) -> None:
        for spool in self._spools:
            with self._storing(spool.name, spool.dtype) as write:
                for piece in spool.pieces():
                    write(memoryview(piece))
        directory = json.dumps({"meta": self.meta, "arrays": self._arrays}, ensure_ascii=False).encode()
        start = self._file.tell()
        self._file.write(directory + _TAIL.pack(start, len(directory), zlib.crc32(directory), _END))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._fresh, self._path)

    @contextmanager
    def _storing(self, name: str, dtype: np.dtype[Any]) -> Iterator[Any]:
        start, checksum = self._file.tell(), 0

        def write(piece: memoryview) -> None:
            nonlocal checksum
            checksum = zlib.crc32(piece, checksum)
            self._file.write(piece)

        yield write
        end = self._file.tell()
        write(memoryview(bytes(_aligned(end) - end)))
        count = (end - start) // dtype.itemsize
        self._arrays[name] = (_checked_dtype(dtype.newbyteorder("<").str.replace("|", "<")), start, count, checksum)


class Spool:
    """An array that grows."""

    def __init__(self, name: str, dtype: np.dtype[Any], path: Path) -> None:
        self.name, self.dtype = name, dtype
        self._path = path
        self._file = path.open("w+b")

    def write(self, array: NDArray[Any]) -> None:
        self._file.write(np.ascontiguousarray(array, dtype=self.dtype).data)

    def pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(_COPY_BYTES):
            yield piece

    def remove(self) -> None:
        with suppress(OSError):
            # What it could not write is not wanted any more.
            self._file.close()
        self._path.unlink(missing_ok=True)


class ArrayFile:
    """An array file, mapped: nothing but its directory is read when it is opened.

    Raises:
        FileNotFoundError: there is no such file.
        IndexUnreadable: it is cut off, foreign, of another version, or its directory is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            size, self.identity = status.st_size, identity(status)
            if size < _ALIGNMENT + _TAIL.size:
                raise _unreadable(path, Message("太短 (too short)"))
            self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        directory = self._directory(size)
        self.meta: dict[str, Any] = directory["meta"]
        self._places: dict[str, tuple[str, int, int, int]] = directory["arrays"]
        self._views: dict[str, NDArray[Any]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    @property
    def names(self) -> list[str]:
        """The names of the arrays, as they stand in the file."""
        return list(self._places)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The array of a name, read-only.

        Raises:
            IndexUnreadable: the file has no such array.
        """
        view = self._views.get(name)
        if view is None:
            if name not in self._places:
                raise _unreadable(self.path, Message("缺少 {name} (array missing)", name=name))
            dtype, start, count, _ = self._places[name]
            view = self._views[name] = np.frombuffer(self.bytes, dtype, count, start)
        return view

    def start(self, name: str) -> int:
        """At which byte of ``bytes`` an array begins."""
        return self._places[name][1]

    def checksum(self, name: str) -> int:
        """The checksum that an array should have."""
        return self._places[name][3]

    def count(self, name: str) -> int:
        """How many items an array has, without reading it."""
        return self._places[name][2]

    def damaged(self) -> list[str]:
        """The names of the arrays whose bytes do not have their checksum, or cannot be read; reads the whole file."""
        with self._unmapped() as read:
            return [
                name
                for name, (dtype, start, count, checksum) in self._places.items()
                if _found(read, start, _aligned(start + count * np.dtype(dtype).itemsize)) != checksum
            ]

    @contextmanager
    def _unmapped(self) -> Iterator[Callable[[int, int], bytes]]:
        """Reads the bytes between two places by the file itself: those that the disk cannot give are then an error.

        In a mapped file they end the process (SIGBUS). A file that has been deleted meanwhile is read as it is mapped.
        """
        try:
            file = self.path.open("rb")
        except OSError:
            yield lambda start, end: self.bytes[start:end]
            return
        with file:
            if identity(os.fstat(file.fileno())) != self.identity:
                yield lambda start, end: self.bytes[start:end]
                return

            def read(start: int, end: int) -> bytes:
                file.seek(start)
                return file.read(end - start)

            yield read

    def forget(self) -> None:
        """Gives back the memory of what has been read; it is read anew when it is asked for again.

        Where the system has no such call, it takes the memory when it needs it.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self.bytes.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> None:
        """Compares the whole file with its checksums.

        Raises:
            IndexUnreadable: an array is damaged.
        """
        if damaged := self.damaged():
            raise _unreadable(
                self.path, Message("的 {damaged} 部分与校验值不符 (checksum differs)", damaged=tuple(damaged))
            )

    def _directory(self, size: int) -> dict[str, Any]:
        if self.bytes[:8] != _MAGIC:
            raise _unreadable(self.path, Message("不是报库的数据文件 (foreign file)"))
        if (version := int.from_bytes(self.bytes[8:12], "little")) != VERSION:
            raise _unreadable(
                self.path,
                Message("是第 {version} 版，本程序只读第 {known} 版 (another version)", version=version, known=VERSION),
            )
        if self.bytes[:_ALIGNMENT] != _HEADER:
            raise _unreadable(self.path, Message("开头已损坏 (header damaged)"))
        start, length, checksum, end = _TAIL.unpack(self.bytes[-_TAIL.size :])
        if end != _END or start + length + _TAIL.size != size:
            raise _unreadable(self.path, Message("不完整 (cut off)"))
        text = self.bytes[start : start + length]
        if zlib.crc32(text) != checksum:
            raise _unreadable(self.path, Message("目录已损坏 (directory damaged)"))
        directory: dict[str, Any] = json.loads(text)
        for dtype, first, count, _ in directory["arrays"].values():
            if first + count * np.dtype(_checked_dtype(dtype)).itemsize > start:
                raise _unreadable(self.path, Message("目录已损坏 (directory damaged)"))
        return directory


def _found(read: Callable[[int, int], bytes], start: int, end: int) -> int | None:
    """The checksum of some bytes; None where they cannot be read."""
    checksum = 0
    try:
        for place in range(start, end, _CHECKED_BYTES):
            checksum = zlib.crc32(read(place, min(place + _CHECKED_BYTES, end)), checksum)
    except OSError:
        return None
    return checksum


def identity(status: os.stat_result) -> tuple[int, int, int]:
    """What no two files have in common while one of them is mapped: an index made anew has the old one's names."""
    return status.st_dev, status.st_ino, status.st_mtime_ns


def _aligned(place: int) -> int:
    """The next multiple of the alignment."""
    return place + -place % _ALIGNMENT


def _checked_dtype(dtype: str) -> str:
    if dtype not in _DTYPES:
        raise ValueError(f"{dtype} has no place in an array file")
    return dtype


def _unreadable(path: Path, why: str) -> IndexUnreadable:
    return IndexUnreadable(Message("索引文件 {path} {why}；{help}", path=path, why=why, help=_HELP))
