"""One generation of the archive as columns in memory: immutable, shared by all threads."""

from __future__ import annotations

import hashlib
import json
import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.reader import Reader, readable
from search.engine.schema import BOOSTS
from search.engine.store import Store
from search.entry import Card
from search.labels import spellings
from search.request import MISSING
from search.results import Corpus

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]

_UNDATED = 0
_MOST_IDLE = 8
_MARKS = ("id", "digest", "origin", "fingerprint", "file", "duplicate_of", "days", "completed")
_FROM_CARD = ("street", "reporter", "topic", "kind", "section", "person", "merged")
_DELETED: dict[str, Any] = {
    **dict.fromkeys(_MARKS, ""),
    "duplicate_of": None,
    "days": [],
    "completed": False,
    "lengths": [0] * len(BOOSTS),
    "complete": True,
}


@dataclass(frozen=True)
class Values:
    """A facet's values: entry i says that document ``docs[i]`` has the value ``names[codes[i]]``.

    Documents without any value have MISSING, which is ``names[0]``.
    """

    names: Sequence[str]
    docs: Ints
    codes: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Iterable[str]]]) -> Values:
        """The values by document."""
        known = {MISSING: 0}
        docs, codes = array("q"), array("q")
        for doc, values in rows:
            for value in values or (MISSING,):
                docs.append(doc)
                codes.append(known.setdefault(value, len(known)))
        return cls(tuple(known), np.array(docs, dtype=np.int64), np.array(codes, dtype=np.int64))

    @cached_property
    def code_of(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.names)}

    def having(self, wanted: Iterable[str], size: int) -> Mask:
        """The documents that have any of the values."""
        codes = [self.code_of[name] for name in wanted if name in self.code_of]
        mask = np.zeros(size, dtype=bool)
        mask[self.docs[np.isin(self.codes, codes)]] = True
        return mask


class Snapshot:
    """Columns by document number; those of deleted documents are empty.

    ``group`` numbers the stories: versions of one story share a number. ``first`` and ``last`` are day
    ordinals, 0 where the date is unknown. ``lengths`` holds the number of words in each field.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.stamp = store.stamp()
        self._generation, self._segments = store.segments()
        self._idle: list[Reader] = []
        self._retired = False
        self._lock = threading.Lock()
        with self.reading() as reader, readable(store.path):
            self.live: Mask = reader.live()
            self._load(reader.column("card"))

    def _load(self, cards: list[bytes]) -> None:
        alive: list[bool] = self.live.tolist()
        read = iter(json.loads(b"[%b]" % b",".join(compress(cards, alive))))
        rows = [next(read) if live else _DELETED for live in alive]
        self.size = len(rows)
        self.cards = [Card(**{name: row[name] for name in _MARKS}, sketch=()) for row in rows]
        self.ids = [card.id for card in self.cards]
        self.doc_of = {identity: doc for doc, identity in enumerate(self.ids) if alive[doc]}
        self.first = self._column(row["days"][0] if row["days"] else _UNDATED for row in rows)
        self.last = self._column(row["days"][1] if row["days"] else _UNDATED for row in rows)
        self.complete = np.array([row["complete"] for row in rows], dtype=bool)
        self.is_lead = np.array([card.duplicate_of is None for card in self.cards], dtype=bool)
        self.group = self._groups()
        lengths = np.array([row["lengths"] for row in rows], dtype=np.int64).reshape(self.size, len(BOOSTS))
        self.lengths = dict(zip(BOOSTS, lengths.T, strict=True))
        filled = [(doc, row) for doc, row in enumerate(rows) if alive[doc]]
        self.facets = {name: Values.of((doc, row.get(name, ())) for doc, row in filled) for name in _FROM_CARD}
        self.facets["date"] = Values.of((doc, _periods(*row["days"])) for doc, row in filled)

    @cached_property
    def corpus(self) -> Corpus:
        """Which articles these are; the version is a hash over their digests, whatever their order."""
        digests = "\n".join(sorted(card.digest for _, card in self.alive()))
        version = hashlib.sha256(digests.encode()).hexdigest()[:16]
        return Corpus(version, len(self.doc_of), len(np.unique(self.group[self.live])))

    def _column(self, values: Iterable[int]) -> Ints:
        return np.fromiter(values, dtype=np.int64, count=self.size)

    def _groups(self) -> Ints:
        numbers: dict[str, int] = {}
        return self._column(numbers.setdefault(self._story(doc), len(numbers)) for doc in range(self.size))

    def _story(self, doc: int) -> str:
        """The id that all versions of a story lead to, however they point at each other."""
        seen: list[str] = [self.ids[doc]]
        better = self.cards[doc].duplicate_of
        while better is not None and better not in seen:
            seen.append(better)
            known = self.doc_of.get(better)
            better = None if known is None else self.cards[known].duplicate_of
        return seen[-1] if better is None else min(seen[seen.index(better) :])

    @cached_property
    def versions(self) -> Ints:
        """How many versions the story of each document has."""
        counts = np.bincount(self.group[self.live], minlength=self.size + 1)
        return counts[self.group]

    @cached_property
    def has_versions(self) -> bool:
        return bool((self.versions[self.live] > 1).any())

    @cached_property
    def dated(self) -> Mask:
        dated: Mask = self.first != _UNDATED
        return dated

    @cached_property
    def newest(self) -> Ints:
        """The place of each document in the order: last day first, undated at the end, then by id."""
        return self._places(-self.last)

    @cached_property
    def oldest(self) -> Ints:
        """The place of each document in the order: first day first, undated at the end, then by id."""
        return self._places(np.where(self.dated, self.first, np.iinfo(np.int64).max))

    def _places(self, key: Ints) -> Ints:
        by_id = np.empty(self.size, dtype=np.int64)
        by_id[sorted(range(self.size), key=self.ids.__getitem__)] = np.arange(self.size)
        places = np.empty(self.size, dtype=np.int64)
        places[np.lexsort((by_id, key))] = np.arange(self.size)
        return places

    def alive(self) -> Iterator[tuple[int, Card]]:
        """The live documents with their cards, which lack the sketch."""
        return ((doc, card) for doc, card in enumerate(self.cards) if self.live[doc])

    def overlapping(self, first: date | None, last: date | None) -> Mask:
        """The dated documents whose interval has a day within the inclusive bounds; None leaves an end open."""
        mask = self.live & self.dated
        if first is not None:
            mask &= self.last >= first.toordinal()
        if last is not None:
            mask &= self.first <= last.toordinal()
        return mask

    def known_value(self, facet: str, typed: str) -> str:
        """The value of a facet that a person means; what is typed itself where nothing is known of it."""
        known = self.facets[facet].code_of
        return next((value for value in spellings(facet, typed) if value in known), typed)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A reader for the caller alone; it is kept for the next one afterwards."""
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        reader = reader or self._store.reader(self._generation, self._segments)
        try:
            yield reader
        finally:
            with self._lock:
                keep = not self._retired and len(self._idle) < _MOST_IDLE
                if keep:
                    self._idle.append(reader)
            if not keep:
                reader.close()

    def retire(self) -> None:
        """Close the readers, those in use as soon as they come back."""
        with self._lock:
            self._retired = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.close()


@lru_cache(maxsize=4096)
def _periods(*days: int) -> list[str]:
    """The years and months that an interval of day ordinals touches; none without an interval."""
    if not days:
        return []
    start, end = (day.year * 12 + day.month - 1 for day in map(date.fromordinal, days))
    months = [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    return [f"{year:04}" for year in range(start // 12, end // 12 + 1)] + months
