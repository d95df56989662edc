"""Several ascending runs of keys, cut into spans that can be put together one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

_KEY_WEIGHT = 4
"""A key takes about as much as so many postings."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """The keys from ``first`` up to but without ``last`` of a sequence or an array.

    ``before`` tells of each key how many postings, or bytes of lists, are before its own.
    """

    keys: Any
    before: Any
    first: int
    last: int

    def behind(self, key: Any, place: int) -> int:
        """Where the keys from a place on exceed a key."""
        return bisect_right(self.keys, key, place, self.last)

    def weight(self, first: int, last: int) -> int:
        """What the keys of a span take, in postings."""
        return int(self.before[last]) - int(self.before[first]) + _KEY_WEIGHT * (last - first)


def spans(runs: Sequence[Run], most: int) -> Iterator[list[Span]]:
    """For each run its share of the first span, then of the second, and so on.

    All keys of a span are before those of the next. A span takes no more than ``most`` postings, unless it has one key.
    """
    places = [run.first for run in runs]
    while any(place < run.last for run, place in zip(runs, places, strict=True)):
        key = _last_key(runs, places, most)
        ends = [run.behind(key, place) for run, place in zip(runs, places, strict=True)]
        yield list(zip(places, ends, strict=True))
        places = ends


def _last_key(runs: Sequence[Run], places: Sequence[int], most: int) -> Any:
    """The furthest key of the longest run, or of a shorter one, up to which all runs together are not too long."""
    begun = [(run, place) for run, place in zip(runs, places, strict=True) if place < run.last]

    def weight(run: Run, at: int) -> int:
        key = run.keys[at]
        return sum(other.weight(place, other.behind(key, place)) for other, place in begun)

    for run, place in sorted(begun, key=lambda pair: -pair[0].weight(pair[1], pair[0].last)):
        fit = bisect_right(range(place, run.last), most, key=partial(weight, run))
        if fit:
            return run.keys[place + fit - 1]
    return min(run.keys[place] for run, place in begun)
