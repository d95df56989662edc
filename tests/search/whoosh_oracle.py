"""What Whoosh itself answers: the definition against which the engine is tested.

Where Whoosh 2.7.4 does not do what it says, the oracle does:

- AndNot lets its first document through when the excluded documents begin before it, and fails with an IndexError when
  it is skipped past its end.
- AndMaybe loses the score of its second part when it is skipped forward.
- Require makes the matcher of AndNot.
- DisjunctionMax takes the highest of its parts' current scores even if they are those of different documents.
- And, Or and DisjunctionMax without parts fail with a ValueError when they are part of another one.
- A multi-term query with ``constantscore`` scores by BM25 when it stands for one or two terms, and by 1 otherwise;
  if the segment is large, by BM25 again. The boost is lost in some of these cases.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.matching import ListMatcher, Matcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from search.engine.codec import ArrayCodec
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot

Scored = dict[int, float]
Document = dict[str, Any]

SPACED = SpaceSeparatedTokenizer()
SCHEMA = fields.Schema(
    body=fields.TEXT(analyzer=SPACED),
    title=fields.TEXT(analyzer=SPACED, phrase=False),
    tag=fields.KEYWORD(stored=True),
    kind=fields.ID(stored=True),
    size=fields.NUMERIC(stored=True, sortable=True),
    ratio=fields.NUMERIC(float),
    time=fields.DATETIME(stored=True),
    note=fields.STORED,
)
WORDS = ("城", "古城", "古城墙", "城墙", "灯", "灯会", "灯火", "ab", "abc", "ba", "b", "的")
START = datetime(2021, 3, 1)


def document(chance: random.Random) -> Document:
    """A document that has some of the fields."""
    full = {
        "body": " ".join(chance.choices(WORDS, k=chance.choice((1, 2, 3, 8, 40)))),
        "title": " ".join(chance.sample(WORDS, chance.randint(1, 3))),
        "tag": " ".join(chance.choices(WORDS, k=chance.randint(1, 3))),
        "kind": chance.choice(("news", "photo")),
        "size": chance.randint(-3, 300),
        "ratio": chance.choice((-1.5, 0.0, 0.25, 7.0)),
        "time": START + timedelta(days=chance.randint(0, 5), seconds=chance.randint(0, 2)),
        "note": [chance.randint(0, 9), "甲"],
    }
    return {name: value for name, value in full.items() if chance.random() < 0.8}


def index(folder: Path, batches: Sequence[Sequence[Document]], **options: Any) -> FileIndex:
    """An index with a segment for each batch."""
    folder.mkdir()
    made = FileIndex.create(FileStorage(str(folder)), SCHEMA, "test")
    for batch in batches:
        writer = made.writer(**options)
        for one in batch:
            writer.add_document(**one)
        writer.commit(merge=False)
    return made


def by_whoosh(folder: Path, batches: Sequence[Sequence[Document]]) -> Searcher:
    """Whoosh's own searcher on an index of Whoosh's own codec."""
    return index(folder / "whoosh", [batch for batch in batches if batch]).searcher()


def by_us(folder: Path, batches: Sequence[Sequence[Document]], dead: Sequence[int] = ()) -> Snapshot:
    """The same documents written by Whoosh with the codec of the engine, some of them deleted."""
    made = index(folder / "ours", batches, codec=ArrayCodec())
    segments = [Segment(one.path(made.storage)) for one in made._segments()]
    return Snapshot(segments, np.array(sorted(dead), dtype=np.int64), schema=SCHEMA)


def found(searcher: Searcher, node: query.Query) -> Scored:
    """The documents that a searcher finds, with their scores."""
    return {hit.docnum: hit.score for hit in searcher.search(node, limit=None)}


class Mended(query.Query):
    """A node whose documents in a segment are told by a function."""

    def __init__(self, scored: Callable[[Searcher], Scored]) -> None:
        self._scored = scored

    def estimate_size(self, reader: IndexReader) -> int:
        return reader.doc_count()

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:  # noqa: ARG002
        scored = self._scored(searcher)
        return ListMatcher(sorted(scored), [scored[doc] for doc in sorted(scored)])


def mended(node: query.Query) -> query.Query:
    """The same query, doing what Whoosh's documentation says."""
    if isinstance(node, (query.Prefix, query.Wildcard, query.FuzzyTerm)):
        return query.ConstantScoreQuery(node, node.boost)
    if isinstance(node, COMPOUNDS) and not node.subqueries:
        return query.NullQuery
    node = node.apply(mended)
    if isinstance(node, query.AndNot):
        return _pair(node, lambda a, b: {doc: a[doc] for doc in a if doc not in b})
    if isinstance(node, query.Require):
        return _pair(node, lambda a, b: {doc: a[doc] for doc in a if doc in b})
    if isinstance(node, query.AndMaybe):
        return _pair(node, lambda a, b: {doc: a[doc] + b.get(doc, 0) for doc in a})
    if isinstance(node, query.DisjunctionMax):
        boost = node.boost if len(node.subqueries) > 1 else 1.0
        return Mended(lambda searcher: _best([_scored(part, searcher) for part in node.subqueries], boost))
    return node


def _pair(node: query.Query, joined: Callable[[Scored, Scored], Scored]) -> Mended:
    return Mended(lambda searcher: joined(_scored(node.a, searcher), _scored(node.b, searcher)))


def _best(parts: Sequence[Scored], boost: float) -> Scored:
    docs = {doc for part in parts for doc in part}
    return {doc: boost * max(part[doc] for part in parts if doc in part) for doc in docs}


def _scored(node: query.Query, searcher: Searcher) -> Scored:
    matcher = node.matcher(searcher, searcher.context())
    scored = {}
    while matcher.is_active():
        scored[matcher.id()] = matcher.score()
        matcher.next()
    return scored


def _term(chance: random.Random) -> query.Query:
    field = chance.choice(("body", "body", "title", "tag", "kind"))
    return query.Term(field, chance.choice((*WORDS, "news", "没有")), boost=_boost(chance))


def _number(chance: random.Random) -> query.Query:
    field, value = chance.choice((("size", 5), ("size", 299), ("ratio", 0.25), ("size", 2**40)))
    return query.Term(field, value)


def _coded_term(chance: random.Random) -> query.Query:
    return query.Term("body", chance.choice(WORDS).encode())


def _phrase(chance: random.Random) -> query.Query:
    words = chance.choices(WORDS, k=chance.randint(1, 3))
    return query.Phrase("body", words, slop=chance.choice((1, 1, 1, 2)), boost=_boost(chance))


def _prefix(chance: random.Random) -> query.Query:
    return query.Prefix(_text_field(chance), chance.choice(("", "城", "古城", "灯", "a", "x")), boost=_boost(chance))


def _wildcard(chance: random.Random) -> query.Query:
    patterns = ("*", "*城", "*城*", "古?墙", "??", "?", "*?", "灯*", "[a古]*", "a[!b]*", "b*a", "[", "*b*", "城", "**")
    return query.Wildcard(_text_field(chance), chance.choice(patterns), boost=_boost(chance))


def _fuzzy(chance: random.Random) -> query.Query:
    word = chance.choice(WORDS)
    prefix = chance.randint(0, min(2, len(word)))
    return query.FuzzyTerm(_text_field(chance), word, _boost(chance), maxdist=chance.randint(0, 3), prefixlength=prefix)


def _range(chance: random.Random) -> query.Query:
    ends = [chance.choice((None, chance.randint(-5, 310))) for _ in range(2)]
    return query.NumericRange("size", *ends, chance.random() < 0.3, chance.random() < 0.3, boost=_boost(chance))


def _ratios(chance: random.Random) -> query.Query:
    return query.NumericRange("ratio", chance.choice((None, -1.5, 0.0)), chance.choice((None, 0.1, 7.0)))


def _dates(chance: random.Random) -> query.Query:
    ends = [chance.choice((None, START + timedelta(days=chance.randint(-1, 6)))) for _ in range(2)]
    return query.DateRange("time", *ends, chance.random() < 0.3, chance.random() < 0.3, boost=_boost(chance))


def _every(chance: random.Random) -> query.Query:
    return query.Every(chance.choice((None, "body", "tag", "size")), boost=_boost(chance))


def _nothing(_: random.Random) -> query.Query:
    return query.NullQuery


def _text_field(chance: random.Random) -> str:
    return chance.choice(("body", "title", "tag"))


def _boost(chance: random.Random) -> float:
    return chance.choice((1.0, 1.0, 0.5, 3.0))


LEAVES: tuple[Callable[[random.Random], query.Query], ...] = (
    _term, _number, _coded_term, _phrase, _prefix, _wildcard, _fuzzy, _range, _ratios, _dates, _every, _nothing
)  # fmt: skip
COMPOUNDS = (query.And, query.Or, query.DisjunctionMax)
PAIRS = (query.AndNot, query.AndMaybe, query.Require)
WRAPPERS = (query.Not, query.ConstantScoreQuery)
KINDS = (*LEAVES, *COMPOUNDS, *PAIRS, *WRAPPERS)


def tree(chance: random.Random, depth: int = 3, kind: Any = None) -> query.Query:
    """A random query; ``kind`` is one of KINDS, any if it is not given."""
    kind = kind or chance.choice(KINDS if depth else LEAVES)
    if kind in LEAVES:
        return kind(chance)

    def part() -> query.Query:
        return tree(chance, depth - 1)

    if kind in COMPOUNDS:
        return kind([part() for _ in range(chance.choice((0, 1, 2, 2, 3, 4)))], boost=_boost(chance))
    if kind in PAIRS:
        return kind(part(), part())
    return query.Not(part()) if kind is query.Not else query.ConstantScoreQuery(part(), _boost(chance))
