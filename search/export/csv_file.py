"""CSV after RFC 4180: CRLF, UTF-8 with a byte order mark so that spreadsheets read the Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from search.export.columns import SEALS, Value, cell, columns, reader
from search.export.form import Wanted
from search.export.seal import Sealer, of_cells
from search.listed import Listed

MARK = "\ufeff"
"""The byte order mark: what a file begins with."""
_FORMULA_STARTS = frozenset("=+-@\t\r")


def write_csv(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """A header row of column keys, then one row a hit; an empty list has no columns for the seals that it has not."""
    line = io.StringIO(newline="")
    write = csv.writer(line, lineterminator="\r\n").writerow
    line.write(MARK)
    write([column.key for column in (*columns(wanted.text), *(SEALS if listed.total else ()))])
    yield _taken(line)
    values, sealer = reader(wanted.text, wanted.link), Sealer(listed.total)
    for row in listed.rows():
        cells = list(map(_cell, values(row)))
        write((*cells, *sealer.next(of_cells(cells))))
        yield _taken(line)


def row(cells: Iterable[str]) -> str:
    """One line of a table of another kind, none of whose cells a spreadsheet would run."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(map(harmless, cells))
    return line.getvalue()


def harmless(text: str) -> str:
    """Not to be run by a spreadsheet: what could start a formula gets an apostrophe (OWASP, CSV injection)."""
    return "'" + text if text[:1] in _FORMULA_STARTS else text


def _cell(value: Value) -> str:
    return harmless(value) if isinstance(value, str) else harmless(cell(value)) if value else cell(value)


def _taken(line: io.StringIO) -> bytes:
    """What was written, which is then forgotten."""
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()
