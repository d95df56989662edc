"""Entries made ready for the index: checked, folded, cut into words.

What comes out is bytes and arrays, cheap to hand from one process to another.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.article import Article, digest_of, from_record, to_record
from search.engine.columns import narrowed, spread
from search.engine.invert import Inverted, invert, narrow
from search.engine.numbering import Int32, numbering
from search.engine.pairs import END, UNIT, Units, pair_keys
from search.engine.postings import Ints, starts_of
from search.engine.records import compact, packed
from search.engine.schema import TEXT_ORDER, TITLE_FIELDS, WORD_FIELDS, rest_lines
from search.engine.workers import cores, in_processes
from search.entry import Entry
from search.errors import ArticleInvalid
from search.request import MISSING
from search.text import searchable
from search.words import cutter

CHUNK = 500
"""Entries made into one chunk: some 1.5 MB of news."""
_WORTH_PROCESSES = 4
"""Chunks from which on processes are worth their start: by the clock, two took as long as one for 2,000 entries."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one document by column; ``facets`` as in facet_values, ``days`` are ordinals or none."""

    id: str
    digest: str
    origin: str
    fingerprint: str
    file: str
    duplicate_of: str | None
    complete: bool
    completed: bool
    days: tuple[int, ...]
    sketch: tuple[int, ...]
    facets: dict[str, tuple[str, ...]]
    record: bytes


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents.

    ``words`` has the lists of each field of words, whose keys are places in ``vocabulary``, and ``lengths`` how many
    words of a field each document has. ``text`` is their folded text in UTF-16 and ``pairs`` the tables of it, both as
    in search.engine.pairs; ``text_sizes``, ``title_sizes`` and ``rest_sizes`` are the units of each document's whole
    text, of its headline parts and of what follows its body.
    """

    rows: list[Row]
    vocabulary: list[str]
    words: dict[str, Inverted]
    lengths: dict[str, Int32]
    pairs: dict[str, Inverted]
    text: bytes
    text_sizes: Int32
    title_sizes: Int32
    rest_sizes: Int32


def prepare_all(entries: Iterable[Entry], processes: int | None = None) -> Iterator[Chunk]:
    """Entries in chunks as documents, in their order, made by several processes when there are enough of them.

    As many processes as processors unless their number is given. At most two chunks a process are made, and their
    entries read, before they are asked for.

    Raises:
        ArticleInvalid: an entry cannot be stored; the chunks before its own have been given.
    """
    remaining = iter(entries)
    batches = iter(lambda: list(islice(remaining, CHUNK)), [])
    first = list(islice(batches, _WORTH_PROCESSES))
    count = cores() if processes is None else processes
    every = chain(first, batches)
    if count > 1 and len(first) == _WORTH_PROCESSES:
        yield from in_processes(prepare, every, count)
    else:
        yield from map(prepare, every)


def prepare(entries: Sequence[Entry]) -> Chunk:
    """The entries as documents.

    The articles go once through their JSON form, so that what is stored is what will be read.

    Raises:
        ArticleInvalid: an entry cannot be stored.
    """
    rows: list[Row] = []
    texts: list[str] = []
    titles: list[int] = []
    rests: list[int] = []
    words: dict[str, list[int]] = {name: [] for name in WORD_FIELDS}
    lengths: dict[str, list[int]] = {name: [] for name in WORD_FIELDS}
    with numbering(cutter()) as numbers:
        for entry in entries:
            article, record, form = _checked(entry)
            parts = searchable(article)
            texts.append("".join(parts[name] + "\n" for name in TEXT_ORDER))
            rows.append(_row(entry, article, digest_of(record), packed(form, texts[-1])))
            title, rest = title_and_rest(parts)
            titles.append(title)
            rests.append(rest)
            for name, lines in _lines(parts).items():
                before = len(words[name])
                for line in filter(None, lines):
                    words[name].extend(numbers.of(line))
                lengths[name].append(len(words[name]) - before)
        vocabulary, within, sizes = numbers.parts(words)
    counts = {name: _sums(sizes[name], counts) for name, counts in lengths.items()}
    text, text_sizes, title_sizes = "".join(texts).encode("utf-16-le"), _array(map(_units, texts)), _array(titles)
    return Chunk(
        rows,
        vocabulary,
        {name: _inverted(found, counts[name]) for name, found in within.items()},
        counts,
        pair_lists(np.frombuffer(text, UNIT), text_sizes, title_sizes),
        text,
        text_sizes,
        title_sizes,
        _array(rests),
    )


def _inverted(keys: NDArray[Any], counts: Int32) -> Inverted:
    """The lists of keys that stand document after document, so many for each."""
    return narrow(invert(keys.astype(np.uint32), np.repeat(narrowed(np.arange(len(counts))), counts)))


def pair_lists(text: Units, sizes: Int32, titles: Int32) -> dict[str, Inverted]:
    """The two tables of search.engine.pairs for documents of so many units, of which so many are headlines."""
    keys, docs = pair_keys(text), np.repeat(narrowed(np.arange(len(sizes))), sizes)
    begins_pair = text[:-1] != END
    in_title = spread(starts_of(sizes)[:-1], titles.astype(np.int64) - 1)
    chosen = {"pairs": np.flatnonzero(begins_pair), "title_pairs": in_title[begins_pair[in_title]]}
    return {name: narrow(invert(keys[places], docs[places])) for name, places in chosen.items()}


def _lines(parts: dict[str, str]) -> dict[str, list[str]]:
    return {name: [parts[name]] for name in WORD_FIELDS if name in parts} | {"rest": rest_lines(parts)}


def title_and_rest(parts: Mapping[str, str]) -> tuple[int, int]:
    """How many units the headline parts of a text take, and those after its body, each with its line feed."""
    units = {name: _units(parts[name]) + 1 for name in TEXT_ORDER}
    title = sum(units[name] for name in TITLE_FIELDS)
    return title, sum(units.values()) - title - units["body"]


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _array(numbers: Iterable[int]) -> Int32:
    return np.array(list(numbers), dtype=np.int32)


def _sums(numbers: Ints, counts: Sequence[int]) -> Int32:
    """The sum of the first so many numbers, of the next, and so on."""
    return np.diff(starts_of(numbers)[starts_of(counts)]).astype(np.int32)


def _checked(entry: Entry) -> tuple[Article, dict[str, Any], str]:
    """The article as it will be read, its record, and how that is stored."""
    identity = getattr(getattr(entry, "article", None), "id", None)
    try:
        array("Q", entry.sketch)
        article = _as_read(entry.article)
        record = to_record(article)
        form = compact(record)
        (form + entry.origin + entry.fingerprint).encode()
        return article, record, form
    except UnicodeEncodeError:
        raise ArticleInvalid(f"文章 {identity!a} 含有残缺的字符 (lone surrogates cannot be stored)") from None
    except ArticleInvalid as error:
        raise ArticleInvalid(f"文章 {str(identity)[:40]!r}：{error}") from None
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ArticleInvalid(f"文章 {identity!r} 的内容类型不对：{error} (wrong types)") from None


def _as_read(article: Article) -> Article:
    """What the article is once it has gone through its JSON form; most are so already, and need not."""
    record = to_record(article)
    with suppress(ArticleInvalid):
        read = from_record(record)
        if read == article:
            return read
    return from_record(json.loads(compact(record)))


def _row(entry: Entry, article: Article, digest: str, record: bytes) -> Row:
    start, end = article.date.start, article.date.end
    return Row(
        id=article.id,
        digest=digest,
        origin=entry.origin,
        fingerprint=entry.fingerprint,
        file=article.source.file,
        duplicate_of=article.duplicate_of,
        complete=article.complete,
        completed=bool(article.completed_from),
        days=(start.toordinal(), end.toordinal()) if start and end else (),
        sketch=tuple(entry.sketch),
        facets=facet_values(article),
        record=record,
    )


_FACETS: dict[str, Callable[[Article], Iterable[str]]] = {
    "street": lambda article: article.streets,
    "reporter": lambda article: (*article.reporters, *article.authors),
    "topic": lambda article: article.topics,
    "kind": lambda article: (article.kind,),
    "section": lambda article: (article.section,) if article.section else (),
    "community": lambda article: article.communities,
    "page": lambda article: (article.source.page,) if article.source.page else (),
    "newspaper": lambda article: (article.source.newspaper,) if article.source.newspaper else (),
    "person": lambda article: (article.names_merged.get(name, name) for name in article.people),
    "merged": lambda article: article.names_merged,
}


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """The values of every facet but the date; column authors count as reporters.

    ``person`` are all people of an article before misread names were merged, ``merged`` those who stand for such a
    name; no search asks for these two. Each value is given once; empty ones and MISSING, which means none, are not.
    """
    return {name: tuple(dict.fromkeys(_named(values(article)))) for name, values in _FACETS.items()}


def _named(values: Iterable[str]) -> Iterator[str]:
    return (value for value in values if value not in ("", MISSING))
