"""The terms and postings of a segment as Whoosh reads them (whoosh.codec.base)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from search.engine.bm25 import rounded
from search.engine.lexicon import Lexicon
from search.engine.postings import Ints, starts_of
from search.engine.segment import Segment

Term = tuple[str, bytes]


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The lexicon of one segment; it has no state of its own, so that any number of them may be open."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._lexicon = segment.lexicon

    def __contains__(self, term: Term) -> bool:
        return self._lexicon.find(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        return sorted(self._lexicon.fields)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> Cursor:
        return Cursor(self, self._segment, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """All terms: by field, the fields in order of their names."""
        return (term for name in self.indexed_field_names() for term in self._field(name, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The terms of a field from ``prefix`` on, then those of the fields behind it; none if it has no terms."""
        names = self.indexed_field_names()
        for name in names[names.index(fieldname) :] if fieldname in names else []:
            yield from self._field(name, prefix if name == fieldname else b"")

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """The statistics of a term, deleted documents included.

        Raises:
            TermNotFound: the segment has no such term.
        """
        number = self._number(fieldname, tbytes)
        return self._info(fieldname, self._lexicon.docs(number), self._lexicon.tf(number))

    def _info(self, fieldname: str, docs: Ints, tf: Ints) -> TermInfo:
        least, most = 0, 0
        if f"{fieldname}_length" in self._segment.file:
            lengths = rounded(self._segment.numbers(f"{fieldname}_length")[docs])
            least, most = int(lengths.min()), int(lengths.max())
        ends = int(docs[0]), int(docs[-1])
        return TermInfo(float(tf.sum()), len(docs), least, most, float(tf.max()), *ends)

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        number = self._lexicon.find(fieldname, tbytes)
        return float(self._lexicon.tf(number).sum()) if number >= 0 else 0.0

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        number = self._lexicon.find(fieldname, tbytes)
        return self._lexicon.df(number) if number >= 0 else 0

    def matcher(self, fieldname: str, tbytes: bytes, format_: Format, scorer: BaseScorer | None = None) -> Matcher:
        """A matcher at the first posting of a term.

        Raises:
            TermNotFound: the segment has no such term.
        """
        number = self._number(fieldname, tbytes)
        docs, tf = self._lexicon.docs(number), self._lexicon.tf(number)
        term = Postings((fieldname, tbytes), docs.tolist(), tf.tolist(), self._info(fieldname, docs, tf))
        return Matcher(self._lexicon, term, format_, scorer)

    def _number(self, fieldname: str, tbytes: bytes) -> int:
        number = self._lexicon.find(fieldname, tbytes)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        return number

    def _field(self, name: str, start: bytes) -> Iterator[Term]:
        first, last = self._lexicon.fields.get(name, (0, 0))
        place = self._lexicon.place(start, first, last, behind=False)
        return ((name, term) for _, term in self._lexicon.numbered(place, last))


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """A place among the terms of a field."""

    def __init__(self, reader: TermsReader, segment: Segment, fieldname: str, fieldobj: FieldType) -> None:
        self._reader, self._lexicon = reader, segment.lexicon
        self._name, self._field = fieldname, fieldobj
        self._first, self._last = self._lexicon.fields.get(fieldname, (0, 0))
        self._place = self._first

    def first(self) -> Any:
        self._place = self._first
        return self.text()

    def find(self, term: Any) -> Any:
        """Goes to the first term that is not before ``term``."""
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._place = self._lexicon.place(wanted, self._first, self._last, behind=False)
        return self.text()

    def next(self) -> Any:
        self._place = min(self._place + 1, self._last)
        return self.text()

    def text(self) -> Any:
        """The term as a value of its field; None behind the last one."""
        return self._field.from_bytes(self._lexicon[self._place]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        return self._reader.term_info(self._name, self._lexicon[self._place]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._place < self._last


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of a term: documents, ascending, and how often each has it."""

    term: Term
    docs: list[int]
    tf: list[int]
    info: TermInfo


class Matcher(LeafMatcher):  # type: ignore[misc]
    """A place in the postings of one term, all of them one block. Positions are read when they are first asked for."""

    def __init__(
        self, lexicon: Lexicon, postings: Postings, format_: Format, scorer: BaseScorer | None, place: int = 0
    ) -> None:
        self.format, self.scorer = format_, scorer
        self._lexicon, self._postings = lexicon, postings
        self._term, self._docs, self._tf, self._info = postings.term, postings.docs, postings.tf, postings.info
        self._place = place

    def copy(self) -> Matcher:
        return Matcher(self._lexicon, self._postings, self.format, self.scorer, self._place)

    def reset(self) -> None:
        self._place = 0

    def is_active(self) -> bool:
        return self._place < len(self._docs)

    def id(self) -> int:
        return self._docs[self._place]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs)

    def next(self) -> bool:
        """Goes to the next posting; true when that was the last one."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1
        return not self.is_active()

    def skip_to(self, id: int) -> bool:
        """Goes to the first posting that is not before ``id``."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._docs, id, self._place)
        return not self.is_active()

    def weight(self) -> float:
        return float(self._tf[self._place])

    def supports(self, astype: str) -> bool:
        positions = astype in ("positions", "position_boosts") and bool(self.format.supports("positions"))
        return positions or astype in ("frequency", "weight")

    def value_as(self, astype: str) -> Any:
        if not self.supports(astype):
            raise ValueError(f"{astype} of {self._term} are not in the index")
        if astype == "positions":
            return self._places()
        if astype == "position_boosts":
            return [(place, 1) for place in self._places()]
        return self._tf[self._place] if astype == "frequency" else self.weight()

    def value(self) -> bytes:
        """The posting as Whoosh's own writer takes it when it copies postings."""
        if self.supports("positions"):
            return bytes(self.format.encode(self._places()))
        size = self.format.fixed_value_size() or 0
        return self._tf[self._place].to_bytes(size, "big") if size else b""

    def skip_to_quality(self, minquality: float) -> int:
        if not self.is_active() or self.block_quality() > minquality:
            return 0
        self._place = len(self._docs)
        return 1

    def block_min_id(self) -> int:
        return self._docs[0]

    def block_max_id(self) -> int:
        return self._docs[-1]

    def block_min_length(self) -> int:
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def _places(self) -> list[int]:
        places, starts = self._positions
        return places[starts[self._place] : starts[self._place + 1]]

    @cached_property
    def _positions(self) -> tuple[list[int], list[int]]:
        """The positions in all documents, and where those in each begin."""
        number = self._lexicon.find(*self._term)
        return self._lexicon.positions(number).tolist(), starts_of(np.array(self._tf)).tolist()
