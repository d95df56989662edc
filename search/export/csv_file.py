"""CSV after RFC 4180: CRLF, UTF-8 with a byte order mark so that spreadsheets read the Chinese."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence

from search.export.columns import SEALS, Value, cell, columns, reader
from search.export.form import Wanted
from search.export.seal import Sealer, of_cells
from search.listed import Listed

MARK = "\ufeff"
"""The byte order mark: what a file begins with."""
_FORMULA_STARTS = frozenset("=+-@\t\r")


class _Echo:
    """A file that gives back what is written to it, as then does the method of the writer."""

    def write(self, text: str) -> str:
        return text


def write_csv(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """A header row of column keys, then one row a hit; an empty list has no columns for the seals that it has not."""
    header = [column.key for column in (*columns(wanted.text), *(SEALS if listed.total else ()))]
    line = _liner()
    yield (MARK + line(header)).encode()
    values, sealer = reader(wanted.text, wanted.link), Sealer(listed.total)
    for hit in listed.rows():
        cells = _cells(values(hit))
        yield line((*cells, *sealer.next(of_cells(cells)))).encode()


def row(cells: Iterable[str]) -> str:
    """One line of a table of another kind, none of whose cells a spreadsheet would run."""
    return _liner()(map(harmless, cells))


def harmless(text: str) -> str:
    """Not to be run by a spreadsheet: what could start a formula gets an apostrophe (OWASP, CSV injection)."""
    return "'" + text if text[:1] in _FORMULA_STARTS else text


def _cells(values: Sequence[Value]) -> list[str]:
    # Half of the values are plain strings: to call for them, too, would take twice as long.
    return [
        value if isinstance(value, str) and value[:1] not in _FORMULA_STARTS else harmless(cell(value))
        for value in values
    ]


def _liner() -> Callable[[Iterable[str]], str]:
    """What makes lines of cells; one for each list, since it is no good to two threads at once."""
    line: Callable[[Iterable[str]], str] = csv.writer(_Echo(), lineterminator="\r\n").writerow
    return line
