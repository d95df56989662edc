"""In which order hits come, and which version of a story stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.cards import UNDATED
from search.engine.found import Found
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot

_FEW = 256
"""So many are sorted whole."""


def leading(snapshot: Snapshot, found: Found) -> Found:
    """One document a story: its best version where that is among them, otherwise the best-ranked one."""
    if not snapshot.has_versions:
        return found
    stories = snapshot.stories[found.docs]
    several = np.flatnonzero(np.bincount(stories)[stories] > 1)
    if not len(several):
        return found
    keys = [~snapshot.is_lead[found.docs[several]], *_relevance(snapshot, found.docs[several], found.score[several])]
    ranked = several[np.lexsort(keys[::-1])]
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
    count = len(found.docs) if wanted is None else min(wanted, len(found.docs))
    return found.docs[_first(keys, count)]


def _keys(snapshot: Snapshot, found: Found, sort: str) -> list[NDArray[Any]]:
    docs = found.docs
    if sort == "relevance":
        return _relevance(snapshot, docs, found.score)
    return [_newest(snapshot, docs) if sort == "newest" else _oldest(snapshot, docs), snapshot.numbers("key")[docs]]


def _relevance(snapshot: Snapshot, docs: Ints, score: NDArray[Any]) -> list[NDArray[Any]]:
    return [-score, _newest(snapshot, docs), snapshot.numbers("key")[docs]]


def _newest(snapshot: Snapshot, docs: Ints) -> NDArray[Any]:
    """Last day first, undated at the end."""
    return -snapshot.last[docs]


def _oldest(snapshot: Snapshot, docs: Ints) -> NDArray[Any]:
    """First day first, undated at the end."""
    first = snapshot.first[docs]
    return np.where(first == UNDATED, np.iinfo(first.dtype).max, first)


def _first(keys: Sequence[NDArray[Any]], count: int) -> Ints:
    """The places of the ``count`` least by the keys, the most important first, in their order."""
    places = _least(keys, count)
    return places[np.lexsort([key[places] for key in reversed(keys)])][:count]


def _least(keys: Sequence[NDArray[Any]], count: int) -> Ints:
    """The places of the ``count`` least by the keys, in any order, and perhaps some more.

    What ties at the border is decided by the next key.
    """
    key = keys[0]
    if count == len(key) or count == 0 or len(key) <= _FEW:
        return np.arange(len(key)) if count else np.empty(0, np.int64)
    if len(keys) > 1 and key[0] == key[-1] and (key == key[0]).all():
        return _least(keys[1:], count)
    border = np.partition(key, count - 1)[count - 1]
    sure, tied = np.flatnonzero(key < border), np.flatnonzero(key == border)
    if len(keys) > 1:
        tied = tied[_least([other[tied] for other in keys[1:]], count - len(sure))]
    return np.concatenate((sure, tied))
