"""From occurrences to posting lists, by one sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import spread
from search.engine.postings import Ints, starts_of

Occurrences = NDArray[np.uint64]

_DOC_BITS = np.uint64(32)
_DOC = np.uint64((1 << 32) - 1)


@dataclass(frozen=True, slots=True)
class Inverted:
    """The lists of some keys: ``keys`` ascending, how many ``docs`` each has, these ascending, how often it is there.

    ``positions`` are the places of all these occurrences, one posting's after another's, each ascending.
    """

    keys: NDArray[np.uint32]
    counts: Ints
    docs: Ints
    tf: NDArray[Any]
    positions: Ints | None = None


def occurrences(keys: NDArray[Any], docs: NDArray[Any]) -> Occurrences:
    """Keys (32 bits) and the documents (32 bits) in which they occur, as numbers whose order is that of both."""
    joined: Occurrences = (keys.astype(np.uint64) << _DOC_BITS) | docs.astype(np.uint64)
    return joined


def invert(found: Occurrences) -> Inverted:
    """The lists of all keys. ``found`` is sorted in its place."""
    found.sort()
    first = np.flatnonzero(_differs_from_before(found))
    postings = found[first]
    tf = np.diff(first, append=len(found))
    keys = (postings >> _DOC_BITS).astype(np.uint32)
    new = np.flatnonzero(_differs_from_before(keys))
    return Inverted(keys[new], np.diff(new, append=len(keys)), (postings & _DOC).astype(np.int64), tf)


def joined(parts: Sequence[Inverted]) -> Inverted:
    """The lists of several sources, key by key; the documents of each source are behind those of the one before."""
    keys, sizes, docs, tf = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("keys", "counts", "docs", "tf")
    )
    order = np.argsort(keys, kind="stable")
    places = spread(starts_of(sizes)[:-1][order], sizes[order])
    first = np.flatnonzero(_differs_from_before(keys[order]))
    counts = np.diff(starts_of(sizes[order])[np.append(first, len(order))])
    return Inverted(keys[order][first], counts, docs[places], tf[places])


def renumbered(found: Inverted, numbers: Ints) -> Inverted:
    """The lists with ``numbers`` in the place of documents; those without a number, below 0, are left out."""
    docs = numbers[found.docs]
    stays = docs >= 0
    if stays.all():
        return replace(found, docs=docs)
    counts = np.diff(starts_of(stays)[starts_of(found.counts)])
    used = counts > 0
    return Inverted(found.keys[used], counts[used], docs[stays], found.tf[stays])


def _differs_from_before(values: NDArray[Any]) -> NDArray[np.bool_]:
    differs = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
