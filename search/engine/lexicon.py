"""The terms of a segment, by field and in order of their bytes, and where the postings of each stand.

Arrays of a segment file:

=================  =================================================================================
``term_bytes``     the terms as a ragged array: those of one field after those of another
``term_places``    where the bytes of each term's list begin in ``postings``; one entry more
``term_postings``  the number of postings before each term; one entry more. The difference is the term's df
``postings``       lists of document numbers as in :mod:`search.engine.postings`
``tf``             for each posting how often the term is in the document, 15 for all above 14: two postings a byte
``tf_rest``        what is left out there: numbers of postings,
``tf_more``        and how often the term is in the document
``positions``      the places of each posting's occurrences in its document, as lists like ``postings``
``term_positions`` where the bytes of each term's positions begin there; one entry more
=================  =================================================================================

``meta["fields"]`` has the first term of each field and the one behind its last. ``positions`` is there only for fields
whose format has positions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayFile
from search.engine.postings import Ints, decode, decode_counted, decode_many

FREQUENT = 15
"""As high as ``tf`` counts."""


def nibbles(numbers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Numbers below 16, two a byte, the first in the lower half."""
    pairs = np.append(numbers, np.zeros(len(numbers) % 2, np.uint8)).reshape(-1, 2)
    joined: NDArray[np.uint8] = pairs[:, 0] | pairs[:, 1] << 4
    return joined


class Lexicon(Sequence[bytes]):
    """The terms of a segment by number."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.fields: dict[str, tuple[int, int]] = {name: tuple(ends) for name, ends in file.meta["fields"].items()}
        self._base = file.start("term_bytes")
        self._starts = file["term_bytes_starts"]
        self._places = file["term_places"]
        self._postings = file["term_postings"]

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        start, end = self._starts[number : number + 2].tolist()
        return self._file.bytes[self._base + start : self._base + end]

    def find(self, field: str, term: bytes) -> int:
        """The number of a term; -1 when the field has no such term."""
        first, last = self.fields.get(field, (0, 0))
        number = bisect_left(self, term, first, last)
        return number if number < last and self[number] == term else -1

    def span(self, field: str, prefix: bytes) -> tuple[int, int]:
        """The first term of a field that begins with the prefix, and the one behind the last."""
        first, last = self.fields.get(field, (0, 0))
        start = bisect_left(self, prefix, first, last)
        return start, bisect_left(self, True, start, last, key=lambda term: not term.startswith(prefix))

    def numbered(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """The terms from ``first`` up to but without ``last``, with their numbers."""
        return ((number, self[number]) for number in range(first, last))

    def place(self, term: bytes, first: int, last: int, *, behind: bool) -> int:
        """Where a term belongs between two others, before or behind an equal one."""
        return (bisect_right if behind else bisect_left)(self, term, first, last)

    def fitting(self, pattern: re.Pattern[bytes], first: int, last: int) -> Iterator[int]:
        """The numbers of the terms between two that a pattern fits as a whole."""
        return (number for number, term in self.numbered(first, last) if pattern.fullmatch(term))

    def df(self, number: int) -> int:
        """In how many documents a term is, deleted ones included."""
        first, last = self._postings[number : number + 2].tolist()
        return int(last - first)

    def dfs(self, first: int, last: int) -> Ints:
        """The same for neighbouring terms."""
        return np.diff(self._postings[first : last + 1].astype(np.int64))

    def docs(self, number: int) -> Ints:
        """The documents that have a term, ascending, deleted ones included."""
        start, end = self._places[number : number + 2].tolist()
        return decode(self._file["postings"][start:end])

    def tf(self, number: int) -> Ints:
        """How often the term is in each of these documents."""
        return self.all_tf(number, number + 1)

    def all_tf(self, first_term: int, last_term: int) -> Ints:
        """How often neighbouring terms are in each of their documents, term after term."""
        first, last = self._postings[[first_term, last_term]].tolist()
        pairs = self._file["tf"][first // 2 : (last + 1) // 2]
        tf = np.stack((pairs & FREQUENT, pairs >> 4), axis=1).reshape(-1)[first % 2 :][: last - first].astype(np.int64)
        rest = self._file["tf_rest"]
        if len(rest):
            low, high = np.searchsorted(rest, (first, last))
            # Numbers are kept in the narrowest type, which the place of a later term may not fit into.
            tf[rest[low:high].astype(np.int64) - first] = self._file["tf_more"][low:high]
        return tf

    def all_docs(self, first: int, last: int) -> tuple[Ints, Ints]:
        """The documents of neighbouring terms one after the other, and how many each term has."""
        places = self._places[first : last + 1].astype(np.int64)
        return decode_many(self._file["postings"][places[0] : places[-1]], places - places[0])

    def positions(self, number: int) -> Ints:
        """Where a term is in each of its documents: ``tf`` ascending numbers for each.

        Raises:
            IndexUnreadable: the segment holds no positions.
        """
        start, end = self._file["term_positions"][number : number + 2].tolist()
        return decode_counted(self._file["positions"][start:end], self.tf(number))
