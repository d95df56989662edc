"""How near the strings of a question stand to one another in the best hits.

No positions are stored: the folded text of some hits is soon looked through, and strings that are no words have
places there, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from search.engine.found import Found, Scores
from search.engine.pairs import END, Units, units
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot

LOOKED_THROUGH = 30
"""So many hits are looked at, the best by their words."""
WEIGHT = 2.0
"""What two strings that stand side by side add to a score, times the lesser of their idf."""

_HALF = 10
"""Characters between two strings that leave half of it."""
_TURNED = 0.5
"""The share that is left of it when the later string of the question stands first."""
_MOST_UNITS = 1 << 14
"""No more of a document's text is looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A string of the question, and what it is worth: its idf."""

    text: str
    weight: float


def nearness(snapshot: Snapshot, docs: Ints, asked: Sequence[Asked]) -> Scores:
    """What each of the documents, ascending, gains by the nearness of the strings.

    Every string and the next one of the question add WEIGHT times the lesser of their weights, divided by 1 + the
    characters between them / 10 where these are fewest; half of that when they stand the other way round, and nothing
    when no line of the text has both. Pairs of neighbours are those of the sequential dependence model (Metzler and
    Croft 2005), the lesser weight is from Rasolofo and Savoy 2003, the least distance from Tao and Zhai 2007.
    """
    text = _Texts(snapshot, docs)
    gained = np.zeros(len(docs))
    placed = [(one, units(one.text), text.places(units(one.text))) for one in asked]
    for (one, before, first), (other, behind, second) in pairwise(placed):
        straight = text.closeness(first + len(before), second)
        turned = text.closeness(second + len(behind), first)
        gained += min(one.weight, other.weight) * np.maximum(straight, _TURNED * turned)
    return WEIGHT * gained


def nearest_first(snapshot: Snapshot, best: Found, asked: Sequence[Asked]) -> Found:
    """The best hits, best first, with what their nearness adds, in their new order; equal ones keep theirs."""
    if len(best.docs) < 2:
        return best
    by_number = np.argsort(best.docs)
    score = best.score.copy()
    score[by_number] += nearness(snapshot, best.docs[by_number], asked)
    order = np.argsort(-score, kind="stable")
    return Found(best.docs[order], score[order])


class _Texts:
    """The texts of some documents one after the other; a line feed ends each of their lines."""

    def __init__(self, snapshot: Snapshot, docs: Ints) -> None:
        pieces = list(_texts(snapshot, docs))
        self._ends = np.cumsum(list(map(len, pieces)))
        self._text = np.concatenate(pieces)
        # Where a text has been cut off, too.
        self._text[self._ends - 1] = END
        self._lines = np.flatnonzero(self._text == END)

    def places(self, string: Units) -> Ints:
        """Where a string begins, ascending."""
        begins = self._text == string[0]
        if len(string) > 1:
            begins[:-1] &= self._text[1:] == string[1]
        found = np.flatnonzero(begins)
        for shift in range(2, len(string)):
            # A string that would go beyond the end of all texts meets the last line feed first.
            found = found[self._text.take(found + shift, mode="clip") == string[shift]]
        return found

    def closeness(self, ends: Ints, starts: Ints) -> Scores:
        """For each document 1 / (1 + the fewest characters from an end to a start in the same line / 10), or 0."""
        closest = np.zeros(len(self._ends))
        if len(ends) and len(starts):
            following = starts.take(np.searchsorted(starts, ends), mode="clip")
            gaps = following - ends
            fits = (gaps >= 0) & (following < self._lines[np.searchsorted(self._lines, ends)])
            docs = np.searchsorted(self._ends, ends[fits], side="right")
            np.maximum.at(closest, docs, 1 / (1 + gaps[fits] / _HALF))
        return closest


def _texts(snapshot: Snapshot, docs: Ints) -> Iterator[Units]:
    borders = np.searchsorted(docs, snapshot.bases).tolist()
    for segment, base, (first, last) in zip(snapshot.segments, snapshot.bases, pairwise(borders), strict=False):
        if first < last:
            yield from segment.texts.units(docs[first:last] - base, _MOST_UNITS)
