"""Which issues the archive holds: the articles whose day of printing is known, day by day and page by page."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from search.engine.cards import UNDATED
from search.engine.postings import Ints
from search.results import Held, Issue

if TYPE_CHECKING:
    from search.engine.snapshot import Snapshot


@dataclass(frozen=True)
class Issues:
    """The documents printed on a known day, one a story and day, with those days ascending; and the issues of them."""

    docs: Ints
    days: Ints
    stories: Ints
    listed: Sequence[Issue]

    def held(self, first: date | None, last: date | None) -> Held:
        """The issues within inclusive bounds."""
        start, end = self._span(first, last)
        low, high = (bisect_left(self.listed, bound, key=_ordinal) for bound in (start, end))
        here = slice(*np.searchsorted(self.days, (start, end)))
        return Held(self.listed[low:high], int(np.count_nonzero(np.bincount(self.stories[here]))))

    def of(self, day: date) -> Ints:
        """The documents of one issue."""
        return self.docs[slice(*np.searchsorted(self.days, self._span(day, day)))]

    def _span(self, first: date | None, last: date | None) -> tuple[int, int]:
        return first.toordinal() if first else 0, (last.toordinal() if last else date.max.toordinal()) + 1


def issues(snapshot: Snapshot, newspaper: str | None = None) -> Issues:
    """The issues of a snapshot, or those of one newspaper; of the versions of a story on one day the best stands."""
    docs = snapshot.everything
    if newspaper is not None:
        papers = snapshot.facet("newspaper")
        docs = docs[papers.first[docs] == papers.names.index(newspaper)]
    docs = docs[(snapshot.first[docs] == snapshot.last[docs]) & (snapshot.first[docs] != UNDATED)]
    days, stories = snapshot.first[docs].astype(np.int64), snapshot.stories[docs]
    cut = snapshot.numbers("complete")[docs] == 0
    order = np.lexsort((docs, cut, ~snapshot.is_lead[docs], stories, days))
    another = np.ones(len(order), dtype=bool)
    another[1:] = (np.diff(days[order]) != 0) | (np.diff(stories[order]) != 0)
    kept = order[another]
    return Issues(docs[kept], days[kept], stories[kept], _listed(snapshot, docs[kept], days[kept]))


def _ordinal(issue: Issue) -> int:
    return issue.day.toordinal()


def _listed(snapshot: Snapshot, docs: Ints, days: Ints) -> list[Issue]:
    pages = snapshot.facet("page")
    printed = zip(days.tolist(), (pages.names[code] for code in pages.first[docs].tolist()), strict=True)
    return [
        Issue(date.fromordinal(day), dict(Counter(page for _, page in rows)))
        for day, rows in groupby(printed, itemgetter(0))
    ]
