"""CSV after RFC 4180: CRLF, UTF-8 with a byte order mark so that spreadsheets read the Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from search.export.columns import cell, columns, values
from search.export.form import Wanted
from search.export.seal import PLACE, SEAL, Sealer, of_cells
from search.listed import Listed

MARK = "\ufeff"
"""The byte order mark: what a file begins with."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """A header row of column keys, then one row a hit; an empty list has no columns for the seals that it has not."""
    keys = [column.key for column in columns(wanted.text)]
    yield (MARK + row([*keys, *([PLACE, SEAL] if listed.total else [])])).encode()
    sealer = Sealer(listed.total)
    for hit in listed.rows():
        cells = [harmless(cell(value)) for value in values(hit, wanted.link, wanted.text)]
        yield row((*cells, *sealer.next(of_cells(cells)))).encode()


def row(cells: Iterable[str]) -> str:
    """One line."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def harmless(text: str) -> str:
    """Not to be run by a spreadsheet: what could start a formula gets an apostrophe (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
