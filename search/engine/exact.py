"""The query node for exact strings, and how it is answered: pairs propose, words prove, the text decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from whoosh import query
from whoosh.matching import ListMatcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from search.engine.deadline import Deadline
from search.engine.found import Found, inside
from search.engine.pairs import Bounds, TextIndex, Units, units
from search.engine.postings import Ints
from search.engine.schema import TITLE_FIELDS, WORD_FIELDS
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot

IN_TITLE = 2.0
"""The score of a document with the string in its headline; elsewhere it is 1."""


class TextQuery(query.Query):  # type: ignore[misc]
    """A query that is answered from the folded text and equals another of the same ``key``."""

    fieldname = None
    boost = 1.0

    def __init__(self, *key: Any) -> None:
        self.key = key

    def find(self, snapshot: Snapshot, deadline: Deadline) -> Found:
        """The live documents that it finds.

        Raises:
            QueryRefused: the deadline has passed.
        """
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.key!r}"

    def is_leaf(self) -> bool:
        return True

    def estimate_size(self, reader: IndexReader) -> int:
        return int(reader.doc_count())

    def matcher(self, searcher: Searcher, context: Any = None) -> ListMatcher:  # noqa: ARG002
        """The documents of the one segment that Whoosh's searcher is at (search.engine.codec)."""
        reader = searcher.reader()
        segment = reader.segment()
        dead = np.array(sorted(segment.deleted_docs()), dtype=np.int64)
        snapshot = Snapshot([segment.opened(reader.storage())], dead, schema=searcher.schema)
        found = self.find(snapshot, Deadline.never())
        return ListMatcher(found.docs.tolist(), found.score.tolist())


class ExactString(TextQuery):
    """The documents that contain a folded string in one of their parts.

    ``scope`` limits it to the headline ("title") or the body ("body"); ``bonus`` is added to the score of each.
    """

    def __init__(self, text: str, scope: str | None = None, bonus: float = 0.0) -> None:
        super().__init__(text, scope, bonus)
        self.text, self.scope, self.bonus = text, scope, bonus

    def find(self, snapshot: Snapshot, deadline: Deadline) -> Found:
        return find_exact(snapshot, self, deadline)


def find_exact(snapshot: Snapshot, node: ExactString, deadline: Deadline) -> Found:
    """The live documents of an exact string.

    Raises:
        QueryRefused: the deadline has passed.
    """

    def within(scope: str | None) -> Ints:
        return snapshot.in_segments(lambda segment: _find(segment, node.text, scope, deadline))

    title = within("title")
    docs = title if node.scope == "title" else within(node.scope)
    score = np.where(inside(docs, title, snapshot.size), IN_TITLE, 1.0) + node.bonus
    return Found(docs, score)


def _find(segment: Segment, string: str, scope: str | None, deadline: Deadline) -> Ints:
    """The documents of a segment that have a string within a scope; those of short ones are known from the pairs."""
    index, text = segment.texts, units(string)
    table, fields, bounds = {
        None: (index.all, WORD_FIELDS, index.bounds),
        "title": (index.title, TITLE_FIELDS, index.title_bounds),
        "body": (index.all, ("body",), index.body_bounds),
    }[scope]
    docs = index.candidates(table, text)
    if len(text) <= 2 and scope != "body":
        return docs
    return _decided(index, docs, _proven(segment, string, fields), text, deadline, bounds)


def _decided(
    index: TextIndex, docs: Ints, proven: list[Ints], text: Units, deadline: Deadline, bounds: Callable[[Ints], Bounds]
) -> Ints:
    """Those of the documents that contain the string. Documents that have it as a word need not be looked at."""
    size = len(index.starts)
    known = reduce(np.logical_or, (inside(docs, have, size) for have in proven), np.zeros(len(docs), dtype=bool))
    unknown = np.flatnonzero(~known)
    rest = docs[unknown]
    known[unknown] = inside(rest, index.confirmed(rest, text, deadline, bounds(rest)), size)
    return docs[known]


def _proven(segment: Segment, string: str, fields: Sequence[str]) -> list[Ints]:
    """The documents that have the string as a word, field by field."""
    term = string.encode("utf-8", "surrogatepass")
    numbers = (segment.lexicon.find(field, term) for field in fields)
    return [segment.lexicon.docs(number) for number in numbers if number >= 0]
