"""Lines -> units: hard-wrapped visual columns are put back into paragraphs; other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from indexer.prose import ends_sentence, join, width

_INDENT = re.compile(r"^(\u3000|\s{2,})")
_NARROWEST, _WIDEST = 8.0, 26.0
_ENOUGH_LINES = 6
_RAGGED = 2.6


@dataclass(frozen=True, slots=True)
class Unit:
    """One logical line: its 1-based inclusive line numbers, its text, and whether its first line is indented."""

    first: int
    last: int
    text: str
    indented: bool = False


def units(lines: Sequence[str]) -> list[Unit]:
    """The logical lines of a page, in order; empty lines only separate."""
    single = [
        Unit(number, number, line.strip(), bool(_INDENT.match(line)))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    if not is_wrapped(lines):
        return single
    indents = sum(unit.indented for unit in single) > 0.08 * len(single)
    return _unwrap(single, indents)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the page is a set of narrow columns: hardly a long line, and no blank lines between neighbours."""
    widths = [width(line.strip()) for line in lines if line.strip()]
    if len(widths) < _ENOUGH_LINES or len(widths) < 0.6 * len(lines):
        return False
    usual = quantiles(widths, n=20)[16]
    fits = sum(w <= usual + 3 for w in widths) / len(widths)
    return _NARROWEST <= usual <= _WIDEST and fits > 0.95


def _unwrap(single: Sequence[Unit], indents: bool) -> list[Unit]:
    column = quantiles([width(unit.text) for unit in single], n=20)[16]
    paragraphs: list[_Paragraph] = []
    for position, line in enumerate(single):
        below = single[position + 1 : position + 4]
        above = paragraphs[-1] if paragraphs else None
        if above and (_goes_on(above, line, below) if indents else _fills(above, line, column)):
            above.append(line)
        else:
            paragraphs.append(_Paragraph(line))
    return [paragraph.unit() for paragraph in paragraphs]


class _Paragraph:
    """The lines that were found to be one paragraph so far, and the printed width of the widest."""

    def __init__(self, line: Unit) -> None:
        self.lines = [line]
        self.measure = _printed(line)

    def append(self, line: Unit) -> None:
        self.lines.append(line)
        self.measure = max(self.measure, _printed(line))

    def unit(self) -> Unit:
        first = self.lines[0]
        return Unit(first.first, self.lines[-1].last, join(*(line.text for line in self.lines)), first.indented)


def _goes_on(paragraph: _Paragraph, line: Unit, below: Sequence[Unit]) -> bool:
    """On a page with indented paragraphs: whether the line continues the paragraph.

    Columns of one page differ in width, so a line is short by the measure of its own paragraph.
    """
    above = paragraph.lines[-1]
    if line.indented or not paragraph.lines[0].indented or line.first != above.last + 1:
        return False
    finished = ends_sentence(above.text)
    if _printed(above) < paragraph.measure - (1.6 if finished else _RAGGED):
        return False
    return not (finished and _heads_something(line, below))


def _heads_something(line: Unit, below: Sequence[Unit]) -> bool:
    """Whether no sentence ends between this line and the next indented one: then these lines are a headline."""
    for unit in (line, *below):
        if unit.indented:
            return unit is not line
        if ends_sentence(unit.text):
            return False
    return False


def _fills(paragraph: _Paragraph, line: Unit, column: float) -> bool:
    """On a page without indents: whether the line above fills its column, so that the text runs on."""
    above = paragraph.lines[-1]
    if line.indented or line.first != above.last + 1:
        return False
    measure = max(column, paragraph.measure) if len(paragraph.lines) < 3 else paragraph.measure
    return _printed(above) >= measure - (0.6 if ends_sentence(above.text) else _RAGGED)


def _printed(unit: Unit) -> float:
    return width(unit.text) + (2.0 if unit.indented else 0.0)
