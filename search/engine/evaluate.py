"""From a query tree to the documents that it finds, with their scores."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query
from whoosh.util.numeric import byte_to_length, length_to_byte

from search.engine import compile
from search.engine.deadline import Deadline
from search.engine.reader import Reader, encoded
from search.engine.schema import GROUP_LINES
from search.engine.snapshot import Mask, Snapshot
from search.query.tree import And, Dates, Everything, Exact, Has, Node, Not, Or, Words

_K1, _B = 1.2, 0.75
_LITERAL = 100.0
"""Added to articles that contain an unquoted run as it stands: more than words alone usually make."""

_TITLE_BONUS = 2.0
_RAREST = 4
_CHUNK = 256

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """Which documents, by number, and their scores, 0 where not found."""

    mask: Mask
    score: Scores


class Evaluator:
    """Answers one query on one snapshot. Scores depend on the live articles alone, not on how they are stored."""

    def __init__(self, snapshot: Snapshot, reader: Reader, deadline: Deadline) -> None:
        self._snapshot = snapshot
        self._reader = reader
        self._deadline = deadline

    def find(self, node: Node) -> Found:
        """The live documents of a query tree.

        Raises:
            QueryRefused: the deadline has passed.
        """
        self._deadline.check()
        match node:
            case Words():
                return self._words(node)
            case Exact():
                return self._exact(node.text, node.field)
            case And(parts):
                return self._all([self.find(part) for part in parts])
            case Or(parts):
                return self._any([self.find(part) for part in parts])
            case Not(part):
                return self._unscored(self._snapshot.live & ~self.find(part).mask)
            case Has(facet, value):
                known = self._snapshot.known_value(facet, value)
                return self._unscored(self._snapshot.facets[facet].having([known], self._snapshot.size))
            case Dates(None, None):
                return self._unscored(self._snapshot.live & ~self._snapshot.dated)
            case Dates(first, last):
                return self._unscored(self._snapshot.overlapping(first, last))
            case Everything():
                return self._unscored(self._snapshot.live)

    def ranked(self, query: whoosh_query.Query) -> Found:
        """The documents of a Whoosh query of Term, And and Or, scored by BM25F as Whoosh does."""
        self._deadline.check()
        if isinstance(query, whoosh_query.Term):
            return self._term(query)
        parts = [self.ranked(part) for part in query.children()]
        return self._all(parts) if isinstance(query, whoosh_query.And) else self._any(parts)

    def _words(self, node: Words) -> Found:
        literal = self._exact(node.text, node.field)
        bonus = Found(literal.mask, np.where(literal.mask, _LITERAL + literal.score, 0.0))
        return self._any([bonus, self.ranked(compile.words(node))]) if node.words else bonus

    def _term(self, term: whoosh_query.Term) -> Found:
        docs, frequency = self._reader.postings(term.fieldname, term.text, self._deadline)
        score = np.zeros(self._snapshot.size)
        if len(docs):
            score[docs] = term.boost * self._bm25(term.fieldname, docs, frequency)
        mask = np.zeros(self._snapshot.size, dtype=bool)
        mask[docs] = True
        return Found(mask, score)

    def _bm25(self, field: str, docs: NDArray[np.int64], frequency: Scores) -> Scores:
        """Okapi BM25 with Whoosh's idf and its rounding of lengths to one byte."""
        lengths = self._snapshot.lengths[field]
        alive = int(self._snapshot.live.sum())
        idf = math.log(alive / (len(docs) + 1)) + 1
        relative = _rounded(lengths[docs]) / (lengths.sum() / alive)
        result: Scores = idf * frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * relative))
        return result

    def _exact(self, text: str, field: str | None) -> Found:
        """Documents with the string in one part. Up to two characters the index knows; the rest is looked up."""
        masks = {group: self._candidates(text, group) for group in compile.groups(field)}
        if len(text) > 2:
            masks = self._verified(text, masks)
        title = masks.get("title", np.zeros(self._snapshot.size, dtype=bool))
        found = reduce(np.logical_or, masks.values())
        return Found(found, np.where(title, _TITLE_BONUS, found.astype(np.float64)))

    def _candidates(self, text: str, group: str) -> Mask:
        terms = [(term.fieldname, term.text) for term in compile.pieces(text, group).children()]
        # The rarest pairs leave few documents; looking those up is cheaper than reading the common pairs.
        rarest = sorted(terms, key=lambda term: self._reader.frequency(*term))[:_RAREST]
        mask = self._snapshot.live.copy()
        for term in rarest:
            has_term = np.zeros(self._snapshot.size, dtype=bool)
            has_term[self._reader.docs(*term, self._deadline)] = True
            mask &= has_term
            if not mask.any():
                break
        return mask

    def _verified(self, text: str, masks: dict[str, Mask]) -> dict[str, Mask]:
        verified = {group: np.zeros_like(mask) for group, mask in masks.items()}
        docs: list[int] = np.flatnonzero(reduce(np.logical_or, masks.values())).tolist()
        needle = encoded(text)
        for count, (doc, lines) in enumerate(zip(docs, self._reader.texts(docs), strict=True)):
            if count % _CHUNK == 0:
                self._deadline.check()
            for group, mask in verified.items():
                mask[doc] = any(needle in line for line in lines[GROUP_LINES[group]])
        return verified

    def _unscored(self, mask: Mask) -> Found:
        return Found(mask, np.zeros(self._snapshot.size))

    def _all(self, parts: list[Found]) -> Found:
        mask = self._join(np.logical_and, parts, self._snapshot.live)
        return Found(mask, np.where(mask, sum((part.score for part in parts), start=np.zeros(len(mask))), 0.0))

    def _any(self, parts: list[Found]) -> Found:
        mask = self._join(np.logical_or, parts, np.zeros(self._snapshot.size, dtype=bool))
        return Found(mask, sum((part.score for part in parts), start=np.zeros(len(mask))))

    @staticmethod
    def _join(join: Callable[[Mask, Mask], Mask], parts: list[Found], start: Mask) -> Mask:
        return reduce(join, (part.mask for part in parts), start)


def _rounded(lengths: NDArray[np.int64]) -> Scores:
    distinct, places = np.unique(lengths, return_inverse=True)
    return np.array([byte_to_length(length_to_byte(int(length))) for length in distinct], dtype=np.float64)[places]
