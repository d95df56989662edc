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

``meta["fields"]`` has the first term of each field and the one behind its last. ``positions`` and ``term_positions``
are there only when a field's format has positions; terms of the other fields have no bytes in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayFile
from search.engine.columns import locate
from search.engine.postings import Ints, decode, decode_counted, decode_many, starts_of

FREQUENT = 15
"""As high as ``tf`` counts."""


def nibbles(numbers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Numbers below 16, two a byte, the first in the lower half."""
    pairs = np.append(numbers, np.zeros(len(numbers) % 2, np.uint8)).reshape(-1, 2)
    return (pairs[:, 0] | pairs[:, 1] << 4).astype(np.uint8)


class Lexicon(Sequence[bytes]):
    """The terms of a segment by number; ``postings`` has how many there are before each term."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.fields: dict[str, tuple[int, int]] = {name: tuple(ends) for name, ends in file.meta["fields"].items()}
        self._base = file.start("term_bytes")
        self._starts = file["term_bytes_starts"]
        self._places = file["term_places"]
        self.postings = file["term_postings"]

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        try:
            start, end = self._starts[number : number + 2].tolist()
        except ValueError:
            raise IndexError(number) from None
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

    def terms(self, first: int, last: int) -> list[bytes]:
        """The terms from ``first`` up to but without ``last``, read in one go."""
        starts = (self._starts[first : last + 1].astype(np.int64) + self._base).tolist()
        return [self._file.bytes[start:end] for start, end in pairwise(starts)]

    def numbered(self, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """The terms from ``first`` up to but without ``last``, with their numbers."""
        return ((number, self[number]) for number in range(first, last))

    def place(self, term: bytes, first: int, last: int, *, behind: bool) -> int:
        """Where a term belongs between two others, before or behind an equal one."""
        return (bisect_right if behind else bisect_left)(self, term, first, last)

    def text(self, number: int) -> str:
        """A term of a field of text."""
        return self[number].decode(errors="surrogateescape")

    def containing(self, piece: bytes, first: int, last: int) -> Ints:
        """The numbers of the terms between two that contain a piece, which is not empty."""
        heap, starts = self._heap(first, last)
        # In UTF-8 the last byte of a character is the one that tells it from most others.
        places = np.flatnonzero(heap[len(piece) - 1 :] == piece[-1])
        for offset, byte in enumerate(piece[:-1]):
            places = places[heap[places + offset] == byte]
        numbers = np.searchsorted(starts, places, side="right") - 1
        return first + np.unique(numbers[places + len(piece) <= starts[numbers + 1]])

    def characters(self, first: int, last: int) -> Ints:
        """How many characters of UTF-8 each of the terms between two has."""
        heap, starts = self._heap(first, last)
        begun = np.cumsum((heap & 0xC0) != 0x80, dtype=np.int32)
        sizes: Ints = np.diff(np.append(np.int32(0), begun)[starts]).astype(np.int64)
        return sizes

    def _heap(self, first: int, last: int) -> tuple[NDArray[np.uint8], Ints]:
        starts = self._starts[first : last + 1].astype(np.int64)
        return self._file["term_bytes"][starts[0] : starts[-1]], starts - starts[0]

    def df(self, number: int) -> int:
        """In how many documents a term is, deleted ones included."""
        first, last = self.postings[number : number + 2].tolist()
        return int(last - first)

    def dfs(self, first: int, last: int) -> Ints:
        """The same for neighbouring terms."""
        before: Ints = self.postings[first : last + 1].astype(np.int64)
        return before[1:] - before[:-1]

    def docs(self, number: int) -> Ints:
        """The documents that have a term, ascending, deleted ones included."""
        start, end = self._places[number : number + 2].tolist()
        return decode(self._file["postings"][start:end])

    def tf(self, number: int) -> Ints:
        """How often the term is in each of these documents."""
        return self.all_tf(number, number + 1)

    def all_tf(self, first_term: int, last_term: int) -> Ints:
        """How often neighbouring terms are in each of their documents, term after term."""
        first, last = self.postings[[first_term, last_term]].tolist()
        pairs = self._file["tf"][first // 2 : (last + 1) // 2]
        tf = np.stack((pairs & FREQUENT, pairs >> 4), axis=1).reshape(-1)[first % 2 :][: last - first].astype(np.int64)
        rest = self._file["tf_rest"]
        if len(rest):
            low, high = locate(rest, (first, last)).tolist()
            # Numbers are kept in the narrowest type, which the place of a later term may not fit into.
            tf[rest[low:high].astype(np.int64) - first] = self._file["tf_more"][low:high]
        return tf

    def docs_of(self, spans: Sequence[tuple[int, int]]) -> Ints:
        """The documents of the terms of some spans, one term's after another's, deleted ones included."""
        firsts, lasts = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        ends = zip(self._places[firsts].tolist(), self._places[lasts].tolist(), strict=True)
        postings = self._file["postings"]
        coded = np.concatenate([np.empty(0, np.uint8), *(postings[start:end] for start, end in ends)])
        sizes = lasts - firsts
        numbers = np.repeat(firsts - starts_of(sizes)[:-1], sizes) + np.arange(sizes.sum())
        return decode_counted(coded, self.postings[numbers + 1].astype(np.int64) - self.postings[numbers])

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
