"""The exact-string index of a segment: which documents contain a string, whatever a word is.

``text`` holds the folded parts of every document in UTF-16 units, each part with a line feed at its end, and
``text_starts`` where each document begins. ``pairs`` lists for all neighbouring units but those after a line feed in
which documents they stand, ``title_pairs`` the same for the headline parts alone, which take the
first ``title_units``; what follows the body takes the last ``rest_units``. A pair is a number: the first unit
in the upper 16 bits. No part contains a line feed, so no pair crosses two parts; the pair of a part's last unit with
its line feed makes sure that every unit begins one. So the documents of a single unit are those of the pairs that it
begins; for units that are in more than a sixteenth of all documents these are kept as bits, ``pairs_units`` and
``pairs_bits``.

Pairs propose, the text decides: a string of more than two units is looked up in the text of the documents that have
its rarest pairs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayFile
from search.engine.deadline import Deadline
from search.engine.found import mask_of
from search.engine.invert import Inverted
from search.engine.postings import Ints, decode, decode_many

Units = NDArray[np.uint16]
Bounds = tuple[Ints, Ints]

UNIT = np.dtype("<u2")
END = 0x0A
"""The unit at the end of every part."""

FREQUENT = 16
"""A unit in more than one part in so many of all documents has its documents as bits."""

_RAREST = 4
_CHUNK = 512


def units(text: str) -> Units:
    """The UTF-16 units of a string; a lone surrogate, which is never stored, can still be asked for."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), UNIT)


def pair_keys(text: Units) -> NDArray[np.uint32]:
    """The pairs of neighbouring units as numbers."""
    return (text[:-1].astype(np.uint32) << np.uint32(16)) | text[1:]


class PairTable:
    """In which documents of a segment each pair stands: a row for each of the ``keys``, its list from ``places`` on."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file, self._name = file, name
        self.keys = file[f"{name}_keys"]
        self.places = file[f"{name}_places"]
        self._units = file[f"{name}_units"]

    def rows(self, keys: NDArray[np.uint32]) -> Ints | None:
        """Where the pairs are in the table; None when one of them is nowhere."""
        rows = np.searchsorted(self.keys, keys)
        known = rows < len(self.keys)
        return rows if known.all() and (self.keys[rows] == keys).all() else None

    def sizes(self, rows: Ints) -> Ints:
        """How many bytes the lists of these rows take: the fewer, the rarer the pair."""
        sizes: Ints = self.places[rows + 1].astype(np.int64) - self.places[rows]
        return sizes

    def docs(self, row: int) -> Ints:
        """The documents of a row, ascending, deleted ones included."""
        start, end = self.places[row : row + 2].tolist()
        return decode(self._file[self._name][start:end])

    def docs_of_unit(self, unit: int) -> Ints:
        """The documents that have a unit, ascending, deleted ones included."""
        row = int(np.searchsorted(self._units, unit))
        if row < len(self._units) and self._units[row] == unit:
            return self._of_bits(row)
        return self.listed(unit)

    @property
    def frequent(self) -> list[int]:
        """The units whose documents are kept as bits."""
        units: list[int] = self._units.tolist()
        return units

    def listed(self, unit: int) -> Ints:
        """The documents of all pairs that a unit begins."""
        first, last = self._span(unit)
        if last == first:
            return np.empty(0, np.int64)
        places = self.places[first : last + 1].astype(np.int64)
        docs, _ = decode_many(self._file[self._name][places[0] : places[-1]], places - places[0])
        return np.flatnonzero(mask_of(docs, int(self._file.meta["documents"])))

    def _of_bits(self, row: int) -> Ints:
        size = int(self._file.meta["documents"])
        width = -(-size // 8)
        bits = self._file[f"{self._name}_bits"][row * width : (row + 1) * width]
        return np.flatnonzero(np.unpackbits(bits, count=size))

    def lists(self, first: int, last: int) -> Inverted:
        """The lists of the rows from ``first`` up to but without ``last``."""
        places = self.places[first : last + 1].astype(np.int64)
        docs, counts = decode_many(self._file[self._name][places[0] : places[-1]], places - places[0])
        return Inverted(self.keys[first:last], counts, docs, np.ones(len(docs), np.uint8))

    def _span(self, unit: int) -> tuple[int, int]:
        ends = np.array([unit << 16, (unit << 16) + 0xFFFF], dtype=np.uint32)
        first, last = np.searchsorted(self.keys, ends).tolist()
        return first, last + (last < len(self.keys) and int(self.keys[last]) == int(ends[1]))


class TextIndex:
    """Strings in the documents of one segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.starts = file["text_starts"]
        self._titles, self._rests = file["title_units"], file["rest_units"]
        self._base, self._text = file.start("text"), file["text"]
        self.all, self.title = PairTable(file, "pairs"), PairTable(file, "title_pairs")

    def text(self, doc: int) -> str:
        """The folded parts of a document, each with a line feed at its end."""
        start, end = self.starts[doc : doc + 2].tolist()
        return self._bytes(start, end).decode("utf-16-le", "surrogatepass")

    def units(self, docs: Ints, most: int) -> list[Units]:
        """The same of several documents in UTF-16, no more than so many units of each."""
        starts, ends = self.bounds(docs)
        ends = np.minimum(ends, starts + most)
        return [self._text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def strings(self, starts: Ints, ends: Ints) -> Iterator[str]:
        """The pieces of text between some units; line feeds stand between parts."""
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield self._bytes(start, end).decode("utf-16-le", "surrogatepass")

    def candidates(self, table: PairTable, text: Units) -> Ints:
        """The documents that have all the rarest pairs of a string; exact for strings of one or two units."""
        if len(text) == 1:
            return table.docs_of_unit(int(text[0]))
        rows = table.rows(np.array(sorted(set(pair_keys(text).tolist())), dtype=np.uint32))
        if rows is None:
            return np.empty(0, np.int64)
        rarest = rows[np.argsort(table.sizes(rows), kind="stable")[:_RAREST]]
        docs = table.docs(int(rarest[0]))
        for row in rarest[1:]:
            if not len(docs):
                break
            docs = common(docs, table.docs(int(row)))
        return docs

    def bounds(self, docs: Ints) -> Bounds:
        """Where the text of each of the documents begins and ends, in units."""
        return self.starts[docs].astype(np.int64), self.starts[docs + 1].astype(np.int64)

    def title_bounds(self, docs: Ints) -> Bounds:
        """Where the headline parts of each of the documents begin and end."""
        starts = self.starts[docs].astype(np.int64)
        return starts, starts + self._titles[docs]

    def body_bounds(self, docs: Ints) -> Bounds:
        """Where the body of each of the documents begins and ends."""
        return self.title_bounds(docs)[1], self.starts[docs + 1].astype(np.int64) - self._rests[docs]

    def confirmed(self, docs: Ints, text: Units, deadline: Deadline, bounds: Bounds) -> Ints:
        """Those of the documents that have the string within their bounds."""
        starts, ends = ((bound * UNIT.itemsize + self._base).tolist() for bound in bounds)
        needle = text.tobytes()
        found = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if self._find(needle, start, end) >= 0:
                found.append(number)
            if number % _CHUNK == 0:
                deadline.check()
        return docs[found]

    def _find(self, needle: bytes, start: int, end: int) -> int:
        """The byte at which a string begins; -1 when it is not there. A match that begins within a unit is none."""
        at = self._file.bytes.find(needle, start, end)
        while at >= 0 and (at - self._base) % UNIT.itemsize:
            at = self._file.bytes.find(needle, at + 1, end)
        return at

    def _bytes(self, start: int, end: int) -> bytes:
        size = UNIT.itemsize
        return self._file.bytes[self._base + start * size : self._base + end * size]


def common(few: Ints, many: Ints) -> Ints:
    """The numbers that are in both of two ascending lists."""
    if len(few) > len(many):
        few, many = many, few
    if not len(few):
        return few
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    both: Ints = few[many[places] == few]
    return both
