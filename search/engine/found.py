"""Sets of documents with scores, and their algebra.

A set is two arrays of one length: the numbers of its documents, ascending, and their scores. Few documents against many
are looked up one by one (binary search); otherwise the sets are spread over an array of all documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engine.postings import Ints

Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]

_FEW = 4
"""How many times as many documents as all others one set has when the others are put into it."""
_MANY = 16
"""How many times as many documents the one set has when looking up pays."""


@dataclass(frozen=True, slots=True)
class Found:
    """Documents, ascending, with their scores."""

    docs: Ints
    score: Scores

    @classmethod
    def unscored(cls, docs: Ints) -> Found:
        """The documents with no score."""
        return cls(docs, np.zeros(len(docs)))

    @property
    def nbytes(self) -> int:
        return int(self.docs.nbytes + self.score.nbytes)

    def boosted(self, boost: float) -> Found:
        """The same with all scores multiplied."""
        return self if boost == 1.0 else Found(self.docs, self.score * boost)


NOTHING = Found(np.empty(0, np.int64), np.empty(0))
NO_POSTINGS = np.empty(0, np.int64), np.empty(0, np.int64)


def every(parts: Sequence[Found], size: int) -> Found:
    """The documents that are in all of the sets, their scores added; ``size`` is the number of all documents."""
    if not parts:
        return NOTHING
    rest = sorted(parts, key=lambda part: len(part.docs))
    result = rest[0]
    for part in rest[1:]:
        if not len(result.docs):
            break
        result = _both(result, part, size)
    return result


def either(parts: Sequence[Found], size: int) -> Found:
    """The documents that are in any of the sets, their scores added."""
    parts = [part for part in parts if len(part.docs)]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    largest = max(parts, key=lambda part: len(part.docs))
    rest = [part for part in parts if part is not largest]
    if sum(len(part.docs) for part in rest) * _FEW < len(largest.docs):
        return _absorbed(largest, either(rest, size))
    if sum(len(part.docs) for part in parts) * _MANY < size:
        return _merged(parts)
    score, mask = np.zeros(size), np.zeros(size, dtype=bool)
    for part in parts:
        score[part.docs] += part.score
        mask[part.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, score[docs])


def best(parts: Sequence[Found], size: int) -> Found:
    """The documents that are in any of the sets, each with the highest of its scores."""
    score, mask = np.full(size, -np.inf), np.zeros(size, dtype=bool)
    for part in parts:
        score[part.docs] = np.maximum(score[part.docs], part.score)
        mask[part.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, score[docs])


def without(part: Found, other: Ints, size: int) -> Found:
    """The documents of a set that are not among others."""
    keep = ~inside(part.docs, other, size)
    return Found(part.docs[keep], part.score[keep])


def inside(docs: Ints, others: Ints, size: int) -> Mask:
    """Which of the documents are among others, both ascending."""
    if not len(others):
        return np.zeros(len(docs), dtype=bool)
    if len(docs) * _MANY < len(others):
        places = np.searchsorted(others, docs)
        places[places == len(others)] = 0
        found: Mask = others[places] == docs
        return found
    return mask_of(others, size)[docs]


def mask_of(docs: Ints, size: int) -> Mask:
    """The documents as an array over all documents."""
    mask = np.zeros(size, dtype=bool)
    mask[docs] = True
    return mask


def _both(few: Found, many: Found, size: int) -> Found:
    if len(few.docs) * _MANY < len(many.docs):
        places = np.searchsorted(many.docs, few.docs)
        places[places == len(many.docs)] = 0
        hit = np.flatnonzero(many.docs[places] == few.docs)
        return Found(few.docs[hit], few.score[hit] + many.score[places[hit]])
    hit = np.flatnonzero(mask_of(many.docs, size)[few.docs])
    docs = few.docs[hit]
    score = np.zeros(size)
    score[many.docs] = many.score
    return Found(docs, few.score[hit] + score[docs])


def _absorbed(many: Found, few: Found) -> Found:
    """The union of a large set and a small one."""
    places = np.searchsorted(many.docs, few.docs)
    known = many.docs.take(places, mode="clip") == few.docs
    score = many.score.copy()
    score[places[known]] += few.score[known]
    if known.all():
        return Found(many.docs, score)
    places, new = places[~known], few.score[~known]
    return Found(np.insert(many.docs, places, few.docs[~known]), np.insert(score, places, new))


def _merged(parts: Sequence[Found]) -> Found:
    """The union of small sets: sorted together, the scores of equal documents added."""
    docs = np.concatenate([part.docs for part in parts])
    score = np.concatenate([part.score for part in parts])
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    return Found(docs[first], np.add.reduceat(score[order], first))
