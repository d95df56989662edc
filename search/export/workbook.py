"""XLSX (ECMA-376): the columns of the CSV with real dates, and a second sheet that says what list this is.

Cells are written as text, never as formulas. What XML cannot hold (controls, U+FFFE, U+FFFF) becomes �; what is longer
than a cell may be is cut; the second sheet tells how often either was done. What looks like the escape of a character,
``_x0041_``, is itself escaped (ECMA-376, part 1, ST_Xstring), since programs would show an A.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from search.export.columns import SEALS, Value, cell, columns, reader
from search.export.form import Wanted, facts
from search.export.seal import Sealer, of_cells
from search.listed import Listed

LIST, FACTS = "结果", "凭据"
"""The names of the two sheets."""
ROWS, DIGEST = "行数 rows", "校验 sha256"
LONGEST = 32767
"""Characters (UTF-16 units) in a cell, by the limits of Excel."""
_DATES = ("date", "date_end")
_WIDE = {"link": 24, "title": 44, "subtitle": 30, "kicker": 30, "snippet": 60, "body": 60}
_CHUNK = 1 << 16
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def write_xlsx(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """The workbook, made in a temporary file, since its directory can be written only when all else is."""
    with TemporaryDirectory(prefix="baoku-") as folder:
        path = Path(folder) / "list.xlsx"
        _made(listed, wanted).save(path)
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece


def _made(listed: Listed, wanted: Wanted) -> Workbook:
    book, sealer, harmed = Workbook(write_only=True), Sealer(listed.total), Counter[str]()
    sheet = book.create_sheet(LIST)
    sheet.freeze_panes = "A2"
    keys = [column.key for column in columns(wanted.text)]
    for letter, key in zip(_letters(), keys, strict=False):
        sheet.column_dimensions[letter].width = _WIDE.get(key, 14)
    sheet.append([_bold(sheet, key) for key in (*keys, *(column.key for column in SEALS if listed.total))])
    values = reader(wanted.text, wanted.link)
    for hit in listed.rows():
        shown = [_holdable(value, harmed) for value in values(hit)]
        seal = sealer.next(of_cells(map(cell, shown)))
        cells = [_cell(sheet, key, value) for key, value in zip(keys, shown, strict=True)]
        sheet.append([*cells, *seal])
    about = book.create_sheet(FACTS)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 20, 80
    told = facts(listed, wanted) | dict(_said(harmed)) | {ROWS: str(sealer.count), DIGEST: sealer.sha256}
    for name, value in told.items():
        about.append([_bold(about, name), _text(about, str(_holdable(value, harmed)))])
    return book


def printed(text: str) -> str:
    """The text of a cell without its escapes."""
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text) if "_x" in text else text


def _letters() -> Iterator[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from letters
    yield from (first + second for first in letters for second in letters)


def _holdable(value: Value, harmed: Counter[str]) -> Value:
    """The value as a cell can hold it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    text = cell(value)
    kept = held(text)
    if kept is not text:
        harmed["control"] += bool(_UNHOLDABLE.search(text))
        harmed["long"] += len(kept) < len(text)
    return kept


def held(text: str) -> str:
    """What a cell can hold of a text: all of it but for rare exceptions."""
    if _UNHOLDABLE.search(text):
        text = _UNHOLDABLE.sub("\ufffd", text)
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return text


def _said(harmed: Counter[str]) -> Iterator[tuple[str, str]]:
    if harmed["control"]:
        yield "控制字符", f"{harmed['control']} 个格子里有 XLSX 不能保存的控制字符，已换成 �；CSV 和 JSONL 里是原样"
    if harmed["long"]:
        yield "过长的格子", f"{harmed['long']} 个格子超过 {LONGEST} 个字符，已截断；CSV 和 JSONL 里是全文"


def _cell(sheet: Any, key: str, value: Value) -> Any:
    if isinstance(value, str) and value:
        return date.fromisoformat(value) if key in _DATES else _text(sheet, value)
    return value


def _text(sheet: Any, text: str) -> Any:
    """A cell of text; only one that looks like a formula or a link needs to be told that it is none."""
    text = _ESCAPE.sub("_x005F_", text) if "_x" in text else text
    if not text.startswith(("=", "#")):
        return text
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    return made


def _bold(sheet: Any, text: str) -> Any:
    made = WriteOnlyCell(sheet, text)
    made.font = Font(bold=True)
    return made
