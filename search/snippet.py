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

from search.query import glob
from search.query.terms import Term
from search.text import Folded, folded, is_mark

ELLIPSIS = "…"
_FOR_TWO = 40
"""Two pieces of less than half of this would say nothing."""
_SENTENCE_END = re.compile("[。！？!?\n][”』」]?")
_LINE_BREAK = re.compile(r"(\s*\n\s*)")


_Span = tuple[int, int, int]
"""A term in a text, folded or printed: from its start up to but without its end, and which of the terms it is."""


def mark(text: str, terms: Sequence[Term]) -> str:
    """The whole text as HTML with every occurrence of the folded terms marked."""
    return _html(text, 0, len(text), _matches(text, terms))


def snippet(text: str, terms: Sequence[Term], width: int = 120, form: Folded | None = None) -> str:
    """About ``width`` characters of the text as HTML where most of the folded terms stand together.

    Two pieces of half the width when no single one has all terms that occur; the beginning when none does. ``…``
    stands where something was left out. ``form`` is the folded text where it is at hand.
    """
    form, found = _found(text, terms, form)
    shown, at = "", 0
    for start, end in _shown(form, text, found, width):
        shown += _gap(text, at, start) + _html(text, start, end, _printed_within(form, text, found, start, end))
        at = end
    return shown + _gap(text, at, len(text))


def excerpt(text: str, terms: Sequence[Term], width: int = 120) -> str:
    """The words of ``snippet`` as plain text, unmarked."""
    form, found = _found(text, terms)
    shown, at = "", 0
    for start, end in _shown(form, text, found, width):
        shown += _gap(text, at, start) + text[start:end]
        at = end
    return shown + _gap(text, at, len(text))


def _shown(form: Folded, text: str, found: Sequence[_Span], width: int) -> Iterator[tuple[int, int]]:
    """Starts and ends of the pieces that are shown, whole characters each."""
    for window in _windows(form, text, found, width):
        yield _whole_characters(text, *_trimmed(text, *window))


def _gap(text: str, start: int, end: int) -> str:
    """What stands for a piece of the text that is not shown."""
    return ELLIPSIS if start < end and not text[start:end].isspace() else ""


def _windows(form: Folded, text: str, found: Sequence[_Span], width: int) -> list[tuple[int, int]]:
    """Starts and ends of what is shown."""
    if not found:
        return [(0, min(width, len(text)))]
    best = _best_cluster(found, width)
    if width < _FOR_TWO or not _others(found, best):
        return [_window(text, _printed_cluster(form, text, found[slice(*best)]), width)]
    first = _best_cluster(found, width // 2)
    others = _others(found, first)
    clusters = (found[slice(*first)], others[slice(*_best_cluster(others, width // 2))])
    one, two = sorted(_window(text, _printed_cluster(form, text, cluster), width // 2) for cluster in clusters)
    return [one, two] if one[1] < two[0] else [(one[0], max(one[1], two[1]))]


def _others(found: Sequence[_Span], cluster: tuple[int, int]) -> list[_Span]:
    """The occurrences of the terms that are not in a cluster."""
    inside = {number for _, _, number in found[slice(*cluster)]}
    return [span for span in found if span[2] not in inside]


def _matches(text: str, terms: Sequence[Term]) -> list[_Span]:
    """All occurrences of all terms in the printed text, in order of their start."""
    form, found = _found(text, terms)
    return [_printed(form, text, span) for span in found]


def _found(text: str, terms: Sequence[Term], form: Folded | None = None) -> tuple[Folded, list[_Span]]:
    """The folded text and all occurrences of all terms in it, in order of their start."""
    if not any(terms):
        return Folded("", ()), []
    form = form or folded(text)
    found = [(*span, number) for number, term in enumerate(terms) for span in _occurrences(form.text, term)]
    if len(terms) > 1:
        found.sort()
    return form, found


def _occurrences(text: str, term: Term) -> Iterable[tuple[int, int]]:
    if not isinstance(term, str):
        return glob.finder(term)(text)
    size, found = len(term), []
    at = text.find(term) if term else -1
    while at >= 0:
        found.append((at, at + size))
        at = text.find(term, at + size)
    return found


def _printed(form: Folded, text: str, span: _Span) -> _Span:
    """Where an occurrence stands in print; white space after its last character is no part of it."""
    offsets, (first, last, number) = form.offsets, span
    start, end = offsets[first], offsets[last]
    if end == offsets[last - 1]:
        # Several folded characters of one printed character, of which the term has only some.
        end = offsets[bisect_right(offsets, end, last)]
    if text[end - 1].isspace():
        end = start + len(text[start:end].rstrip())
    return start, end, number


def _printed_within(form: Folded, text: str, found: Sequence[_Span], start: int, end: int) -> list[_Span]:
    """The occurrences that have something between two places of the print."""
    if not found:
        return []
    first, last = bisect_left(form.offsets, start), bisect_left(form.offsets, end)
    return [_printed(form, text, span) for span in found if span[1] > first and span[0] < last]


def _printed_cluster(form: Folded, text: str, cluster: Sequence[_Span]) -> tuple[int, int]:
    """Start and end in print of occurrences that are shown together."""
    return form.offsets[cluster[0][0]], _printed(form, text, max(cluster, key=itemgetter(1)))[1]


def _best_cluster(found: Sequence[_Span], width: int) -> tuple[int, int]:
    """The run of occurrences within ``width`` that has most of the different terms: its first, and what follows it."""
    size = len(found)
    if found[-1][1] - found[0][0] <= width:
        return 0, size
    inside: dict[int, int] = dict.fromkeys((number for _, _, number in found), 0)
    right = weight = 0
    best = (-1, 0)
    place = (0, 0)
    for left, (start, end, own) in enumerate(found):
        while right < size and (right == left or found[right][1] - start <= width):
            first, last, number = found[right]
            weight += 0 if inside[number] else last - first
            inside[number] += 1
            right += 1
        if (weight, right - left) > best:
            best, place = (weight, right - left), (left, right)
        inside[own] -= 1
        weight -= 0 if inside[own] else end - start
    return place


def _window(text: str, cluster: tuple[int, int], width: int) -> tuple[int, int]:
    """The cluster with as much text around it as fits, from the beginning to the end of sentences where possible."""
    first, last = cluster
    room = max(0, width - (last - first))
    start = max(0, min(first - room // 2, len(text) - width))
    sentence = _SENTENCE_END.search(text, start, first)
    if start and sentence:
        start = sentence.end()
    end = min(len(text), start + width)
    for sentence in _SENTENCE_END.finditer(text, max(last, end - width // 4), end if end < len(text) else 0):
        end = sentence.end()
    return start, end


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


def _html(text: str, start: int, end: int, spans: Sequence[_Span]) -> str:
    parts: list[str] = []
    at = start
    for first, last in _merged(spans, start, end):
        parts += escape(text[at:first]), _marked(text[first:last])
        at = last
    parts.append(escape(text[at:end]))
    return "".join(parts)


def _marked(text: str) -> str:
    if "\n" not in text:
        return f"<mark>{escape(text)}</mark>"
    pieces = _LINE_BREAK.split(text)
    return "".join(
        piece if index % 2 or not piece else f"<mark>{escape(piece)}</mark>" for index, piece in enumerate(pieces)
    )


def _merged(spans: Sequence[_Span], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of the spans between start and end; those that overlap or touch become one."""
    first = last = -1
    for begins, ends, _ in spans:
        if begins >= end or ends <= start:
            continue
        if begins > last:
            if last > first:
                yield first, last
            first, last = max(begins, start), min(ends, end)
        elif ends > last:
            last = min(ends, end)
    if last > first:
        yield first, last
