"""Documents that have been made ready, written as one segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayWriter
from search.engine.columns import narrowed, numbered, write_bytes, write_coded, write_ragged
from search.engine.invert import Inverted, invert, joined, moved
from search.engine.pairs import UNIT
from search.engine.postings import Ints, starts_of
from search.engine.prepare import Chunk, Row
from search.engine.schema import DAY_FIELDS, FACET_FIELDS, SCHEMA, WORD_FIELDS
from search.engine.tables import LexiconWriter, PairWriter
from search.request import MISSING

T = TypeVar("T")

CODED_MARKS = ("origin", "fingerprint", "file")
CODED_FACETS = (*FACET_FIELDS, "person", "merged")
_NO_DAY = 0


def build(path: Path, chunks: Sequence[Chunk]) -> None:
    """Writes the documents of the chunks, numbered in their order."""
    rows = [row for chunk in chunks for row in chunk.rows]
    with ArrayWriter(path, {"documents": len(rows)}) as out:
        lexicon = LexiconWriter(out)
        firsts = starts_of(_counts(len(chunk.rows) for chunk in chunks))[:-1].tolist()
        for field, terms, found in _fields(chunks, firsts, rows):
            lexicon.add(field, terms, found)
        lexicon.finish()
        for name in ("pairs", "title_pairs"):
            pairs = PairWriter(out, name, len(rows))
            pairs.add(joined(list(map(moved, (chunk.pairs[name] for chunk in chunks), firsts))))
            pairs.finish()
        for name in WORD_FIELDS:
            out.add(f"{name}_length", narrowed(np.concatenate([chunk.lengths[name] for chunk in chunks])))
        _write_text(out, chunks)
        _write_rows(out, rows)
        write_bytes(out, "record", [row.record for row in rows])


def write_keys(out: ArrayWriter, keys: NDArray[np.uint64]) -> None:
    """Writes the numbers of the documents' ids, by document and in order."""
    order = np.argsort(keys, kind="stable")
    out.add("key", keys)
    out.add("keys", keys[order])
    out.add("key_docs", narrowed(order))


def id_key(identity: str) -> int:
    """A number of 64 bits that stands for an id: the order of equals, and the way to find a document."""
    return int.from_bytes(blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _fields(
    chunks: Sequence[Chunk], firsts: Sequence[int], rows: Sequence[Row]
) -> Iterator[tuple[str, Sequence[bytes], Inverted]]:
    words, ranks = _ranked([chunk.vocabulary for chunk in chunks])
    for name in WORD_FIELDS:
        own = [chunk.words[name] for chunk in chunks]
        ranked = [replace(found, keys=rank[found.keys]) for found, rank in zip(own, ranks, strict=True)]
        found = joined(list(map(moved, ranked, firsts)))
        yield name, [words[key] for key in found.keys.tolist()], found
    for name in FACET_FIELDS:
        yield name, *_listed([row.facets[name] or (MISSING,) for row in rows], str.encode)
    for which, name in enumerate(DAY_FIELDS):
        yield name, *_listed([row.days[which : which + 1] for row in rows], SCHEMA[name].to_bytes)


def _ranked(vocabularies: Sequence[Sequence[str]]) -> tuple[list[bytes], list[NDArray[np.uint32]]]:
    """All words in order of their bytes, and for each vocabulary the places of its words among them."""
    words = sorted(set().union(*vocabularies))
    # The order of code points is that of UTF-8.
    rank = {word: place for place, word in enumerate(words)}
    return (
        [word.encode() for word in words],
        [np.fromiter(map(rank.__getitem__, vocabulary), np.uint32, len(vocabulary)) for vocabulary in vocabularies],
    )


def _listed(rows: Sequence[Sequence[T]], as_bytes: Callable[[T], bytes]) -> tuple[list[bytes], Inverted]:
    """The lists of the values of each document."""
    values, codes, counts = numbered(rows)
    terms = list(map(as_bytes, values))
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[order] = np.arange(len(terms))
    return [terms[place] for place in order], invert(rank[codes], np.repeat(np.arange(len(rows)), counts))


def _write_text(out: ArrayWriter, chunks: Sequence[Chunk]) -> None:
    text = np.frombuffer(b"".join(chunk.text for chunk in chunks), UNIT)
    sizes = np.concatenate([chunk.text_sizes for chunk in chunks])
    titles = np.concatenate([chunk.title_sizes for chunk in chunks])
    write_ragged(out, "text", text, sizes)
    out.add("title_units", narrowed(titles))
    out.add("rest_units", narrowed(np.concatenate([chunk.rest_sizes for chunk in chunks])))


def _write_rows(out: ArrayWriter, rows: Sequence[Row]) -> None:
    write_keys(out, np.array([id_key(row.id) for row in rows], dtype=np.uint64))
    write_bytes(out, "id", [row.id.encode() for row in rows])
    out.add("digest", np.frombuffer(b"".join(bytes.fromhex(row.digest) for row in rows), np.uint8))
    sketches = [number for row in rows for number in row.sketch]
    write_ragged(out, "sketch", np.array(sketches, dtype=np.uint64), _counts(len(row.sketch) for row in rows))
    for which, name in enumerate(DAY_FIELDS):
        out.add(name, _numbers((row.days[which] if row.days else _NO_DAY for row in rows), np.int32))
    out.add("complete", _numbers((row.complete for row in rows), np.uint8))
    out.add("completed", _numbers((row.completed for row in rows), np.uint8))
    for name in CODED_MARKS:
        write_coded(out, name, [(getattr(row, name),) for row in rows])
    write_coded(out, "duplicate_of", [(row.duplicate_of,) if row.duplicate_of else () for row in rows])
    for name in CODED_FACETS:
        write_coded(out, name, [row.facets[name] for row in rows])
    for name, periods in (("year", years), ("month", months)):
        write_coded(out, name, [periods(*row.days) for row in rows])


@lru_cache(maxsize=4096)
def months(*days: int) -> list[str]:
    """The months that an interval of ordinals touches; none without an interval."""
    if not days:
        return []
    start, end = (day.year * 12 + day.month - 1 for day in map(date.fromordinal, days))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


@lru_cache(maxsize=4096)
def years(*days: int) -> list[str]:
    return list(dict.fromkeys(month[:4] for month in months(*days)))


def _numbers(values: Iterator[Any], dtype: type[np.generic]) -> NDArray[Any]:
    return np.array(list(values), dtype=dtype)


def _counts(values: Iterator[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
