"""The terms of an archive that are proposed to a reader, made once for a snapshot."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import overload

import numpy as np

from search.engine.lexicon import Lexicon
from search.engine.snapshot import Snapshot
from search.suggest.edits import Edits
from search.suggest.query import FACET_KINDS, KINDS, WORD
from search.suggest.readings import readings
from search.suggest.sounds import Terms
from search.text import fold

MOST_COMPLETED, MOST_WORDS = 20_000, 50_000
"""How many of the most frequent words are completions, and how many other words a reader may have meant."""

_SHORTEST, _LONGEST = 2, 24
_SUFFIXES = {"street": ("街道",), "community": ("社区", "村")}


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a word as it is shown, folded as it is written, its kind, and how many articles it is in."""

    name: str
    text: str
    kind: str
    count: int


class Vocabulary(Sequence[Term]):
    """The terms by number: names, frequent words, and behind the first ``completed`` ones what is no completion.

    Of a word no more is kept than its characters and its count, in arrays: tens of thousands of objects, made and let
    go with every commit, leave memory in pieces that are never given back.
    """

    def __init__(self, names: Sequence[Term], words: Mapping[str, int]) -> None:
        self.completed = len(names) + min(len(words), MOST_COMPLETED)
        stems = list(_stems(names))
        self._named = dict(enumerate(names)) | dict(enumerate(stems, len(names) + len(words)))
        self.kinds = np.full(len(self._named) + len(words), KINDS.index(WORD), dtype=np.int8)
        self.kinds[list(self._named)] = [KINDS.index(term.kind) for term in self._named.values()]
        counts = chain((term.count for term in names), words.values(), (term.count for term in stems))
        self.counts = np.fromiter(counts, np.int64, len(self.kinds))
        self.sounds = Terms(chain((term.text for term in names), words, (term.text for term in stems)))
        self.edits = Edits(self.sounds)
        self.readings = readings()

    def __len__(self) -> int:
        return len(self.kinds)

    @overload
    def __getitem__(self, number: int) -> Term: ...
    @overload
    def __getitem__(self, number: slice) -> list[Term]: ...
    def __getitem__(self, number: int | slice) -> Term | list[Term]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        number = range(len(self))[number]
        if term := self._named.get(number):
            return term
        text = self.sounds[number]
        return Term(text, text, WORD, int(self.counts[number]))

    @classmethod
    def of(cls, snapshot: Snapshot) -> Vocabulary:
        """The vocabulary of a snapshot."""
        return cls(list(_names(snapshot)), _words(snapshot))


def _names(snapshot: Snapshot) -> Iterator[Term]:
    for kind in FACET_KINDS:
        yield from (Term(name, fold(name), kind, one.stories) for name, one in snapshot.told(kind).items())


def _stems(names: Sequence[Term]) -> Iterator[Term]:
    """Names without what they all end with, as people write them."""
    for term in names:
        for suffix in _SUFFIXES.get(term.kind, ()):
            stem = term.text.removesuffix(suffix)
            if _SHORTEST <= len(stem) < len(term.text):
                yield replace(term, text=stem)


def _words(snapshot: Snapshot) -> dict[str, int]:
    """The most frequent words of bodies, each with in how many articles it is, deleted ones included."""
    counts: Counter[str] = Counter()
    for segment in snapshot.segments:
        for word, count in _frequent(segment.lexicon):
            counts[word] += count
    return {word: counts[word] for word in sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_WORDS]}


def _frequent(lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    first, last = lexicon.fields.get("body", (0, 0))
    if first == last:
        return
    counts, sizes = lexicon.dfs(first, last), lexicon.characters(first, last)
    fitting = np.flatnonzero((sizes >= _SHORTEST) & (sizes <= _LONGEST))
    chosen = fitting[np.argsort(-counts[fitting], kind="stable")[:MOST_WORDS]]
    for number in chosen.tolist():
        if any(map(str.isalpha, word := lexicon.text(first + number))):
            yield word, int(counts[number])


class Shelf:
    """The vocabulary of the newest snapshot asked about.

    One thread makes it while the others go on with the one before; at first they wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[object, Vocabulary] | None = None

    def of(self, snapshot: Snapshot) -> Vocabulary:
        """The vocabulary of a snapshot, or of an earlier one while a newer is being made."""
        kept = self._kept
        if kept and kept[0] == snapshot.stamp:
            return kept[1]
        if not self._lock.acquire(blocking=kept is None):
            assert kept, "without one the lock was waited for"
            return kept[1]
        try:
            if self._kept is None or self._kept[0] != snapshot.stamp:
                self._kept = snapshot.stamp, Vocabulary.of(snapshot)
            return self._kept[1]
        finally:
            self._lock.release()
