"""One generation of the archive: its segments seen as one, immutable, shared by all threads."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema

from search.article import Article, from_stored
from search.engine.builder import id_key
from search.engine.cache import Cache
from search.engine.cards import UNDATED, cards
from search.engine.columns import Coded, joined_codes, locate, narrowed
from search.engine.found import Found, Mask, mask_of
from search.engine.issues import Issues, issues
from search.engine.postings import Ints
from search.engine.schema import SCHEMA
from search.engine.segment import DIGEST_BYTES, Segment
from search.engine.stories import stories
from search.engine.tally import Tally, tally
from search.engine.told import told
from search.entry import Card
from search.labels import spellings
from search.results import Corpus, Told
from search.text import Folded, folded

CACHE_BYTES, FILTER_BYTES, ARTICLE_BYTES = 128 << 20, 32 << 20, 32 << 20
"""The most that the hot terms, filters and articles of a snapshot may take."""


@dataclass(frozen=True)
class Values:
    """A facet's values: document d has ``names[first[d]]`` and those of the ``codes`` that stand beside it in ``docs``.

    Name 0 is empty: no value.
    """

    names: Sequence[str]
    first: NDArray[Any]
    docs: NDArray[Any]
    codes: NDArray[Any]

    @cached_property
    def code_of(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.names)}

    def of(self, doc: int) -> list[str]:
        """The values of one document."""
        low, high = locate(self.docs, (doc, doc + 1)).tolist()
        codes = [int(self.first[doc]), *self.codes[low:high].tolist()]
        return [self.names[code] for code in codes if code]


@dataclass(frozen=True)
class Stored:
    """An article as it is shown among hits."""

    article: Article

    @property
    def text(self) -> str:
        """What a snippet is cut from."""
        return self.article.body or "\n".join(self.article.captions)

    @cached_property
    def folded(self) -> Folded:
        """The text folded, with the way back."""
        return folded(self.text)

    @property
    def nbytes(self) -> int:
        """About what it takes: its text twice, the places of its characters, and two thousand bytes for all else."""
        article = self.article
        others = (*article.captions, *(completion.text for completion in article.completed_from))
        return 12 * (len(article.body) + sum(map(len, others))) + 2048


class Snapshot:
    """The documents of all segments, numbered one segment after the other, deleted ones included.

    ``dead`` are the deleted ones, ascending. Columns are joined when they are first asked for.
    """

    def __init__(
        self, segments: Sequence[Segment], dead: Ints, stamp: tuple[int, int] = (-1, 0), schema: Schema = SCHEMA
    ) -> None:
        self.stamp = stamp
        self.schema = schema
        self.segments = segments
        self.bases = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size: int = self.bases[-1]
        self.dead = dead
        self.count = self.size - len(dead)
        self.cache: Cache[Found] = Cache(CACHE_BYTES)
        self.filters: Cache[Mask] = Cache(FILTER_BYTES)
        self.articles: Cache[Stored] = Cache(ARTICLE_BYTES)
        self._columns: dict[str, Any] = {}

    def empty_caches(self) -> None:
        """Forgets hot terms, filters, articles and joined columns: what comes next is read from the files."""
        for cache in (self.cache, self.filters, self.articles):
            cache.clear()
        self._columns.clear()
        for name, value in vars(Snapshot).items():
            if isinstance(value, cached_property):
                self.__dict__.pop(name, None)

    @cached_property
    def live(self) -> Mask:
        """Which documents are not deleted."""
        live = np.ones(self.size, dtype=bool)
        live[self.dead] = False
        return live

    @cached_property
    def everything(self) -> Ints:
        """The live documents."""
        return np.arange(self.size) if not len(self.dead) else np.flatnonzero(self.live)

    def alive(self, docs: Ints) -> Ints:
        """Those of the documents that are not deleted."""
        return docs[self.live[docs]] if len(self.dead) else docs

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers."""
        column: NDArray[Any] = self._joined(
            name, lambda: _concatenated([segment.numbers(name) for segment in self.segments])
        )
        return column

    def facet(self, name: str) -> Values:
        """A column of names."""
        values: Values = self._joined(name, lambda: self._values(name))
        return values

    def coded(self, name: str) -> list[Coded]:
        """A column of names by segment."""
        columns: list[Coded] = self._joined(
            f"{name} by segment", lambda: [segment.coded(name) for segment in self.segments]
        )
        return columns

    def place(self, doc: int) -> tuple[Segment, int]:
        """The segment of a document and its number there."""
        number = bisect_right(self.bases, doc) - 1
        return self.segments[number], doc - self.bases[number]

    def in_segments(self, find: Callable[[Segment], Ints]) -> Ints:
        """The live documents that each segment finds."""
        found = [find(segment) + base for segment, base in zip(self.segments, self.bases, strict=False)]
        return self.alive(_concatenated(found))

    def postings(self, field: str, term: bytes) -> tuple[Ints, Ints]:
        """The live documents that have a term, ascending, and how often each has it."""
        docs, tf = [], []
        for segment, base in zip(self.segments, self.bases, strict=False):
            if (number := segment.lexicon.find(field, term)) >= 0:
                docs.append(segment.lexicon.docs(number) + base)
                tf.append(segment.lexicon.tf(number))
        found, often = _concatenated(docs), _concatenated(tf)
        if not len(self.dead):
            return found, often
        alive = self.live[found]
        return found[alive], often[alive]

    def df(self, field: str, term: bytes) -> int:
        """In how many documents a term is, deleted ones included: good for comparing terms."""
        numbers = [(segment.lexicon, segment.lexicon.find(field, term)) for segment in self.segments]
        return sum(lexicon.df(number) for lexicon, number in numbers if number >= 0)

    def lengths(self, field: str) -> NDArray[Any] | None:
        """The number of words that each document has in a field; None when the field counts none."""
        counted = all(f"{field}_length" in segment.file for segment in self.segments)
        return self.numbers(f"{field}_length") if counted else None

    def mean_length(self, field: str) -> float:
        """The mean number of words of the live documents in a field."""
        return float(self._joined(f"{field} mean", lambda: self.numbers(f"{field}_length")[self.everything].mean()))

    def typical_length(self, field: str) -> float:
        """The mean over those live documents that have any words in a field; 1 where none has."""
        return float(
            self._joined(f"{field} typical", lambda: _mean_of_any(self.numbers(f"{field}_length")[self.everything]))
        )

    def identity(self, doc: int) -> str:
        """The id of a document."""
        segment, own = self.place(doc)
        return segment.identity(own)

    def docs_of(self, identities: Sequence[str]) -> Ints:
        """The live document of each id; -1 where there is none."""
        keys = np.array([id_key(identity) for identity in identities], dtype=np.uint64)
        docs = np.full(len(keys), -1)
        for segment, base in zip(self.segments, self.bases, strict=False):
            own = segment.docs_of(keys)
            known = own >= 0
            known[known] = self.live[own[known] + base] if len(self.dead) else True
            docs[known] = own[known] + base
        return docs

    def doc_of(self, identity: str) -> int | None:
        """The live document of an id."""
        doc = int(self.docs_of([identity])[0])
        return doc if doc >= 0 and self.identity(doc) == identity else None

    def article(self, doc: int) -> Article:
        """The stored article of a document.

        Raises:
            IndexUnreadable: its record is damaged.
        """
        return self.stored(doc).article

    def stored(self, doc: int) -> Stored:
        """The same with its text folded."""
        return self.articles.get(doc, lambda: self._read(doc))

    def _read(self, doc: int) -> Stored:
        segment, own = self.place(doc)
        return Stored(from_stored(segment.record(own)))

    def json(self, doc: int) -> bytes:
        """The stored record of a document as JSON; nothing is remembered of it, so that all fit in little memory.

        Raises:
            IndexUnreadable: it is damaged.
        """
        segment, own = self.place(doc)
        return segment.json(own)

    def forget(self) -> None:
        """Gives back the memory of what has been read from the files; it is read anew when it is asked for again."""
        for segment in self.segments:
            segment.file.forget()

    def card(self, doc: int) -> Card:
        """What is known of a document without reading its text."""
        segment, own = self.place(doc)
        return next(cards(segment, [own]))

    def cards(self) -> Iterator[Card]:
        """The cards of all live documents."""
        for segment, base in zip(self.segments, self.bases, strict=False):
            live = self.live[base : base + segment.size]
            yield from cards(segment, np.flatnonzero(live).tolist())

    @property
    def first(self) -> NDArray[Any]:
        """The first day of each document's interval as an ordinal, UNDATED where it is unknown."""
        return self.numbers("first_day")

    @property
    def last(self) -> NDArray[Any]:
        """The last day of each document's interval."""
        return self.numbers("last_day")

    @cached_property
    def newest_day(self) -> int:
        """The last day of the newest live document."""
        return int(self.last[self.everything].max(initial=UNDATED))

    @cached_property
    def stories(self) -> Ints:
        """Which story each document tells, as a number: versions of one story share it."""
        return stories(self)

    @cached_property
    def versions(self) -> NDArray[Any]:
        """How many versions the story of each document has."""
        counts = np.bincount(self.stories[self.everything], minlength=self.size)
        return narrowed(counts[self.stories])

    def repeated(self, docs: Ints) -> Ints:
        """The places of those of the documents whose story has another version among them."""
        if not self.has_versions:
            return np.empty(0, np.int64)
        places = np.flatnonzero(self.versions[docs] > 1)
        stories = self.stories[docs[places]]
        order = np.argsort(stories, kind="stable")
        same = np.flatnonzero(np.diff(stories[order]) == 0)
        return np.flatnonzero(mask_of(places[np.concatenate((order[same], order[same + 1]))], len(docs)))

    @cached_property
    def tally(self) -> Tally:
        """The values of all facets, for counting."""
        return tally(self)

    @cached_property
    def issues(self) -> Issues:
        """The documents whose day of printing is known, by day."""
        return issues(self)

    def issues_of(self, newspaper: str) -> Issues:
        """The same of one newspaper, of which the archive has something."""
        found: Issues = self._joined(f"issues of {newspaper}", lambda: issues(self, newspaper))
        return found

    def told(self, name: str) -> Mapping[str, Told]:
        """In how many stories each value of a column of names is told, and when."""
        values: Mapping[str, Told] = self._joined(f"{name} told", lambda: told(self, name))
        return values

    @cached_property
    def has_versions(self) -> bool:
        return any(len(column.names) > 1 for column in self.coded("duplicate_of"))

    @cached_property
    def is_lead(self) -> Mask:
        """Which documents are the best version of their story."""
        lead: Mask = self.facet("duplicate_of").first == 0
        return lead

    @cached_property
    def corpus(self) -> Corpus:
        """Which articles these are; the version is a hash over their digests, whatever their order."""
        digests = _concatenated([segment.numbers("digest") for segment in self.segments])
        rows = np.sort(digests.view(f"S{DIGEST_BYTES}")[self.everything])
        listed = rows.tobytes().hex("\n", DIGEST_BYTES)
        version = hashlib.sha256(listed.encode()).hexdigest()[:16]
        return Corpus(version, self.count, len(np.unique(self.stories[self.everything])))

    def overlapping(self, first: date | None, last: date | None) -> Mask:
        """The dated documents whose interval has a day within the inclusive bounds; None leaves an end open."""
        mask: Mask = self.first != UNDATED
        if first is not None:
            mask &= self.last >= first.toordinal()
        if last is not None:
            mask &= self.first <= last.toordinal()
        return mask

    def known_value(self, facet: str, typed: str) -> str:
        """The value of a facet that a person means; what is typed itself where nothing is known of it."""
        if facet == "date":
            return typed
        known = self.facet(facet).code_of
        return next((value for value in spellings(facet, typed) if value in known), typed)

    def _values(self, name: str) -> Values:
        columns = self.coded(name)
        if len(columns) == 1:
            return Values(columns[0].names, columns[0].first, columns[0].docs, columns[0].codes)
        names, *codes = joined_codes(columns, self.bases[:-1])
        return Values(names, *map(narrowed, codes))

    def _joined(self, name: str, make: Callable[[], Any]) -> Any:
        # Two threads may make the same column, and a third forget it; either is as good.
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = make()
        return column


def _mean_of_any(lengths: NDArray[Any]) -> float:
    some = lengths[lengths > 0]
    return float(some.mean()) if len(some) else 1.0


def _concatenated(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)
