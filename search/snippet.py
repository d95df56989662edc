"""Printed text with the found terms marked: a whole text, or two lines around the best place in it.

Both give escaped HTML in which ``<mark>`` is the only tag; a mark never runs over a line break, so that the
result can be split into lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from operator import itemgetter
from typing import NamedTuple

from search.text import Folded, folded, is_mark

ELLIPSIS = "…"
_SENTENCE_END = re.compile("[。！？!?\n][”』」]?")
_SPECIAL = re.compile("[&<>\"']")
_LINE_BREAK = re.compile(r"(\s*\n\s*)")


class _Match(NamedTuple):
    """A term in a text, folded or printed, from ``start`` up to but without ``end``."""

    start: int
    end: int
    term: str


def mark(text: str, terms: Sequence[str]) -> str:
    """The whole text as HTML with every occurrence of the folded terms marked."""
    return _html(text, 0, len(text), _matches(text, terms))


def snippet(text: str, terms: Sequence[str], width: int = 120, form: Folded | None = None) -> str:
    """About ``width`` characters of the text as HTML where most of the folded terms stand together.

    Without terms, or where none occurs, it is the beginning. ``…`` stands for what was left out at either end.
    ``form`` is the folded text where it is at hand.
    """
    form, found = _found(text, terms, form)
    start, end = 0, min(width, len(text))
    if found:
        start, end = _window(text, _printed_cluster(form, text, found, width), width)
    start, end = _whole_characters(text, *_trimmed(text, start, end))
    before = ELLIPSIS if start and not text[:start].isspace() else ""
    after = ELLIPSIS if end < len(text) and not text[end:].isspace() else ""
    return before + _html(text, start, end, _printed_within(form, text, found, start, end)) + after


def _matches(text: str, terms: Iterable[str]) -> list[_Match]:
    """All occurrences of all terms in the printed text, in order of their start."""
    form, found = _found(text, terms)
    return [_printed(form, text, match) for match in found]


def _found(text: str, terms: Iterable[str], form: Folded | None = None) -> tuple[Folded, list[_Match]]:
    """The folded text and all occurrences of all terms in it, in order of their start."""
    if not any(terms):
        return Folded("", ()), []
    form = form or folded(text)
    found = [_Match(at, at + len(term), term) for term in set(terms) if term for at in _occurrences(form.text, term)]
    return form, sorted(found)


def _occurrences(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + len(term))


def _printed(form: Folded, text: str, match: _Match) -> _Match:
    """Where an occurrence stands in print; white space after its last character is no part of it."""
    start, last = form.offsets[match.start], form.offsets[match.end - 1]
    end = form.offsets[bisect_right(form.offsets, last, match.end - 1)]
    return _Match(start, start + len(text[start:end].rstrip()), match.term)


def _printed_within(form: Folded, text: str, found: Sequence[_Match], start: int, end: int) -> list[_Match]:
    """The occurrences that have something between two places of the print."""
    if not found:
        return []
    first, last = bisect_left(form.offsets, start), bisect_left(form.offsets, end)
    return [_printed(form, text, match) for match in found if match.end > first and match.start < last]


def _printed_cluster(form: Folded, text: str, found: Sequence[_Match], width: int) -> tuple[int, int]:
    """Start and end in print of the run of matches within ``width`` that holds most of the different terms."""
    first, last = _best_cluster(found, width)
    furthest = max(found[first:last], key=itemgetter(1))
    return form.offsets[found[first].start], _printed(form, text, furthest).end


def _best_cluster(found: Sequence[_Match], width: int) -> tuple[int, int]:
    """The first match of that run and the one behind its last."""
    inside = dict.fromkeys((match.term for match in found), 0)
    right = weight = 0
    best = (-1, 0)
    place = (0, 0)
    for left, (start, _, own) in enumerate(found):
        while right < len(found) and (right == left or found[right].end - start <= width):
            term = found[right].term
            weight += 0 if inside[term] else len(term)
            inside[term] += 1
            right += 1
        if (weight, right - left) > best:
            best, place = (weight, right - left), (left, right)
        inside[own] -= 1
        weight -= 0 if inside[own] else len(own)
    return place


def _window(text: str, cluster: tuple[int, int], width: int) -> tuple[int, int]:
    """The cluster with as much text around it as fits, from the beginning of its sentence where possible."""
    first, last = cluster
    room = max(0, width - (last - first))
    start = max(0, min(first - room // 2, len(text) - width))
    sentence = _SENTENCE_END.search(text, start, first)
    if start and sentence:
        start = sentence.end()
    return start, min(len(text), start + width)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Moved so that neither end parts a base from its marks or the halves of a surrogate pair."""
    while start < end and _parts_a_character(text, start):
        start += 1
    while end < len(text) and _parts_a_character(text, end):
        end += 1
    return start, end


def _parts_a_character(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    pair = "\ud800" <= text[at - 1] <= "\udbff" and "\udc00" <= text[at] <= "\udfff"
    return pair or is_mark(text[at])


def _html(text: str, start: int, end: int, matches: Sequence[_Match]) -> str:
    parts: list[str] = []
    at = start
    for first, last in _merged(matches, start, end):
        parts.append(_escaped(text[at:first]))
        parts.extend(_marked(text[first:last]))
        at = last
    parts.append(_escaped(text[at:end]))
    return "".join(parts)


def _escaped(text: str) -> str:
    return escape(text) if _SPECIAL.search(text) else text


def _marked(text: str) -> Iterator[str]:
    if "\n" not in text:
        yield f"<mark>{_escaped(text)}</mark>"
        return
    for index, piece in enumerate(_LINE_BREAK.split(text)):
        yield piece if index % 2 or not piece else f"<mark>{_escaped(piece)}</mark>"


def _merged(matches: Sequence[_Match], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the matches between start and end; those that overlap or touch become one."""
    first = last = -1
    for match in matches:
        if match.start >= end or match.end <= start:
            continue
        if match.start > last:
            if last > first:
                yield first, last
            first, last = max(match.start, start), min(match.end, end)
        last = max(last, min(match.end, end))
    if last > first:
        yield first, last
