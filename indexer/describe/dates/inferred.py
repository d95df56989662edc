"""When a page that prints no day of its own was printed: the days that all of its evidence leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from indexer.describe.dates.events import Events
from indexer.describe.dates.evidence import Evidence, Named, around
from indexer.describe.dates.known import counted_years, known_events, seasons
from indexer.describe.dates.reports import reported_days
from indexer.describe.dates.told import told_days
from indexer.describe.dates.words import find_days
from search.article import UNDATED, PublicationDate
from search.text import fold

WIDEST = timedelta(1096)
"""Three years: an interval that is wider helps no one."""

Days = Sequence[tuple[date, date]]


def infer_date(lines: Sequence[str], events: Events) -> tuple[PublicationDate, tuple[str, ...]]:
    """The interval in which a page was printed, and the printed words that bound it.

    Everything on a page was printed on one day, so the evidence of all its stories is pooled. The interval is from
    the first to the last day that all of it leaves open. Undated when that is too wide to be of use, when the
    evidence contradicts itself, or when a single day is left: a day is never inferred.
    """
    text = "".join("".join(lines).split())
    evidence = list(dict.fromkeys(_gather(text, lines, events)))
    days = _left(evidence, events)
    if not days or days[0][0] == days[-1][1] or days[-1][1] - days[0][0] > WIDEST:
        return UNDATED, ()
    return PublicationDate(days[0][0], days[-1][1], "inferred"), _needed(evidence, days, events)


def _gather(text: str, lines: Sequence[str], events: Events) -> Iterator[Evidence]:
    """All evidence; a season, which may be any year's or a memory, is asked only when no report tells more."""
    folded = fold(text)
    known = [*known_events(folded, events), *counted_years(folded, events)]
    yield from known
    if days := _left(known, events):
        events = replace(events, first=days[0][0], last=days[-1][1])
        named = [Named(word, *around(text, word.start, word.end)) for word in find_days(text)]
        yield from told_days(text, named, lines, events)
        yield from list(reported_days(text, named, events)) or seasons(folded, events)


def _left(evidence: Iterable[Evidence], events: Events) -> Days:
    days: Days = [(events.first, events.last)]
    for item in evidence:
        days = _common(days, item.days)
        if not days:
            break
    return days


def _needed(evidence: Sequence[Evidence], days: Days, events: Events) -> tuple[str, ...]:
    """The words without which the interval would be another, in the order of the rules."""
    needed = _narrowing(evidence, events)
    for item in tuple(needed):
        others = [other for other in needed if other is not item]
        if _bounds(_left(others, events)) == _bounds(days):
            needed = others
    return tuple(dict.fromkeys(item.words for item in needed))


def _narrowing(evidence: Iterable[Evidence], events: Events) -> list[Evidence]:
    """The evidence that leaves fewer days open than all before it."""
    days: Days = [(events.first, events.last)]
    narrowing = []
    for item in evidence:
        before, days = days, _common(days, item.days)
        narrowing += [item] if days != before else []
    return narrowing


def _bounds(days: Days) -> tuple[date, date]:
    return days[0][0], days[-1][1]


def _common(one: Days, other: Days) -> Days:
    """The days that lie in both of two sorted lists of disjoint spans."""
    common = []
    i = j = 0
    while i < len(one) and j < len(other):
        first, last = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if first <= last:
            common.append((first, last))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return common
