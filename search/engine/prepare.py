"""Entries made ready for the index: checked, folded, cut into words.

What comes out is bytes and arrays, cheap to hand from one process to another.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.article import Article, from_record, to_record
from search.engine.records import compact, packed
from search.engine.schema import TEXT_ORDER, TITLE_FIELDS, WORD_FIELDS, rest_lines
from search.entry import Entry
from search.errors import ArticleInvalid
from search.text import searchable
from search.words import index_words

Int32 = NDArray[np.int32]


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

    ``words`` has for each field of words the numbers of its words in ``vocabulary``, document after document, and
    ``lengths`` how many are each document's. ``text`` is their folded text in UTF-16 as in search.engine.pairs,
    ``text_sizes``, ``title_sizes`` and ``rest_sizes`` the units of each document's whole text, of its headline parts
    and of what follows its body.
    """

    rows: list[Row]
    vocabulary: list[str]
    words: dict[str, Int32]
    lengths: dict[str, Int32]
    text: bytes
    text_sizes: Int32
    title_sizes: Int32
    rest_sizes: Int32


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
    vocabulary: dict[str, int] = {}
    words = {name: array("i") for name in WORD_FIELDS}
    lengths = {name: array("i") for name in WORD_FIELDS}
    for entry in entries:
        record, article = _checked(entry)
        parts = searchable(article)
        texts.append("".join(parts[name] + "\n" for name in TEXT_ORDER))
        rows.append(_row(entry, article, packed(record, texts[-1])))
        titles.append(sum(_units(parts[name]) + 1 for name in TITLE_FIELDS))
        rests.append(_units(texts[-1]) - titles[-1] - _units(parts["body"]) - 1)
        for name, found in _words(parts).items():
            words[name].extend(vocabulary.setdefault(word, len(vocabulary)) for word in found)
            lengths[name].append(len(found))
    return Chunk(
        rows,
        list(vocabulary),
        {name: _array(numbers) for name, numbers in words.items()},
        {name: _array(numbers) for name, numbers in lengths.items()},
        "".join(texts).encode("utf-16-le"),
        _array(map(_units, texts)),
        _array(titles),
        _array(rests),
    )


def _words(parts: dict[str, str]) -> dict[str, list[str]]:
    found = {name: index_words(parts[name]) for name in WORD_FIELDS if name in parts}
    return found | {"rest": [word for line in rest_lines(parts) for word in index_words(line)]}


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _array(numbers: Iterable[int]) -> Int32:
    return np.array(numbers if isinstance(numbers, (array, list)) else list(numbers), dtype=np.int32)


def _checked(entry: Entry) -> tuple[str, Article]:
    identity = getattr(getattr(entry, "article", None), "id", None)
    try:
        record = compact(to_record(entry.article))
        (record + entry.origin + entry.fingerprint).encode()
        array("Q", entry.sketch)
        article = from_record(json.loads(record))
    except UnicodeEncodeError:
        raise ArticleInvalid(f"文章 {identity!a} 含有残缺的字符 (lone surrogates cannot be stored)") from None
    except ArticleInvalid as error:
        raise ArticleInvalid(f"文章 {str(identity)[:40]!r}：{error}") from None
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise ArticleInvalid(f"文章 {identity!r} 的内容类型不对：{error} (wrong types)") from None
    return record, article


def _row(entry: Entry, article: Article, record: bytes) -> Row:
    start, end = article.date.start, article.date.end
    return Row(
        id=article.id,
        digest=article.digest(),
        origin=entry.origin,
        fingerprint=entry.fingerprint,
        file=article.source.file,
        duplicate_of=article.duplicate_of,
        complete=article.complete,
        completed=bool(article.completed_from),
        days=(start.toordinal(), end.toordinal()) if start and end else (),
        sketch=tuple(entry.sketch),
        facets={name: tuple(dict.fromkeys(values)) for name, values in facet_values(article).items()},
        record=record,
    )


_FACETS: dict[str, Callable[[Article], Iterable[str]]] = {
    "street": lambda article: article.streets,
    "reporter": lambda article: (*article.reporters, *article.authors),
    "topic": lambda article: article.topics,
    "kind": lambda article: (article.kind,),
    "section": lambda article: (article.section,) if article.section else (),
    "person": lambda article: (article.names_merged.get(name, name) for name in article.people),
    "merged": lambda article: article.names_merged,
}


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """The values of every facet but the date; column authors count as reporters.

    ``person`` are all people of an article before misread names were merged, ``merged`` those who stand for such a
    name; no search asks for these two.
    """
    return {name: tuple(values(article)) for name, values in _FACETS.items()}
