"""Tables read back: CSV as any spreadsheet may have saved it again, and XLSX."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from openpyxl import load_workbook

from search.export.columns import COLUMNS, TEXT, cell
from search.export.csv_file import harmless
from search.export.readrow import End, ListUnreadable, ReadRow, ends_line, id_of
from search.export.seal import PLACE, SEAL, of_cells, place_of
from search.export.workbook import DIGEST, FACTS, LIST, ROWS, printed
from search.message import Message

_LOOKED_AT = 1 << 16
_HEADER = ",".join(column.key for column in COLUMNS)
_LONGEST_CELL = 1 << 27
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 256
"""Of a sheet: all rows that a spreadsheet can have, and more columns than anybody adds to a list."""
_DAYS = ("date", "date_end")
_DAY = re.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?: 0{1,2}:00(?::00)?)?")


def read_csv(file: BinaryIO) -> Iterator[ReadRow | End]:
    """UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs.

    Raises:
        ListUnreadable: its first line has no column ``id`` or ``link``.
    """
    csv.field_size_limit(_LONGEST_CELL)
    whole = ends_line(file)
    sample = file.read(_LOOKED_AT)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=_encoding(sample), errors="replace", newline="")
    first = text.readline()
    lines = csv.reader(text, delimiter=max(",;\t", key=first.count))
    header = next(csv.reader([first], delimiter=max(",;\t", key=first.count)), [])
    yield from _table(header, lines, whole)
    text.detach()


def read_xlsx(file: BinaryIO) -> Iterator[ReadRow | End]:
    """The sheet of results, or the first one; and what the other one says of it.

    Raises:
        ListUnreadable: its first row has no column ``id`` or ``link``.
    """
    book = load_workbook(file, read_only=True, data_only=True)
    sheet = book[LIST] if LIST in book.sheetnames else book.worksheets[0]
    said = dict(_rows_of(book[FACTS], 1, 2)) if FACTS in book.sheetnames else {}
    header = next(_rows_of(sheet, 1, _MOST_COLUMNS), ())
    width = max((place for place, name in enumerate(header, 1) if name is not None), default=1)
    rows = ([_printed(value) for value in row] for row in _rows_of(sheet, 2, width) if any(row))
    yield from _table([_printed(name) for name in header[:width]], rows, True, said)


def _rows_of(sheet: Any, first: int, width: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet: no more of them than there can be, whatever it says of its size and of their numbers."""
    sheet.reset_dimensions()
    return islice(sheet.iter_rows(min_row=first, max_col=width, values_only=True), _MOST_ROWS)


def _table(
    header: Sequence[str], rows: Iterator[list[str]], whole: bool, said: Mapping[Any, Any] | None = None
) -> Iterator[ReadRow | End]:
    names = [name.strip().lstrip("\ufeff") for name in header]
    if not whole and _HEADER.startswith(",".join(names).strip("\ufffd")):
        yield End(torn=True)
        return
    if "id" not in names and "link" not in names:
        raise ListUnreadable(Message("这不是报库导出的表格：第一行没有 id 或 link 列 (no column id or link)"))
    covered = [column.key for column in (*COLUMNS, TEXT) if column is not TEXT or TEXT.key in names]
    number = 0
    for number, row in enumerate(rows, 1):
        cells = dict(zip(names, row, strict=False))
        yield ReadRow(
            number=number,
            id=_bare(cells.get("id", "")) or id_of(_bare(cells.get("link", ""))),
            place=place_of(cells.get(PLACE, "")),
            seal=cells.get(SEAL, ""),
            content=of_cells(_plain(key, cells.get(key, "")) for key in covered),
            cells=cells,
            torn=len(row) < len(names),
        )
    empty = SEAL not in names and not number
    yield End(
        torn=not whole or (SEAL in names and not number),
        rows=0 if empty else _count((said or {}).get(ROWS)),
        sha256=str((said or {}).get(DIGEST) or ""),
    )


def _plain(key: str, text: str) -> str:
    """A cell as it was exported, though spreadsheets write truth values and days in their own ways."""
    if key == "complete":
        return text.lower()
    if key in _DAYS and (day := _DAY.fullmatch(text)):
        return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    return text


def _bare(text: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def _encoding(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        # A sample may well end within a character.
        if error.start < len(sample) - 3:
            return "gb18030"
    return "utf-8-sig"


def _printed(value: Any) -> str:
    """A cell as the CSV has it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printed(value) if isinstance(value, str) else cell(value)


def _count(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() else None
