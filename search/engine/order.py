"""In which order hits come, and which version of a story stands for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.cards import UNDATED
from search.engine.found import Found
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot

Key = Callable[[Ints], NDArray[Any]]
"""Gives for some places among the documents found the numbers by which they are ordered, ascending."""

BY_SCORE = ("relevance", "recent")
"""The orders of request.SORTS that go by the score."""

_FEW = 256
"""So many are sorted whole."""
_SAMPLED = 64
"""One of so many is looked at to find about where the border is."""


def leading(snapshot: Snapshot, found: Found) -> Found:
    """One document a story: its best version where that is among them, otherwise the best-ranked one."""
    if not snapshot.has_versions:
        return found
    several = snapshot.repeated(found.docs)
    if not len(several):
        return found
    stories = snapshot.stories[found.docs]
    keys = [lambda places: ~snapshot.is_lead[found.docs[places]], *_keys(snapshot, found, "relevance")]
    ranked = _sorted(keys, several)
    _, first = np.unique(stories[ranked], return_index=True)
    keep = np.ones(len(found.docs), dtype=bool)
    keep[several] = False
    keep[ranked[first]] = True
    return Found(found.docs[keep], found.score[keep])


def ordered(snapshot: Snapshot, found: Found, sort: str, wanted: int | None = None) -> Ints:
    """The documents in the order of ``sort``, the first ``wanted`` of them or all.

    Ties go to the newer article, then by a number made of the id, so that the order depends on the articles alone.
    """
    keys = _keys(snapshot, found, sort)
    everything = np.arange(len(found.docs))
    places = everything if wanted is None else _least(keys, everything, wanted)
    return found.docs[_sorted(keys, places)[:wanted]]


def _keys(snapshot: Snapshot, found: Found, sort: str) -> list[Key]:
    """What decides the order, the most important first."""
    docs, score = found.docs, found.score
    by: dict[str, Key] = {
        "score": lambda places: -score[places],
        "newest": lambda places: -snapshot.last[docs[places]],
        "oldest": lambda places: _undated_last(snapshot.first[docs[places]]),
        "id": lambda places: snapshot.numbers("key")[docs[places]],
    }
    return [by[name] for name in (("score", "newest", "id") if sort in BY_SCORE else (sort, "id"))]


def _undated_last(days: NDArray[Any]) -> NDArray[Any]:
    return np.where(days == UNDATED, np.iinfo(days.dtype).max, days)


def _sorted(keys: Sequence[Key], places: Ints) -> Ints:
    return places[np.lexsort([key(places) for key in reversed(keys)])]


def _least(keys: Sequence[Key], places: Ints, count: int) -> Ints:
    """Those of the places that are the ``count`` least by the keys, in any order, and perhaps some more.

    What ties at the border is decided by the next key, which is looked up for these alone.
    """
    if len(places) <= max(count, _FEW):
        return places
    key = keys[0](places)
    if len(keys) > 1 and key[0] == key[-1] and (key == key[0]).all():
        return _least(keys[1:], places, count)
    border = _least_but(key, max(count, 1) - 1)
    tied = places[key == border]
    sure = places[key < border]
    return np.concatenate((sure, _least(keys[1:], tied, count - len(sure)) if len(keys) > 1 else tied))


def _least_but(key: NDArray[Any], rank: int) -> Any:
    """The number that has ``rank`` others before it; only those that a sample finds to be small are ordered."""
    sample = key[::_SAMPLED]
    guess = 2 * (rank // _SAMPLED) + 8
    if guess * 2 < len(sample):
        least = key[key <= np.partition(sample, guess)[guess]]
        if rank < len(least):
            key = least
    return np.partition(key, rank)[rank]
