"""manifest.csv: what is known of each page besides its text (file,date,page_no,page_name,newspaper)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from indexer.sources.decode import decode
from indexer.sources.reject import Unusable
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
    """The rows by file name, as written in the manifest: a path relative to the folder, or a bare name."""

    def __init__(self, rows: Mapping[str, Row] | None = None) -> None:
        self._rows = rows or {}

    def row(self, file: str) -> Row:
        """What is known of a page; an empty row when it is not listed."""
        name = PurePosixPath(file)
        return self._rows.get(str(name)) or self._rows.get(name.name) or Row()

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest in a file, UTF-8 or GB18030 as spreadsheets write it.

        Raises:
            BaokuError: the file cannot be read, has other columns, or holds a bad date (the line is named).
        """
        try:
            lines = decode(path.read_bytes()).split("\n")
        except OSError as error:
            raise BaokuError(f"清单读不了：{path}（{error.strerror}）(the manifest cannot be read)") from None
        except Unusable as error:
            raise BaokuError(f"清单不能使用：{path}，{error}") from None
        reader = csv.DictReader(lines)
        try:
            if "file" not in (reader.fieldnames or ()):
                raise BaokuError(f"清单 {path} 没有 file 一列；应有的列是 {','.join(COLUMNS)} (no column 'file')")
            return cls({_key(cells): _row(cells, path, reader.line_num) for cells in reader if _key(cells)})
        except csv.Error as error:
            raise BaokuError(f"清单不能使用：{path} 第 {reader.line_num} 行，{error} (not a CSV file)") from None


def _key(cells: Mapping[str, str | None]) -> str:
    name = (cells.get("file") or "").strip().replace("\\", "/")
    return str(PurePosixPath(name)) if name else ""


def _row(cells: Mapping[str, str | None], path: Path, line: int) -> Row:
    day, *texts = ((cells.get(column) or "").strip() or None for column in COLUMNS[1:])
    try:
        return Row(_day(day) if day else None, *texts)
    except ValueError:
        raise BaokuError(f"清单 {path} 第 {line} 行的日期 {day!r} 不对，应写成 2023-07-21 (bad date)") from None


def _day(text: str) -> date:
    year, month, day = (int(part) for part in text.replace("/", "-").replace(".", "-").split("-"))
    return date(year, month, day)
