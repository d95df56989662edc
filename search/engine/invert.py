"""From occurrences to posting lists, by one sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.postings import Ints

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
    tf: Ints
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
    return listed((postings >> _DOC_BITS).astype(np.uint32), (postings & _DOC).astype(np.int64), tf)


def listed(keys: NDArray[np.uint32], docs: Ints, tf: Ints) -> Inverted:
    """The lists of postings that are in order; ``keys`` has the key of each."""
    new = np.flatnonzero(_differs_from_before(keys))
    return Inverted(keys[new], np.diff(new, append=len(keys)), docs, tf)


def _differs_from_before(values: NDArray[Any]) -> NDArray[np.bool_]:
    differs = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
