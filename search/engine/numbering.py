"""Words as numbers, and the parts that are indexed for each.

A process that cuts meets the same words chunk after chunk; what it has learnt of them stays. So a word costs one look
into a dict, and its parts none.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import spread
from search.engine.postings import Ints, starts_of
from search.words import Cutter

Int32 = NDArray[np.int32]

_REMEMBERED = 1 << 17
"""Words of which a process knows the parts: some 30 MB."""


class Numbering(dict[str, int]):
    """The number of each word that was asked for."""

    def __init__(self, by: Cutter) -> None:
        super().__init__()
        self.by = by
        self._known: dict[str, int] = {}
        self._parts, self._sizes = array("i"), array("i")

    def __missing__(self, word: str) -> int:
        known, parts = self._known, self.by.parts[word]
        self._parts.extend([known.setdefault(part, len(known)) for part in parts])
        self._sizes.append(len(parts))
        self[word] = number = len(self)
        return number

    def of(self, text: str) -> Iterator[int]:
        """The numbers of the words of a folded text."""
        return map(self.__getitem__, self.by.cut(text))

    def parts(self, words: Mapping[str, Sequence[int]]) -> tuple[list[str], dict[str, Int32], dict[str, Ints]]:
        """For the words of each field their parts, by their place in the first result, and how many each word has."""
        sizes = np.array(self._sizes, dtype=np.int64)
        starts, numbers = starts_of(sizes), np.array(self._parts)
        chosen = {name: np.array(found, dtype=np.int64) for name, found in words.items()}
        parts = {name: numbers[spread(starts[found], sizes[found])] for name, found in chosen.items()}
        used = np.zeros(len(self._known), dtype=bool)
        for found in parts.values():
            used[found] = True
        places = np.cumsum(used, dtype=np.int32) - np.int32(1)
        return (
            list(map(list(self._known).__getitem__, np.flatnonzero(used).tolist())),
            {name: places[found] for name, found in parts.items()},
            {name: sizes[found] for name, found in chosen.items()},
        )


_resting: list[Numbering] = []
"""Those that no thread is using."""


@contextmanager
def numbering(by: Cutter) -> Iterator[Numbering]:
    """A numbering of nobody else meanwhile."""
    try:
        found = _resting.pop()
    except IndexError:
        found = Numbering(by)
    if found.by is not by or len(found) > _REMEMBERED:
        found = Numbering(by)
    yield found
    _resting.append(found)
