"""Do the tables of a segment agree? What checksums cannot see: something wrong that was written well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from search.engine.cards import UNDATED
from search.engine.columns import Coded, lacks
from search.engine.pairs import PairTable
from search.engine.postings import Ints, starts_of
from search.engine.prepare import pair_lists
from search.engine.schema import DAY_FIELDS, FACET_FIELDS, SCHEMA, WORD_FIELDS
from search.engine.segment import Segment
from search.request import MISSING

_POSTINGS = 1 << 22
"""So many are read at a time."""

_DOCUMENTS = 1 << 12


def disagreements(segment: Segment) -> Iterator[str]:
    """The tables that do not fit the others, each with what it does not fit."""
    for (name, other), agrees in _checks(segment).items():
        if not _holds(agrees):
            yield f"索引文件 {segment.file.path} 的 {name} 与 {other} 不符 (tables disagree)"
        segment.file.forget()


def _holds(agrees: Callable[[], bool]) -> bool:
    """Numbers that lead nowhere come out as almost any exception."""
    try:
        return agrees()
    except Exception:
        return False


def _checks(segment: Segment) -> dict[tuple[str, str], Callable[[], bool]]:
    checks = {("terms", "order"): partial(_in_order, segment)}
    for name in WORD_FIELDS:
        checks[f"postings:{name}", f"{name}_length"] = partial(_words_agree, segment, name)
    for name in FACET_FIELDS:
        # Documents from before there was this column have neither.
        if not lacks(segment.file, name):
            checks[f"postings:{name}", f"{name}_first"] = partial(_facet_agrees, segment, name)
    for name in DAY_FIELDS:
        checks[f"postings:{name}", name] = partial(_day_agrees, segment, name)
    for name in ("pairs", "title_pairs"):
        checks[name, "text"] = partial(_pairs_agree, segment, name)
        checks[f"{name}_bits", name] = partial(_bits_agree, segment, name)
    return dict(checks)


def _in_order(segment: Segment) -> bool:
    """Whether terms can be found by halving: those of each field ascend."""
    lexicon = segment.lexicon
    ends = lexicon.fields.values()
    return all(one < other for first, last in ends for one, other in pairwise(lexicon.terms(first, last)))


def _words_agree(segment: Segment, name: str) -> bool:
    """Whether all words of each document together are as many as it has in the field, and stand in its text."""
    lexicon, often = segment.lexicon, np.zeros(segment.size)
    for first, last in _pieces(lexicon.postings, *lexicon.fields.get(name, (0, 0))):
        docs, counts = lexicon.all_docs(first, last)
        words = zip(lexicon.terms(first, last), docs[starts_of(counts)[:-1]].tolist(), strict=True)
        if not np.array_equal(counts, lexicon.dfs(first, last)) or not _stand_there(segment, words):
            return False
        often += np.bincount(docs, lexicon.all_tf(first, last), segment.size)
    return bool((often == segment.numbers(f"{name}_length")).all())


def _stand_there(segment: Segment, words: Iterable[tuple[bytes, int]]) -> bool:
    """Whether each word stands in the text of a document."""
    text = lru_cache(_DOCUMENTS)(segment.texts.text)
    return all(word.decode() in text(doc) for word, doc in words)


def _facet_agrees(segment: Segment, name: str) -> bool:
    column = segment.coded(name)
    codes = {value.encode(): code for code, value in enumerate(column.names)} | {MISSING.encode(): 0}
    return _same_pairs(_posted(segment, name, codes.__getitem__), *_of_column(column))


def _of_column(column: Coded) -> tuple[Ints, Ints]:
    docs = np.concatenate([np.arange(len(column.first)), column.docs.astype(np.int64)])
    return docs, np.concatenate([column.first.astype(np.int64), column.codes.astype(np.int64)])


def _day_agrees(segment: Segment, name: str) -> bool:
    days = segment.numbers(name).astype(np.int64)
    dated = np.flatnonzero(days != UNDATED)
    numbers = {SCHEMA[name].to_bytes(day): day for day in np.unique(days[dated]).tolist()}
    return _same_pairs(_posted(segment, name, numbers.__getitem__), dated, days[dated])


def _posted(segment: Segment, name: str, number_of: Callable[[bytes], int]) -> tuple[Ints, Ints]:
    """Which documents have which terms of a field, these as numbers."""
    lexicon = segment.lexicon
    first, last = lexicon.fields.get(name, (0, 0))
    docs, counts = lexicon.all_docs(first, last)
    return docs, np.repeat(np.array(list(map(number_of, lexicon.terms(first, last))), np.int64), counts)


def _same_pairs(posted: tuple[Ints, Ints], docs: Ints, numbers: Ints) -> bool:
    one, other = np.lexsort(posted), np.lexsort((docs, numbers))
    return all(np.array_equal(found[one], held[other]) for found, held in zip(posted, (docs, numbers), strict=True))


def _pairs_agree(segment: Segment, name: str) -> bool:
    """Whether the lists of pairs are those of the text; compared by a sum, so that neither is held as a whole."""
    table, listed = PairTable(segment.file, name), np.uint64(0)
    for first, last in _pieces(table.places, 0, len(table.keys)):
        lists = table.lists(first, last)
        listed += _sum(np.repeat(lists.keys, lists.counts), lists.docs)
    ascending = bool((table.keys[1:] > table.keys[:-1]).all())
    return ascending and listed == sum(_of_text(segment, name), np.uint64(0))


def _of_text(segment: Segment, name: str) -> Iterator[np.uint64]:
    text, titles = segment.ragged("text"), segment.numbers("title_units")
    for first in range(0, segment.size, _DOCUMENTS):
        docs = np.arange(first, min(first + _DOCUMENTS, segment.size))
        units, sizes = text.take(docs)
        found = pair_lists(units, sizes.astype(np.int32), titles[docs].astype(np.int32))[name]
        yield _sum(np.repeat(found.keys, found.counts), found.docs.astype(np.int64) + first)


def _sum(keys: NDArray[np.uint32], docs: Ints) -> np.uint64:
    """The same for the same pairs of numbers in any order, and hardly for others (Steele et al., SplitMix64)."""
    mixed = (keys.astype(np.uint64) << np.uint64(32)) | docs.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.uint64((mixed ^ (mixed >> np.uint64(31))).sum(dtype=np.uint64))


def _bits_agree(segment: Segment, name: str) -> bool:
    """Whether the units that have their documents as bits have those of their pairs."""
    table = PairTable(segment.file, name)
    return all(np.array_equal(table.docs_of_unit(unit), table.listed(unit)) for unit in table.frequent)


def _pieces(before: NDArray[np.generic], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Keys in spans of so many postings, or bytes of lists, as ``before`` counts them; at least one key each."""
    while first < last:
        end = int(np.searchsorted(before[: last + 1], int(before[first]) + _POSTINGS, "right")) - 1
        end = min(max(end, first + 1), last)
        yield first, end
        first = end
