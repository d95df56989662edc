"""Paths -> the files to read, in a fixed order, each with the name that readers see."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.errors import BaokuError

SUFFIXES = (".txt", ".jsonl")


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: ``name`` is its path relative to ``root``, the folder that was given or that it lies in."""

    path: Path
    root: Path

    @property
    def name(self) -> str:
        return _readable(self.path.relative_to(self.root))

    @property
    def origin(self) -> str:
        """The absolute path, by which a later run finds the same file again."""
        return _readable(self.path)


def find_files(paths: Iterable[Path]) -> list[File]:
    """All pages and article files under the paths, each once, in order of their path.

    Raises:
        BaokuError: a path does not exist, or there is nothing to read under all of them.
    """
    given = [path.resolve() for path in paths]
    found = {file.path: file for path in given for file in _under(path)}
    if not found:
        places = "、".join(map(str, given))
        raise BaokuError(f"{places} 里没有 .txt 版面或 .jsonl 文章 (no pages found)")
    return [found[path] for path in sorted(found)]


def _readable(path: Path) -> str:
    """The path as text that can be stored; a name that is not UTF-8 comes from an older Chinese system."""
    data = os.fsencode(path.as_posix())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "backslashreplace")


def _under(path: Path) -> Iterator[File]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.suffix.lower() in SUFFIXES and not hidden and not file.is_dir():
                yield File(file, path)
    elif path.exists():
        yield File(path, path.parent)
    else:
        raise BaokuError(f"找不到 {path} (no such file or folder)")
