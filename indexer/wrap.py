"""Lines -> units: hard-wrapped visual columns are put back into paragraphs; other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from indexer.prose import ends_sentence, join, width

_INDENT = re.compile(r"^(\u3000|\s{2,})")
_NARROWEST, _WIDEST = 8.0, 26.0
_ENOUGH_LINES = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """One logical line: its 1-based inclusive line numbers, its text, and whether blank lines stand around it."""

    first: int
    last: int
    text: str
    indented: bool = False


def units(lines: Sequence[str]) -> list[Unit]:
    """The logical lines of a page, in order; empty lines only separate."""
    column = column_width(lines)
    found: list[Unit] = []
    for run in _runs(lines):
        found += _unwrap(run, column) if column else run
    return found


def column_width(lines: Sequence[str]) -> float | None:
    """The width in Chinese characters at which the page wraps its lines; None when it does not wrap.

    A page wraps when hardly any line is longer than a narrow column and most neighbours have no blank
    line between them.
    """
    widths = [width(line.strip()) for line in lines if line.strip()]
    if len(widths) < _ENOUGH_LINES or len(widths) < 0.6 * len(lines):
        return None
    column = quantiles(widths, n=20)[16]
    fits = sum(w <= column + 2 for w in widths) / len(widths)
    return column if _NARROWEST <= column <= _WIDEST and fits > 0.97 else None


def _runs(lines: Sequence[str]) -> Iterator[list[Unit]]:
    run: list[Unit] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            run.append(Unit(number, number, line.strip(), bool(_INDENT.match(line))))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _unwrap(run: Sequence[Unit], column: float) -> list[Unit]:
    joined: list[Unit] = []
    for position, line in enumerate(run):
        if joined and _continues(run[position - 1], line, column):
            above = joined[-1]
            joined[-1] = Unit(above.first, line.last, join(above.text, line.text), above.indented)
        else:
            joined.append(line)
    return joined


def _continues(above: Unit, line: Unit, column: float) -> bool:
    if line.indented:
        return False
    filled = width(above.text) + (2 if above.indented else 0) >= column - 1.5
    return filled and not (ends_sentence(above.text) and width(above.text) < column - 0.5)
