"""How many documents have each value of each facet: all facets in one table, so that counting is one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, starmap
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import narrowed, spread
from search.engine.postings import Ints, starts_of
from search.request import FACETS, MISSING

if TYPE_CHECKING:
    from search.engine.snapshot import Snapshot, Values


def columns(facet: str) -> tuple[str, ...]:
    """The columns of a facet: a date has a year and a month."""
    return ("year", "month") if facet == "date" else (facet,)


@dataclass(frozen=True)
class Tally:
    """The values of all documents as numbers of ``names``, those of each column after those of the one before.

    ``first`` has a row for each document and in it a value for each column, the empty name for none. What a document
    has besides are the ``codes`` from its start on up to that of the next. ``spans`` says where the names of a facet
    and ``columns`` where its columns are; ``everything`` are the documents that count at all.
    """

    names: Sequence[str]
    spans: Mapping[str, tuple[int, int]]
    columns: Mapping[str, slice]
    first: NDArray[Any]
    starts: NDArray[Any]
    codes: NDArray[Any]
    everything: Ints

    def of(self, docs: Ints, facet: str | None = None) -> Ints:
        """How many of some documents have each name, or each name of one facet at least."""
        if len(docs) == len(self.everything):
            return self._all
        return self._counted(docs, self.columns[facet] if facet else slice(None))

    def of_stories(self, docs: Ints, stories: Ints) -> Ints:
        """How many stories have each name, given the story of each document."""
        starts, sizes = self._more(docs)
        names = np.concatenate((self.first[docs].reshape(-1), self.codes[spread(starts, sizes)]))
        told = np.concatenate((np.repeat(stories, self.first.shape[1]), np.repeat(stories, sizes)))
        pairs = np.unique(told * len(self.names) + names)
        return np.bincount(pairs % len(self.names), minlength=len(self.names))

    def named(self, numbers: Ints, facet: str) -> dict[str, int]:
        """The values of a facet that are there with their numbers; MISSING stands for none."""
        start, end = self.spans[facet]
        there = np.flatnonzero(numbers[start:end]) + start
        found = dict(zip(map(self.names.__getitem__, there.tolist()), numbers[there].tolist(), strict=True))
        if "" in found:
            found[MISSING] = found.pop("")
        return found

    def _counted(self, docs: Ints, columns: slice) -> Ints:
        first = self.first.take(docs, axis=0) if columns == slice(None) else self.first[docs, columns]
        more = self.codes.take(spread(*self._more(docs)))
        counts = [np.bincount(codes, minlength=len(self.names)) for codes in (first.ravel(), more)]
        return counts[0] + counts[1]

    def _more(self, docs: Ints) -> tuple[Ints, Ints]:
        starts = self.starts[docs].astype(np.int64)
        return starts, self.starts[docs + 1] - starts

    @cached_property
    def _all(self) -> Ints:
        return self._counted(self.everything, slice(None))


def tally(snapshot: Snapshot) -> Tally:
    """The table of a snapshot."""
    values = {facet: [snapshot.facet(name) for name in columns(facet)] for facet in FACETS}
    every = [column for of_facet in values.values() for column in of_facet]
    bases = starts_of([len(column.names) for column in every])
    ends = starts_of([len(of_facet) for of_facet in values.values()])
    return Tally(
        [name for column in every for name in column.names],
        dict(zip(FACETS, pairwise(bases[ends].tolist()), strict=True)),
        dict(zip(FACETS, starmap(slice, pairwise(ends.tolist())), strict=True)),
        _table(every, bases, snapshot.size),
        *_rest(every, bases, snapshot.size),
        snapshot.everything,
    )


def _table(every: Sequence[Values], bases: Ints, size: int) -> NDArray[Any]:
    table = np.empty((size, len(every)), narrowed(bases).dtype)
    for number, column in enumerate(every):
        table[:, number] = column.first.astype(table.dtype) + table.dtype.type(bases[number])
    return table


def _rest(every: Sequence[Values], bases: Ints, size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    docs = np.concatenate([column.docs for column in every])
    codes = np.concatenate([column.codes.astype(np.int64) + bases[number] for number, column in enumerate(every)])
    starts = starts_of(np.bincount(docs, minlength=size))
    return narrowed(starts), narrowed(codes[np.argsort(docs, kind="stable")])
