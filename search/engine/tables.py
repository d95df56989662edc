"""How the two big tables of a segment are written, span after span: the terms and the pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayWriter, Spool
from search.engine.columns import narrowed
from search.engine.found import mask_of
from search.engine.invert import Inverted
from search.engine.lexicon import FREQUENT, nibbles
from search.engine.pairs import FREQUENT as FREQUENT_UNIT
from search.engine.postings import Ints, encode, starts_of


class LexiconWriter:
    """Writes fields one after the other, each as its terms in order with their postings."""

    def __init__(self, out: ArrayWriter) -> None:
        self._out = out
        self._postings = out.spool("postings", "<u1")
        self._positions: Spool | None = None
        self._tf = out.spool("tf", "<u1")
        self._half = np.empty(0, np.uint8)
        self._terms = out.spool("term_bytes", "<u1")
        self._term_sizes: list[int] = []
        self._counts: list[Ints] = []
        self._sizes: list[Ints] = []
        self._places: list[Ints] = []
        self._rest: list[tuple[Ints, Ints]] = []
        self._written = 0
        self._ends: dict[str, tuple[int, int]] = {}

    def add(self, field: str, terms: Sequence[bytes], found: Inverted) -> None:
        """Adds terms of a field behind those that it has; ``found`` has their lists in the same order."""
        start = len(self._term_sizes)
        self._terms.write(np.frombuffer(b"".join(terms), np.uint8))
        self._term_sizes += map(len, terms)
        self._ends[field] = (self._ends.get(field, (start, start))[0], len(self._term_sizes))
        coded, starts = encode(found.docs, found.counts)
        self._postings.write(coded)
        self._add_tf(np.minimum(found.tf, FREQUENT).astype(np.uint8))
        rest = np.flatnonzero(found.tf >= FREQUENT)
        self._rest.append((rest + self._written, found.tf[rest]))
        self._counts.append(found.counts)
        self._sizes.append(np.diff(starts))
        self._places.append(self._placed(found))
        self._written += len(found.docs)

    def _add_tf(self, tf: NDArray[np.uint8]) -> None:
        """Writes all of them but an odd last one, whose other half is still to come."""
        tf = np.append(self._half, tf)
        whole = len(tf) & ~1
        self._half = tf[whole:].copy()
        self._tf.write(nibbles(tf[:whole]))

    def _placed(self, found: Inverted) -> Ints:
        """Writes the positions and gives how many bytes those of each term take."""
        if found.positions is None:
            return np.zeros(len(found.counts), np.int64)
        coded, starts = encode(found.positions, found.tf)
        self._positions = self._positions or self._out.spool("positions", "<u1")
        self._positions.write(coded)
        return np.diff(starts[starts_of(found.counts)])

    def finish(self) -> None:
        """Writes what belongs to all fields together."""
        self._out.meta["fields"] = self._ends
        self._tf.write(nibbles(self._half))
        self._out.add("term_bytes_starts", narrowed(starts_of(self._term_sizes)))
        self._out.add("term_places", narrowed(starts_of(_in_one(self._sizes))))
        self._out.add("term_postings", narrowed(starts_of(_in_one(self._counts))))
        if self._positions:
            self._out.add("term_positions", narrowed(starts_of(_in_one(self._places))))
        self._out.add("tf_rest", narrowed(_in_one([rest for rest, _ in self._rest])))
        self._out.add("tf_more", narrowed(_in_one([more for _, more in self._rest])))


class PairWriter:
    """Writes one table of search.engine.pairs for ``size`` documents, the pairs in ascending order."""

    def __init__(self, out: ArrayWriter, name: str, size: int) -> None:
        self._out, self._name, self._size = out, name, size
        self._lists = out.spool(name, "<u1")
        self._keys: list[NDArray[np.uint32]] = []
        self._sizes: list[Ints] = []
        self._units: list[int] = []
        self._bits: list[NDArray[np.uint8]] = []
        self._unit, self._docs = -1, np.empty(0, np.int64)

    def add(self, found: Inverted) -> None:
        """Adds pairs behind those that it has."""
        coded, starts = encode(found.docs, found.counts)
        self._lists.write(coded)
        self._keys.append(found.keys)
        self._sizes.append(np.diff(starts))
        self._add_bits(found)

    def finish(self) -> None:
        """Writes what belongs to all pairs."""
        self._end_unit()
        self._out.add(f"{self._name}_keys", np.concatenate(self._keys) if self._keys else np.empty(0, np.uint32))
        self._out.add(f"{self._name}_places", narrowed(starts_of(_in_one(self._sizes))))
        self._out.add(f"{self._name}_units", np.array(self._units, dtype=np.uint16))
        self._out.add(f"{self._name}_bits", np.concatenate(self._bits) if self._bits else np.empty(0, np.uint8))

    def _add_bits(self, found: Inverted) -> None:
        """Collects the documents of each unit; a unit is only known to have ended when another one begins."""
        units, starts = np.unique(found.keys >> np.uint32(16), return_index=True)
        places = starts_of(found.counts)[starts]
        for unit, docs in zip(units.tolist(), np.split(found.docs, places[1:]), strict=False):
            if unit == self._unit:
                docs = np.append(self._docs, docs)
            else:
                self._end_unit()
            self._unit, self._docs = unit, docs
        self._docs = np.flatnonzero(mask_of(self._docs, self._size))

    def _end_unit(self) -> None:
        if len(self._docs) * FREQUENT_UNIT > self._size:
            mask = mask_of(self._docs, self._size)
            if np.count_nonzero(mask) * FREQUENT_UNIT > self._size:
                self._units.append(self._unit)
                self._bits.append(np.packbits(mask))


def _in_one(arrays: Sequence[Ints]) -> Ints:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)
