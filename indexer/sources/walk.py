"""Paths -> the files to read, in a fixed order, each with the name that readers see."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from search.errors import BaokuError

SUFFIXES = (".txt", ".jsonl")
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
_DAY_FOLDERS = re.compile(r"(?:^|/)(\d{4}-\d{1,2}-\d{1,2}|\d{8}|\d{4}年\d{1,2}月\d{1,2}日|\d{4}/\d{1,2}/\d{1,2})$")


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: ``name`` is its path relative to ``root``, the folder that was given or that it lies in."""

    path: Path
    root: Path

    @property
    def name(self) -> str:
        return self.name_from(self.root)

    @property
    def dated_name(self) -> str:
        """The name, behind the root's own last folders where these are nothing but a day: 2023-07-21, 2023/07/21."""
        day = _DAY_FOLDERS.search(_readable(self.root))
        return f"{day[1]}/{self.name}" if day else self.name

    @property
    def origin(self) -> str:
        """The absolute path, by which a later run finds the same file again."""
        return _readable(self.path)

    def name_from(self, folder: Path) -> str:
        """The path relative to a folder above the file."""
        return _readable(self.path.relative_to(folder))

    def folders(self) -> Iterator[Path]:
        """The file's own folder and those above it, up to the root."""
        for folder in self.path.parents:
            yield folder
            if folder == self.root:
                return

    def known_as(self, name: str) -> File:
        """The file under the name that it was stored by, when that reaches further up than the given folder."""
        if not self.origin.endswith(f"/{name}"):
            return self
        root = self.path.parents[name.count("/")]
        return File(self.path, root) if root in self.root.parents else self


def find_files(paths: Iterable[Path]) -> list[File]:
    """All pages and article files under the paths, each once, in order of their path.

    A file that lies under several of the paths is named from the widest.

    Raises:
        BaokuError: a path does not exist, or there is nothing to read under all of them.
    """
    given = [real(path) for path in paths]
    widest_last = sorted(given, key=lambda path: len(path.parts), reverse=True)
    found = {file.path: file for path in widest_last for file in _under(path)}
    if not found:
        places = "、".join(map(str, given))
        raise BaokuError(f"{places} 里没有 .txt 版面或 .jsonl 文章 (no pages found)")
    return [found[path] for path in sorted(found)]


def real(path: Path) -> Path:
    """The absolute path with all links followed; a link that leads round in a circle stays as it is."""
    return Path(os.path.realpath(path))


def _readable(path: Path) -> str:
    """The path as text that can be stored; a name that is not UTF-8 comes from an older Chinese system."""
    data = os.fsencode(path.as_posix())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "backslashreplace")


def is_gone(path: str | Path) -> bool:
    """Whether a path is not there any more. Where that cannot be seen, it is taken to be there."""
    try:
        os.stat(path)
    except ValueError:
        return True
    except OSError as error:
        return error.errno in _GONE
    return False


def _under(path: Path) -> Iterator[File]:
    """The files of a folder, or the file itself; a folder that cannot be listed stands for its files."""
    if is_gone(path):
        raise BaokuError(f"找不到 {path} (no such file or folder)")
    if not os.path.isdir(path):
        yield File(path, path.parent)
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        files = (Path(folder, name) for name in names if not _is_hidden(name))
        yield from (File(file, path) for file in files if file.suffix.lower() in SUFFIXES)
    yield from (File(Path(error.filename), path) for error in closed)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "lost+found"
