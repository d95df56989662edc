"""Whoosh's query tree answered with arrays: from a query to the documents that it finds, with their scores.

What Whoosh's own searcher would find and how it would score it by BM25F is the definition, but for this:

- Numbers of documents and lengths are those of the live documents, so that no score depends on what has been deleted.
- A prefix, pattern, misspelling or range scores its boost, as ``constantscore`` promises. Whoosh 2.7.4 gives that to a
  range only; for the others it depends on how many terms and documents a segment has.
- Require finds what is in both of its parts; Whoosh 2.7.4 takes AndNot for it.
- ConstantScoreQuery may score 0; Whoosh 2.7.4 makes 1 of it.
- DisjunctionMax scores by the best part that has the document; Whoosh 2.7.4 also looks at the next document of a part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

import numpy as np
from whoosh import query

from search.engine import termsets
from search.engine.bm25 import Scores, bm25
from search.engine.codec import matched
from search.engine.deadline import Deadline
from search.engine.exact import ExactString, TextQuery
from search.engine.found import NO_POSTINGS, NOTHING, Found, best, either, every, inside, mask_of, without
from search.engine.lexicon import Lexicon
from search.engine.matching import Matching
from search.engine.phrase import find_phrase
from search.engine.postings import Ints
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.engine.termsets import Spans
from search.engine.word import Word

_NOT = 1.0
"""What Whoosh gives to every document that a Not lets through."""


class Evaluator:
    """Answers queries on one snapshot; one evaluator belongs to one request."""

    def __init__(self, snapshot: Snapshot, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._deadline = deadline

    def find(self, node: query.Query) -> Found:
        """The live documents of a query, with their scores.

        Raises:
            QueryRefused: the deadline has passed.
        """
        self._deadline.check()
        way = self._WAYS.get(type(node))
        return way(self, node) if way else self._by_whoosh(node)

    def _term(self, node: query.Term) -> Found:
        return self._snapshot.cache.get(node, lambda: self._scored(node))

    def _scored(self, node: query.Term) -> Found:
        term = self._as_bytes(node.fieldname, node.text)
        docs, tf = self._snapshot.postings(node.fieldname, term) if term is not None else NO_POSTINGS
        return Found(docs, node.boost * self._bm25(node.fieldname, docs, tf)) if len(docs) else NOTHING

    def _as_bytes(self, field: str, text: Any) -> bytes | None:
        """A value as it stands in the index; None when it can stand in no document."""
        if field not in self._snapshot.schema:
            return None
        try:
            return bytes(self._snapshot.schema[field].to_bytes(text))
        except ValueError:
            return None

    def _bm25(self, field: str, docs: Ints, tf: Ints) -> Scores:
        """Okapi BM25 with Whoosh's idf and its rounding of lengths to one byte; tf where a field has no length."""
        lengths = self._snapshot.lengths(field)
        if lengths is None:
            return tf.astype(np.float64)
        return bm25(tf, lengths[docs], self._snapshot.mean_length(field), self._snapshot.count)

    def _and(self, node: query.And) -> Found:
        unwanted = [part.query for part in node.subqueries if isinstance(part, query.Not)]
        wanted = [part for part in node.subqueries if not isinstance(part, query.Not)]
        if unwanted and not wanted:
            wanted = [query.Not(unwanted.pop())]
        found = every([self.find(part) for part in wanted], self._snapshot.size)
        for part in unwanted:
            found = self._less(found, part)
        return Found(found.docs, found.score + _NOT * len(unwanted)).boosted(_boost(node))

    def _or(self, node: query.Or) -> Found:
        if node.scale:
            return self._by_whoosh(node)
        return self._kept(node, self._any)

    def _kept(self, node: query.Query, find: Callable[[Any], Found]) -> Found:
        return self._snapshot.cache.get(node, lambda: find(node)) if _is_text(node) else find(node)

    def _any(self, node: query.Or) -> Found:
        return either([self.find(part) for part in node.subqueries], self._snapshot.size).boosted(_boost(node))

    def _best(self, node: query.DisjunctionMax) -> Found:
        return best([self.find(part) for part in node.subqueries], self._snapshot.size).boosted(_boost(node))

    def _outside(self, node: query.Query) -> Ints:
        found = self.find(node).docs
        everything = self._snapshot.everything
        return everything[~inside(everything, found, self._snapshot.size)]

    def _less(self, found: Found, node: query.Query) -> Found:
        return without(found, self.find(node).docs, self._snapshot.size)

    def _maybe(self, node: query.AndMaybe) -> Found:
        wanted = self.find(node.a)
        both = every([Found.unscored(wanted.docs), self.find(node.b)], self._snapshot.size)
        return either([wanted, both], self._snapshot.size)

    def _required(self, scored: query.Query, wanted: query.Query) -> Found:
        return every([self.find(scored), Found.unscored(self.find(wanted).docs)], self._snapshot.size)

    def _every(self, node: query.Every) -> Found:
        docs = self._snapshot.everything
        if node.fieldname is not None:
            docs = self._snapshot.in_segments(partial(_docs_with_any, choose=partial(_field, name=node.fieldname)))
        return self._constant(docs, node.boost)

    def _terms(self, node: Any, choose: Callable[[Lexicon, Any], Spans]) -> Found:
        """The documents with any of the terms that a node stands for."""
        if not node.constantscore:
            return self._by_whoosh(node)
        find = partial(_docs_with_any, choose=lambda lexicon: choose(lexicon, node))
        return self._snapshot.cache.get(node, lambda: self._constant(self._snapshot.in_segments(find), node.boost))

    def _range(self, node: query.NumericRange) -> Found:
        field = self._snapshot.schema[node.fieldname]
        return self._terms(node, lambda lexicon, _: termsets.between(lexicon, node, field))

    def _phrase(self, node: query.Phrase) -> Found:
        words = [word for text in node.words if (word := self._as_bytes(node.fieldname, text)) is not None]
        if not words or len(words) < len(node.words):
            return NOTHING
        if node.slop != 1 or not self._snapshot.schema[node.fieldname].format.supports("positions"):
            return self._by_whoosh(node)
        docs = self._snapshot.in_segments(lambda segment: find_phrase(segment, node.fieldname, words))
        terms = [self.find(query.Term(node.fieldname, word)) for word in words]
        return every([Found.unscored(docs), *terms], self._snapshot.size).boosted(node.boost)

    def _by_text(self, node: TextQuery) -> Found:
        if isinstance(node, ExactString) and node.bonus:
            # The run beside its words: all of them together are remembered, and this is as big as they are.
            return node.find(self._snapshot, self._deadline)
        return self._snapshot.cache.get(node, lambda: node.find(self._snapshot, self._deadline))

    def _by_whoosh(self, node: query.Query) -> Found:
        return matched(self._snapshot, node, self._deadline)

    @staticmethod
    def _constant(docs: Ints, score: float) -> Found:
        return Found(docs, np.full(len(docs), float(score)))

    # A table of the class: one of bound methods in each evaluator would be a cycle, which keeps the snapshot and its
    # deleted files until the cycle is collected.
    _WAYS: ClassVar[Mapping[type[query.Query], Callable[[Evaluator, Any], Found]]] = {
        query.Term: _term,
        query.And: lambda self, node: self._kept(node, self._and),
        query.Or: _or,
        query.DisjunctionMax: _best,
        query.Not: lambda self, node: self._constant(self._outside(node.query), _NOT),
        query.AndNot: lambda self, node: self._less(self.find(node.a), node.b),
        query.AndMaybe: _maybe,
        query.Require: lambda self, node: self._required(node.a, node.b),
        query.ConstantScoreQuery: lambda self, node: self._constant(self.find(node.child).docs, node.score),
        query.Every: _every,
        query.NullQuery.__class__: lambda _self, _node: NOTHING,
        query.Prefix: lambda self, node: self._terms(node, termsets.prefixed),
        query.Wildcard: lambda self, node: self._terms(node, termsets.matching),
        query.FuzzyTerm: lambda self, node: self._terms(node, termsets.alike),
        query.NumericRange: _range,
        query.DateRange: _range,
        query.Phrase: _phrase,
        ExactString: _by_text,
        Matching: _by_text,
        Word: _by_text,
    }


def _boost(node: query.And | query.Or | query.DisjunctionMax) -> float:
    """What the scores of a compound query are multiplied by; for Whoosh one that has a single part is that part."""
    return 1.0 if len(node.subqueries) == 1 else float(node.boost)


def _is_text(node: query.Query) -> bool:
    """Whether it asks for words and strings alone, as what a reader types: worth remembering from page to page.

    Whoosh takes an Or for equal to another one of a different scale.
    """
    if isinstance(node, (query.And, query.Or)):
        return not getattr(node, "scale", None) and all(map(_is_text, node.subqueries))
    return isinstance(node, (query.Term, TextQuery))


def _field(lexicon: Lexicon, name: str) -> Spans:
    """All terms of a field."""
    return [lexicon.fields.get(name, (0, 0))]


def _docs_with_any(segment: Segment, choose: Callable[[Lexicon], Spans]) -> Ints:
    """The documents of a segment that have any of the chosen terms."""
    docs = segment.lexicon.docs_of([(first, last) for first, last in choose(segment.lexicon) if first < last])
    return np.flatnonzero(mask_of(docs, segment.size))
