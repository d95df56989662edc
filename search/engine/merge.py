"""Several segments made one: whole arrays at a time, never document by document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayWriter
from search.engine.builder import CODED_FACETS, CODED_MARKS, LexiconWriter, PairWriter, write_keys
from search.engine.columns import joined_codes, narrowed, write_codes
from search.engine.invert import Inverted, listed
from search.engine.pairs import PairTable
from search.engine.postings import Ints, starts_of
from search.engine.schema import DAY_FIELDS, WORD_FIELDS
from search.engine.segment import Segment

_BYTES_A_POSTING = 100
"""What a posting takes while lists are put together."""

_NUMBERS = (*(f"{name}_length" for name in WORD_FIELDS), "title_units", "rest_units", "complete", "completed")
_CODED = (*CODED_MARKS, "duplicate_of", *CODED_FACETS, "year", "month")
_RAGGED = ("id", "sketch", "text", "record")
_DOCUMENTS = 1 << 12

Part = tuple[Segment, Ints]
"""A segment with the documents that are kept of it, ascending."""


def merge(path: Path, parts: Sequence[Part], memory: int) -> None:
    """Writes one segment of the kept documents of several, in their order, in about so many bytes of memory.

    Raises:
        IndexUnreadable: one of them is damaged; what is written gets checksums that would hide it.
    """
    for segment, _ in parts:
        segment.file.verify()
    batch = memory // _BYTES_A_POSTING + 1
    size = sum(len(kept) for _, kept in parts)
    with ArrayWriter(path, {"documents": size}) as out:
        renumbered = _renumbered(parts)
        _merge_lexicons(out, parts, renumbered, batch)
        for name in ("pairs", "title_pairs"):
            tables = [PairTable(segment.file, name) for segment, _ in parts]
            _merge_pairs(PairWriter(out, name, size), tables, renumbered, batch)
        _merge_columns(out, parts)
        for name in _RAGGED:
            _merge_ragged(out, name, parts)


def _renumbered(parts: Sequence[Part]) -> list[Ints]:
    """For each segment the new number of each document, -1 for those that are not kept."""
    numbers, base = [], 0
    for segment, kept in parts:
        new = np.full(segment.size, -1)
        new[kept] = np.arange(base, base + len(kept))
        numbers.append(new)
        base += len(kept)
    return numbers


def _merge_lexicons(out: ArrayWriter, parts: Sequence[Part], renumbered: Sequence[Ints], batch: int) -> None:
    writer = LexiconWriter(out)
    lexicons = [segment.lexicon for segment, _ in parts]
    for field in dict.fromkeys(field for lexicon in lexicons for field in lexicon.fields):
        spans = [lexicon.fields.get(field, (0, 0)) for lexicon in lexicons]
        own = [lexicon[first:last] for lexicon, (first, last) in zip(lexicons, spans, strict=True)]
        terms = sorted(set().union(*own))
        rank = {term: place for place, term in enumerate(terms)}
        ranks = [np.array([rank[term] for term in found], dtype=np.int64) for found in own]
        sizes = [lexicon.dfs(*span) for lexicon, span in zip(lexicons, spans, strict=True)]
        for low, high in _batches(ranks, sizes, len(terms), batch):
            lists = []
            for lexicon, (base, _), place, new in zip(lexicons, spans, ranks, renumbered, strict=True):
                first, last = (np.searchsorted(place, (low, high)) + base).tolist()
                docs, counts = lexicon.all_docs(first, last)
                keys = np.repeat(place[first - base : last - base], counts)
                lists.append((keys, new[docs], lexicon.all_tf(first, last)))
            found = _joined(lists)
            writer.add(field, [terms[key] for key in found.keys.tolist()], found)
    writer.finish()


def _merge_pairs(writer: PairWriter, tables: Sequence[PairTable], renumbered: Sequence[Ints], batch: int) -> None:
    units = [table.units() for table in tables]
    all_units = np.unique(np.concatenate([own for own, _ in units]))
    ranks = [np.searchsorted(all_units, own) for own, _ in units]
    for low, high in _batches(ranks, [sizes for _, sizes in units], len(all_units), batch):
        lists = []
        for table, new in zip(tables, renumbered, strict=True):
            keys, docs = table.between(int(all_units[low]), int(all_units[high - 1]))
            lists.append((keys, new[docs], np.ones(len(docs), np.int64)))
        writer.add(_joined(lists))
    writer.finish()


def _batches(ranks: Sequence[Ints], sizes: Sequence[Ints], count: int, batch: int) -> Iterator[tuple[int, int]]:
    """Spans of keys, each of about ``batch`` postings; ``ranks`` and ``sizes`` tell what each segment has of them."""
    total = np.zeros(count, dtype=np.int64)
    for rank, size in zip(ranks, sizes, strict=True):
        total[rank] += size
    number = np.cumsum(total) // batch
    return pairwise([0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), count] if count else [])


def _joined(lists: Sequence[tuple[NDArray[Any], Ints, Ints]]) -> Inverted:
    """The lists of several segments, key by key; each is in order, and so are the segments."""
    keys, docs, tf = (np.concatenate(arrays) for arrays in zip(*lists, strict=True))
    if (docs < 0).any():
        kept = docs >= 0
        keys, docs, tf = keys[kept], docs[kept], tf[kept]
    order = np.argsort(keys, kind="stable")
    return listed(keys[order].astype(np.uint32), docs[order], tf[order])


def _merge_columns(out: ArrayWriter, parts: Sequence[Part]) -> None:
    for name in (*_NUMBERS, *DAY_FIELDS):
        joined = np.concatenate([segment.numbers(name)[kept] for segment, kept in parts])
        out.add(name, joined if name in DAY_FIELDS else narrowed(joined))
    write_keys(out, np.concatenate([segment.numbers("key")[kept] for segment, kept in parts]))
    out.add("digest", np.concatenate([segment.digests()[kept] for segment, kept in parts]).reshape(-1))
    bases = starts_of([segment.size for segment, _ in parts])[:-1].tolist()
    kept = np.concatenate([kept + base for (_, kept), base in zip(parts, bases, strict=True)])
    new = np.concatenate(_renumbered(parts))
    for name in _CODED:
        names, first, docs, codes = joined_codes([segment.coded(name) for segment, _ in parts], bases)
        stays = new[docs] >= 0
        write_codes(out, name, *_without_unused(names, first[kept], new[docs[stays]], codes[stays]))


def _without_unused(
    names: Sequence[str], first: Ints, docs: Ints, codes: Ints
) -> tuple[Sequence[str], Ints, Ints, Ints]:
    """A coded column without the names that no document has any more."""
    used = np.zeros(len(names), dtype=bool)
    used[0] = used[first] = used[codes] = True
    new = np.cumsum(used) - 1
    return [names[code] for code in np.flatnonzero(used).tolist()], new[first], docs, new[codes]


def _merge_ragged(out: ArrayWriter, name: str, parts: Sequence[Part]) -> None:
    columns = [(segment.ragged(name), kept) for segment, kept in parts]
    spool = out.spool(name, columns[0][0].values.dtype.str.replace("|", "<"))
    for column, kept in columns:
        for first in range(0, len(kept), _DOCUMENTS):
            spool.write(column.take(kept[first : first + _DOCUMENTS])[0])
    sizes = np.concatenate([column.sizes()[kept] for column, kept in columns])
    out.add(f"{name}_starts", narrowed(starts_of(sizes)))
