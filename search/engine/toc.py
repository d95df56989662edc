"""The table of contents of an index: which segments make up a generation, and which documents in them are deleted.

Each commit writes a new one, ``MAIN_<generation>.toc``: JSON, a line feed, and the CRC-32 of the JSON in hex. The
newest is the one that counts. The deleted documents of a segment are an array in a file of their own.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from search.engine.arrayfile import ArrayFile, ArrayWriter
from search.engine.postings import Ints
from search.errors import IndexUnreadable
from search.message import Message

_FILE = re.compile(r"MAIN_(\d+)\.toc")
_OURS = re.compile(r"MAIN_\d+(\.toc|_\d+\.(seg|dead))(\.\w+)*(\.tmp)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment: its file's name and that of its deleted documents, empty when it has none."""

    name: str
    dead: str = ""


@dataclass(frozen=True, slots=True)
class Toc:
    """One generation."""

    generation: int
    segments: tuple[Entry, ...] = ()

    def files(self) -> set[str]:
        """The names of all the files that make up the generation."""
        names = {name for entry in self.segments for name in (entry.name, entry.dead) if name}
        return names | {_name(self.generation)}


def newest(folder: Path) -> int:
    """The number of the newest generation, from the folder's listing alone; -1 when there is none.

    Raises:
        OSError: the folder cannot be listed, which says nothing of what is in it.
    """
    try:
        return max((int(match[1]) for match in map(_FILE.fullmatch, os.listdir(folder)) if match), default=-1)
    except (FileNotFoundError, NotADirectoryError):
        return -1


def path_of(folder: Path, generation: int) -> Path:
    """The file of a generation's table."""
    return folder / _name(generation)


def read(folder: Path, generation: int) -> Toc:
    """The table of a generation.

    Raises:
        FileNotFoundError: it is not there.
        IndexUnreadable: it is damaged.
    """
    path = path_of(folder, generation)
    text, _, checksum = path.read_bytes().rpartition(b"\n")
    if f"{zlib.crc32(text):08x}".encode() != checksum:
        raise IndexUnreadable(
            Message("索引文件 {path} 已损坏；请用 baoku index PATH... --rebuild 重建 (table damaged)", path=path)
        )
    return Toc(generation, tuple(Entry(**entry) for entry in json.loads(text)["segments"]))


def write(folder: Path, toc: Toc) -> None:
    """Stores a table: from then on its generation is the newest. All that it names is on the disk already."""
    text = json.dumps({"segments": [{"name": e.name, "dead": e.dead} for e in toc.segments]}).encode()
    path = path_of(folder, toc.generation)
    fresh = path.with_name(path.name + ".tmp")
    with fresh.open("wb") as file:
        file.write(text + b"\n" + f"{zlib.crc32(text):08x}".encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    os.replace(fresh, path)
    sync_folder(folder)


def write_dead(path: Path, docs: Ints) -> None:
    """Stores the deleted documents of a segment."""
    with ArrayWriter(path) as out:
        out.add("dead", docs.astype(np.uint32))


def read_dead(folder: Path, entry: Entry) -> Ints:
    """The deleted documents of a segment, ascending.

    Raises:
        FileNotFoundError: their file is not there.
        IndexUnreadable: it is damaged.
    """
    if not entry.dead:
        return np.empty(0, np.int64)
    file = ArrayFile(folder / entry.dead)
    file.verify()
    return file["dead"].astype(np.int64)


def strays(folder: Path, toc: Toc) -> Iterator[Path]:
    """Files of earlier generations, and of writers that were cut short."""
    keep = toc.files()
    return (path for path in folder.iterdir() if _OURS.fullmatch(path.name) and path.name not in keep)


def sync_folder(folder: Path) -> None:
    """Brings the folder's listing to the disk. Windows cannot open a folder; its renames are journalled."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _name(generation: int) -> str:
    return f"MAIN_{generation}.toc"
