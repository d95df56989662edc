"""From occurrences to posting lists, by one sort; lists of several sources put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import narrowed, spread
from search.engine.postings import Ints, starts_of


@dataclass(frozen=True, slots=True)
class Inverted:
    """The lists of some keys: ``keys`` ascending, how many ``docs`` each has, these ascending, how often it is there.

    ``positions`` are the places of all these occurrences, one posting's after another's, each ascending.
    """

    keys: NDArray[np.uint32]
    counts: NDArray[Any]
    docs: NDArray[Any]
    tf: NDArray[Any]
    positions: Ints | None = None


def invert(keys: NDArray[np.uint32], docs: NDArray[Any]) -> Inverted:
    """The lists of all keys; ``docs`` are the documents, ascending, in which they occur."""
    order = _order(keys)
    keys, docs = keys[order], docs[order]
    new_key = _differs_from_before(keys)
    first = np.flatnonzero(new_key | _differs_from_before(docs))
    tf = np.diff(first, append=len(keys))
    new = np.flatnonzero(new_key[first])
    return Inverted(keys[first[new]], np.diff(new, append=len(first)), docs[first], tf)


def narrow(found: Inverted) -> Inverted:
    """The same in few bytes."""
    return Inverted(found.keys, narrowed(found.counts), narrowed(found.docs), narrowed(found.tf))


def _order(keys: NDArray[np.uint32]) -> Ints:
    """Where the keys stand in order, equal ones as they come.

    In two halves: NumPy has a radix sort for numbers of 16 bits, with which it takes half the time.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    high = (keys >> np.uint32(16)).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def joined(parts: Sequence[Inverted]) -> Inverted:
    """The lists of several sources, key by key; the documents of each source are behind those of the one before."""
    keys, sizes, docs, tf = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("keys", "counts", "docs", "tf")
    )
    order = _order(keys)
    places = spread(starts_of(sizes)[:-1][order], sizes[order])
    first = np.flatnonzero(_differs_from_before(keys[order]))
    counts = np.diff(starts_of(sizes[order])[np.append(first, len(order))])
    return Inverted(keys[order][first], counts, docs[places], tf[places])


def moved(found: Inverted, first: int) -> Inverted:
    """The lists with the documents from ``first`` on."""
    return replace(found, docs=found.docs.astype(np.int64) + first)


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
