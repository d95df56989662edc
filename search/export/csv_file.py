"""Hits as CSV after RFC 4180: CRLF, UTF-8 with a byte order mark so that spreadsheets read the Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from search.export.columns import COLUMNS, Link, cell
from search.results import Hit

MARK = "\ufeff"
"""The byte order mark: what a file begins with."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(hits: Iterable[Hit], link: Link) -> Iterator[str]:
    """The byte order mark with a header row of column keys, then one row a hit, as the hits come in."""
    yield MARK + row(column.key for column in COLUMNS)
    for hit in hits:
        yield row(cell(column.value(hit, link)) for column in COLUMNS)


def row(cells: Iterable[str]) -> str:
    """One line, none of whose cells a spreadsheet would run."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(map(_harmless, cells))
    return line.getvalue()


def _harmless(text: str) -> str:
    """Not to be run by a spreadsheet: what could start a formula gets an apostrophe (OWASP, CSV injection)."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
