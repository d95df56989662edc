"""Whoosh's query tree answered with arrays: from a query to the documents that it finds, with their scores.

What Whoosh's own searcher would find and how it would score it by BM25F is the definition. One thing is otherwise: numbers
of documents and lengths are those of the live documents, so that a score does not depend on what has been deleted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.util.numeric import byte_to_length

from search.engine import termsets
from search.engine.codec import matched
from search.engine.deadline import Deadline
from search.engine.exact import ExactString, find_exact
from search.engine.found import NOTHING, Found, Scores, either, every, inside, without
from search.engine.lexicon import Lexicon
from search.engine.phrase import find_phrase
from search.engine.postings import Ints
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.engine.termsets import Spans

_K1, _B = 1.2, 0.75


class Evaluator:
    """Answers queries on one snapshot; one evaluator belongs to one request."""

    def __init__(self, snapshot: Snapshot, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._deadline = deadline
        self._ways: dict[type[query.Query], Callable[[Any], Found]] = {
            query.Term: self._term,
            query.And: self._and,
            query.Or: self._or,
            query.Not: lambda node: self._constant(self._outside(node.query), node.boost),
            query.AndNot: lambda node: self._less(self.find(node.a), node.b),
            query.AndMaybe: self._maybe,
            query.Require: lambda node: self._required(node.a, node.b),
            query.ConstantScoreQuery: lambda node: self._constant(self.find(node.child).docs, node.score),
            query.Every: self._every,
            query.NullQuery.__class__: lambda _: NOTHING,
            query.Prefix: lambda node: self._terms(node, termsets.prefixed),
            query.Wildcard: lambda node: self._terms(node, termsets.matching),
            query.FuzzyTerm: lambda node: self._terms(node, termsets.alike),
            query.NumericRange: self._range,
            query.DateRange: self._range,
            query.Phrase: self._phrase,
            ExactString: self._exact,
        }

    def find(self, node: query.Query) -> Found:
        """The live documents of a query, with their scores.

        Raises:
            QueryRefused: the deadline has passed.
        """
        self._deadline.check()
        way = self._ways.get(type(node))
        return way(node) if way else self._by_whoosh(node)

    def _term(self, node: query.Term) -> Found:
        return self._snapshot.cache.get(node, lambda: self._scored(node))

    def _scored(self, node: query.Term) -> Found:
        docs, tf = self._snapshot.postings(node.fieldname, termsets.as_bytes(node.text))
        return Found(docs, node.boost * self._bm25(node.fieldname, docs, tf)) if len(docs) else NOTHING

    def _bm25(self, field: str, docs: Ints, tf: Ints) -> Scores:
        """Okapi BM25 with Whoosh's idf and its rounding of lengths to one byte; tf where a field has no length."""
        lengths = self._snapshot.lengths(field)
        if lengths is None:
            return tf.astype(np.float64)
        idf = math.log(self._snapshot.count / (len(docs) + 1)) + 1
        relative = rounded(lengths[docs]) / self._snapshot.mean_length(field)
        score: Scores = idf * tf * (_K1 + 1) / (tf + _K1 * (1 - _B + _B * relative))
        return score

    def _and(self, node: query.And) -> Found:
        wanted = [part for part in node.subqueries if not isinstance(part, query.Not)]
        if not wanted:
            wanted = [query.Every()]
        found = every([self.find(part) for part in wanted], self._snapshot.size)
        for part in node.subqueries:
            if isinstance(part, query.Not):
                found = self._less(found, part.query)
        return found.boosted(node.boost)

    def _or(self, node: query.Or) -> Found:
        if all(isinstance(part, query.Term) for part in node.subqueries):
            return self._snapshot.cache.get(node, lambda: self._any(node))
        return self._any(node)

    def _any(self, node: query.Or) -> Found:
        return either([self.find(part) for part in node.subqueries], self._snapshot.size).boosted(node.boost)

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
            every_term = lambda lexicon: [lexicon.fields.get(node.fieldname, (0, 0))]
            docs = self._snapshot.in_segments(partial(_docs_with_any, choose=every_term))
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
        if node.slop != 1:
            return self._by_whoosh(node)
        words = [termsets.as_bytes(word) for word in node.words]
        docs = self._snapshot.in_segments(lambda segment: find_phrase(segment, node.fieldname, words))
        terms = [self.find(query.Term(node.fieldname, word)) for word in dict.fromkeys(node.words)]
        return every([Found.unscored(docs), *terms], self._snapshot.size).boosted(node.boost)

    def _exact(self, node: ExactString) -> Found:
        return self._snapshot.cache.get(node, lambda: find_exact(self._snapshot, node, self._deadline))

    def _by_whoosh(self, node: query.Query) -> Found:
        return matched(self._snapshot, node, self._deadline)

    @staticmethod
    def _constant(docs: Ints, score: float) -> Found:
        return Found(docs, np.full(len(docs), float(score)))


def _docs_with_any(segment: Segment, choose: Callable[[Lexicon], Spans]) -> Ints:
    """The documents of a segment that have any of the chosen terms."""
    found = [segment.lexicon.all_docs(first, last)[0] for first, last in choose(segment.lexicon) if first < last]
    return np.flatnonzero(np.bincount(np.concatenate(found))) if found else np.empty(0, np.int64)


def rounded(lengths: NDArray[Any]) -> Scores:
    """Lengths as Whoosh keeps them, in one byte: up to the next of 256 numbers."""
    steps = _steps()
    result: Scores = steps[np.searchsorted(steps, lengths).clip(max=len(steps) - 1)]
    return result


@cache
def _steps() -> Scores:
    return np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float64)
