"""Several segments made one: whole arrays at a time, never document by document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from search.engine.arrayfile import ArrayWriter
from search.engine.builder import CODED_FACETS, CODED_MARKS, write_keys
from search.engine.columns import joined_codes, lacks, narrowed, write_codes
from search.engine.invert import Inverted, joined, renumbered
from search.engine.lexicon import Lexicon
from search.engine.pairs import PairTable
from search.engine.postings import Ints, starts_of
from search.engine.schema import DAY_FIELDS, WORD_FIELDS
from search.engine.segment import Segment
from search.engine.spans import Run, spans
from search.engine.tables import LexiconWriter, PairWriter

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
    most = memory // _BYTES_A_POSTING
    size = sum(len(kept) for _, kept in parts)
    with ArrayWriter(path, {"documents": size}) as out:
        numbers = _numbers(parts)
        _merge_lexicons(out, parts, numbers, most)
        for name in ("pairs", "title_pairs"):
            _merge_pairs(out, name, parts, numbers, most)
        _merge_columns(out, parts)
        for name in _RAGGED:
            _merge_ragged(out, name, parts)


def _numbers(parts: Sequence[Part]) -> list[Ints]:
    """For each segment the new number of each document, -1 for those that are not kept."""
    numbers, base = [], 0
    for segment, kept in parts:
        new = np.full(segment.size, -1)
        new[kept] = np.arange(base, base + len(kept))
        numbers.append(new)
        base += len(kept)
    return numbers


def _merge_lexicons(out: ArrayWriter, parts: Sequence[Part], numbers: Sequence[Ints], most: int) -> None:
    writer = LexiconWriter(out)
    lexicons = [segment.lexicon for segment, _ in parts]
    for field in dict.fromkeys(field for lexicon in lexicons for field in lexicon.fields):
        runs = [Run(lexicon, lexicon.postings, *lexicon.fields.get(field, (0, 0))) for lexicon in lexicons]
        for span in spans(runs, most):
            own = [lexicon.terms(*ends) for lexicon, ends in zip(lexicons, span, strict=True)]
            terms = sorted(set().union(*own))
            rank = {term: place for place, term in enumerate(terms)}
            lists = [
                _lists(lexicon, first, [rank[term] for term in found])
                for lexicon, (first, _), found in zip(lexicons, span, own, strict=True)
            ]
            found = joined(list(map(renumbered, lists, numbers)))
            writer.add(field, [terms[key] for key in found.keys.tolist()], found)
            _forget(parts)
    writer.finish()


def _lists(lexicon: Lexicon, first: int, keys: Sequence[int]) -> Inverted:
    """The lists of as many terms from ``first`` on as there are keys."""
    docs, counts = lexicon.all_docs(first, first + len(keys))
    return Inverted(np.array(keys, dtype=np.uint32), counts, docs, lexicon.all_tf(first, first + len(keys)))


def _merge_pairs(out: ArrayWriter, name: str, parts: Sequence[Part], numbers: Sequence[Ints], most: int) -> None:
    writer = PairWriter(out, name, sum(len(kept) for _, kept in parts))
    tables = [PairTable(segment.file, name) for segment, _ in parts]
    runs = [Run(table.keys, table.places, 0, len(table.keys)) for table in tables]
    for span in spans(runs, most):
        lists = [table.lists(*ends) for table, ends in zip(tables, span, strict=True)]
        writer.add(joined(list(map(renumbered, lists, numbers))))
        _forget(parts)
    writer.finish()


def _forget(parts: Sequence[Part]) -> None:
    for segment, _ in parts:
        segment.file.forget()


def _merge_columns(out: ArrayWriter, parts: Sequence[Part]) -> None:
    for name in (*_NUMBERS, *DAY_FIELDS):
        values = np.concatenate([segment.numbers(name)[kept] for segment, kept in parts])
        out.add(name, values if name in DAY_FIELDS else narrowed(values))
    write_keys(out, np.concatenate([segment.numbers("key")[kept] for segment, kept in parts]))
    out.add("digest", np.concatenate([segment.digests()[kept] for segment, kept in parts]).reshape(-1))
    bases = starts_of([segment.size for segment, _ in parts])[:-1].tolist()
    kept = np.concatenate([kept + base for (_, kept), base in zip(parts, bases, strict=True)])
    new = np.concatenate(_numbers(parts))
    for name in _CODED:
        names, first, docs, codes = joined_codes([segment.coded(name) for segment, _ in parts], bases)
        stays = new[docs] >= 0
        write_codes(out, name, *_without_unused(names, first[kept], new[docs[stays]], codes[stays]))
        if any(len(held) and lacks(segment.file, name) for segment, held in parts):
            out.add(f"{name}_lacking", np.empty(0, np.uint8))


def _without_unused(
    names: Sequence[str], first: Ints, docs: Ints, codes: Ints
) -> tuple[Sequence[str], Ints, Ints, Ints]:
    """A coded column without the names that no document has any more."""
    used = np.zeros(len(names), dtype=bool)
    used[0] = used[first] = used[codes] = True
    new = np.cumsum(used) - 1
    return [names[code] for code in np.flatnonzero(used).tolist()], new[first], docs, new[codes]


def _merge_ragged(out: ArrayWriter, name: str, parts: Sequence[Part]) -> None:
    spool = out.spool(name, parts[0][0].ragged(name).values.dtype.str.replace("|", "<"))
    for segment, kept in parts:
        column = segment.ragged(name)
        for at in range(0, len(kept), _DOCUMENTS):
            for first, last in _neighbours(kept[at : at + _DOCUMENTS]):
                start, end = column.starts[[first, last]].tolist()
                spool.write(column.values[start:end])
            segment.file.forget()
    sizes = np.concatenate([segment.ragged(name).sizes()[kept] for segment, kept in parts])
    out.add(f"{name}_starts", narrowed(starts_of(sizes)))


def _neighbours(docs: Ints) -> Iterator[tuple[int, int]]:
    """Documents as spans without a gap."""
    for span in np.split(docs, np.flatnonzero(np.diff(docs) > 1) + 1):
        yield int(span[0]), int(span[-1]) + 1
