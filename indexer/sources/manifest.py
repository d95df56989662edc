"""manifest.csv: what is known of each page besides its text (file,date,page_no,page_name,newspaper)."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from indexer.sources.decode import decode
from indexer.sources.reject import Unusable
from indexer.sources.walk import File, is_gone, real
from search.errors import BaokuError

COLUMNS = ("file", "date", "page_no", "page_name", "newspaper")
NAME = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the manifest; empty cells are None."""

    day: date | None = None
    page_no: str | None = None
    page_name: str | None = None
    newspaper: str | None = None


class Manifest:
    """The rows by file name, as written in the manifest: a path, or a bare name."""

    def __init__(self, rows: Mapping[str, Row] | None = None, folder: Path | None = None) -> None:
        self.rows = rows or {}
        self.folder = folder

    def row(self, names: Iterable[str]) -> Row | None:
        """The row of the first of the names that is listed."""
        return next((self.rows[name] for name in names if name in self.rows), None)

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest in a file: UTF-8, GB18030 or UTF-16, as spreadsheets write it.

        Raises:
            BaokuError: the file cannot be read or is no CSV file, has no column ``file``, holds a bad date or
                lists a file twice (the lines are named).
        """
        try:
            lines = decode(path.read_bytes()).split("\n")
        except OSError as error:
            raise BaokuError(f"清单读不了：{path}（{error.strerror}）(the manifest cannot be read)") from None
        except Unusable as error:
            raise BaokuError(f"清单不能使用：{path}，{error}") from None
        return cls(_rows(lines, path), real(path).parent)


class Manifests:
    """Finds the row of a file: in the one named manifest, else in the manifest.csv of the folders above it."""

    def __init__(self, named: Manifest | None = None) -> None:
        self._named = named
        self._read: dict[Path, Manifest | None] = {}

    def row(self, file: File) -> Row:
        """What is known of a file, by the nearest manifest that lists it; an empty row when none does.

        Raises:
            BaokuError: a manifest cannot be used.
        """
        rows = (manifest.row(names) for manifest, names in self._about(file))
        return next((row for row in rows if row is not None), Row())

    def absent(self, files: Iterable[File], folders: Collection[Path]) -> list[str]:
        """The names that are listed but not there, of the manifests that speak of whole given ``folders``.

        Raises:
            BaokuError: a manifest cannot be used.
        """
        left: dict[Manifest, dict[str, Row]] = {}
        for file in files:
            for manifest, names in self._about(file) if file.root in folders else ():
                rest = left.setdefault(manifest, dict(manifest.rows))
                for name in names:
                    rest.pop(name, None)
        return [name for manifest, rest in left.items() for name in rest if not _exists(manifest, name)]

    def _about(self, file: File) -> Iterator[tuple[Manifest, list[str]]]:
        """The manifests that may list a file, nearest first, and what it may be called in each."""
        bare = file.name_from(file.path.parent)
        if self._named:
            yield self._named, [file.name, *_beside(self._named, file), bare]
            return
        for folder in file.folders():
            if manifest := self._of(folder):
                yield manifest, [file.name_from(folder), bare]

    def _of(self, folder: Path) -> Manifest | None:
        if folder not in self._read:
            path = folder / NAME
            # One that cannot be seen is no reason to go on without it: loading it says why.
            self._read[folder] = Manifest.load(path) if not is_gone(path) and _may_be_file(path) else None
        return self._read[folder]


def _may_be_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _beside(manifest: Manifest, file: File) -> list[str]:
    """What a file below the manifest's own folder is called from there."""
    folder = manifest.folder
    return [file.name_from(folder)] if folder and folder in file.path.parents else []


def _exists(manifest: Manifest, name: str) -> bool:
    return manifest.folder is not None and os.path.exists(manifest.folder / name)


def _rows(lines: Sequence[str], path: Path) -> dict[str, Row]:
    records = _records(lines, path)
    columns = [cell.strip().lower() for cell in next(records, (1, []))[1]]
    if "file" not in columns:
        raise BaokuError(f"清单 {path} 没有 file 一列；应有的列是 {','.join(COLUMNS)} (no column 'file')")
    found: dict[str, tuple[int, Row]] = {}
    for line, values in records:
        cells = dict(zip(columns, (value.strip() for value in values), strict=False))
        name = _key(cells.get("file", ""))
        if name in found:
            lines_of_both = f"第 {found[name][0]} 行和第 {line} 行"
            raise BaokuError(f"清单 {path} {lines_of_both}是同一个文件 {name} (listed twice)")
        if name:
            found[name] = line, _row(cells, path, line)
    return {name: row for name, (_, row) in found.items()}


def _records(lines: Sequence[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of cells, each with the number of the line on which it begins."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"第 {line} 行的引号没有闭合，或格子写坏了：{error}"
            raise BaokuError(f"清单不能使用：{path} {reason} (not a CSV file)") from None


def _key(name: str) -> str:
    return str(PurePosixPath(name.replace("\\", "/"))) if name else ""


def _row(cells: Mapping[str, str], path: Path, line: int) -> Row:
    day, *texts = (cells.get(column) or None for column in COLUMNS[1:])
    try:
        return Row(_day(day) if day else None, *texts)
    except (ValueError, OverflowError):
        raise BaokuError(f"清单 {path} 第 {line} 行的日期 {day!r} 不对，应写成 2023-07-21 (bad date)") from None


def _day(text: str) -> date:
    year, month, day = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
    return date(year, month, day)
