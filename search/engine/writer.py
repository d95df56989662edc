"""Commits: entries become segments, others are removed, and a new generation says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from search.engine import toc
from search.engine.builder import build, id_key
from search.engine.damage import readable
from search.engine.merge import merge
from search.engine.pairs import UNIT
from search.engine.postings import Ints
from search.engine.prepare import Chunk, prepare_all
from search.engine.segment import Segment
from search.engine.store import Store
from search.entry import Entry

MEMORY = 512
"""About how many megabytes the making of a segment may take."""

_MEGABYTE = 1_000_000
_BYTES_A_UNIT = 80
"""What a unit of text takes while a segment is made of it."""

_MANY_SEGMENTS = 8
_MANY_UNPUBLISHED = 128
"""Segments that a commit may make before it joins them: nobody searches them yet, but each is an open file."""


def commit(store: Store, entries: Iterable[Entry], remove: Iterable[str] = (), memory: int = MEMORY) -> bool:
    """Store the entries, each in the place of the article of its id, and remove others, all or nothing.

    Of several entries with one id the last is kept. Tells whether there was anything to write.

    Raises:
        ArticleInvalid: an entry cannot be stored; nothing is written.
        IndexBusy: another writer is at work.
        IndexUnreadable: the index is damaged, was made with another dictionary, or cannot be written.
    """
    batches = _batches(entries, memory * _MEGABYTE // _BYTES_A_UNIT)
    first = next(batches, None)
    remove = set(remove)
    if first is None and not remove:
        return False
    with store.writing() as table:
        with readable(store.path):
            changes = _Changes(store, table, memory)
            changes.remove(remove)
        # What making the entries raises is no damage of the index.
        for batch in chain([first] if first else [], batches):
            with readable(store.path):
                changes.add(batch)
                changes.merge(_MANY_UNPUBLISHED)
        if not changes.made:
            return False
        with readable(store.path):
            changes.merge(_MANY_SEGMENTS)
            toc.write(store.path, changes.table())
    return True


def settle(store: Store, memory: int = MEMORY) -> bool:
    """Joins all segments when none of them holds most of the documents, as after many commits; tells whether it did.

    An index that has been joined is only joined again when it has doubled, so that it costs little in the long run.

    Raises:
        IndexBusy: another writer is at work.
    """
    with store.writing() as table, readable(store.path):
        changes = _Changes(store, table, memory)
        counts = [part.count for part in changes.parts]
        if not counts or max(counts) * 2 > sum(counts) or not changes.join(range(len(counts))):
            return False
        toc.write(store.path, changes.table())
    return True


@dataclass
class _Part:
    """A segment in the making of a generation; ``dead`` are its deleted documents."""

    entry: toc.Entry
    segment: Segment
    dead: Ints
    changed: bool = False

    @property
    def kept(self) -> Ints:
        return np.setdiff1d(np.arange(self.segment.size), self.dead, assume_unique=True)

    @property
    def count(self) -> int:
        return self.segment.size - len(self.dead)


@dataclass
class _Changes:
    """A generation in the making."""

    store: Store
    before: toc.Toc
    memory: int
    parts: list[_Part] = field(default_factory=list)
    made: bool = False
    _files: int = 0

    def __post_init__(self) -> None:
        folder = self.store.path
        for entry in self.before.segments:
            self.parts.append(_Part(entry, Segment(folder / entry.name), toc.read_dead(folder, entry)))

    def remove(self, identities: Iterable[str]) -> None:
        """Marks the documents of ids as deleted."""
        wanted = sorted((id_key(identity), identity) for identity in identities)
        # In order they are found in a seventh of the time.
        keys = np.array([key for key, _ in wanted], dtype=np.uint64)
        for part in self.parts:
            docs = part.segment.docs_of(keys)
            places = np.flatnonzero(docs >= 0).tolist()
            found = [docs[place] for place in places if part.segment.identity(docs[place]) == wanted[place][1]]
            dead = np.union1d(part.dead, np.array(found, dtype=np.int64))
            if len(dead) > len(part.dead):
                part.dead, part.changed, self.made = dead, True, True

    def add(self, batch: Sequence[Chunk]) -> None:
        """Writes a segment of the documents of a batch, in the place of earlier ones of their ids."""
        self.remove(row.id for chunk in batch for row in chunk.rows)
        name = self._new_name("seg")
        build(self.store.path / name, batch)
        self._append(name)
        self.parts[-1].dead = _repeated(self.parts[-1].segment)
        self.parts[-1].changed = bool(len(self.parts[-1].dead))
        self.made = True

    def merge(self, many: int) -> None:
        """Keeps the number of segments logarithmic: few segments search faster, but joining costs.

        Segments without live documents are dropped. Once there are so many, those that are no bigger than all smaller
        ones together are joined.
        """
        self.parts = [part for part in self.parts if part.count]
        if len(self.parts) < many:
            return
        by_size = sorted(range(len(self.parts)), key=lambda number: self.parts[number].count)
        joined, total = by_size[:2], sum(self.parts[number].count for number in by_size[:2])
        for number in by_size[2:]:
            if self.parts[number].count > total:
                break
            joined.append(number)
            total += self.parts[number].count
        self.join(sorted(joined))

    def join(self, numbers: Sequence[int]) -> bool:
        """Makes one segment of several; tells whether there was anything to do."""
        parts = [self.parts[number] for number in numbers]
        if not parts or (len(parts) == 1 and not len(parts[0].dead)):
            return False
        name = self._new_name("seg")
        merge(self.store.path / name, [(part.segment, part.kept) for part in parts], self.memory * _MEGABYTE)
        self.parts = [part for number, part in enumerate(self.parts) if number not in set(numbers)]
        self._append(name)
        return True

    def table(self) -> toc.Toc:
        """The new generation; what it names is on the disk."""
        return toc.Toc(self.before.generation + 1, tuple(self._entry(part) for part in self.parts))

    def _entry(self, part: _Part) -> toc.Entry:
        if not part.changed:
            return part.entry
        dead = self._new_name("dead")
        toc.write_dead(self.store.path / dead, part.dead)
        return toc.Entry(part.entry.name, dead)

    def _append(self, name: str) -> None:
        self.parts.append(_Part(toc.Entry(name), Segment(self.store.path / name), np.empty(0, np.int64)))

    def _new_name(self, ending: str) -> str:
        self._files += 1
        return f"MAIN_{self.before.generation + 1}_{self._files}.{ending}"


def _repeated(segment: Segment) -> Ints:
    """The documents of a segment whose id a later one has, too."""
    keys, docs = segment.numbers("keys"), segment.numbers("key_docs")
    places = np.flatnonzero(keys[1:] == keys[:-1])
    same = [place for place in places.tolist() if segment.identity(docs[place]) == segment.identity(docs[place + 1])]
    return np.sort(docs[same].astype(np.int64))


def _batches(entries: Iterable[Entry], most_units: int) -> Iterator[list[Chunk]]:
    """Chunks of documents, as many at a time as make one segment."""
    batch: list[Chunk] = []
    size = 0
    for chunk in prepare_all(entries):
        batch.append(chunk)
        size += len(chunk.text) // UNIT.itemsize
        if size >= most_units:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
