"""How well hits are ranked: Baoku beside plain BM25 over jieba's words, on questions with known answers (judged).

MRR is the mean of 1 / (place of the first wanted article), nDCG@10 the discounted gain of the first ten, (2^grade - 1) /
log2(place + 1), by that of the best order (Järvelin and Kekäläinen 2002; the gains as in Burges et al. 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2
from statistics import mean

import numpy as np

from benchmarks.judged import Judged
from search.archive import Archive
from search.engine.found import Found, either, every
from search.engine.snapshot import Snapshot
from search.text import fold
from search.words import words

DEPTH = 100
"""Hits that are looked at; what comes later counts as not found."""

Rank = Callable[[str], Sequence[str]]
"""The ids of the first DEPTH hits of a query, best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one way of ranking over some queries; ``found`` is the share with a wanted article at all."""

    queries: int
    mrr: float
    ndcg: float
    found: float


def measure_ranking(queries: Sequence[Judged], rank: Rank) -> Score:
    """The figures of one way of ranking."""
    lists = [(rank(query.query), query.grades) for query in queries]
    reciprocal = [_reciprocal(ids, grades) for ids, grades in lists]
    return Score(
        len(lists), mean(reciprocal), mean(_ndcg(ids, grades) for ids, grades in lists), mean(map(bool, reciprocal))
    )


def _reciprocal(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    best = max(grades.values())
    return next((1 / place for place, identity in enumerate(ids, 1) if grades.get(identity) == best), 0.0)


def _ndcg(ids: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    ideal = sorted(grades.values(), reverse=True)
    return _gain([grades.get(identity, 0) for identity in ids[:depth]]) / _gain(ideal[:depth])


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def by_baoku(archive: Archive) -> Rank:
    """As a reader gets them."""
    return lambda query: [hit.article.id for hit in archive.search(query, per_page=DEPTH, all_versions=True).hits]


class PlainBm25:
    """BM25 over headline and body as one field of jieba's words; any of the words is enough, or all must be there.

    Its words, lengths and frequencies are those of our own index. The formula is that of Robertson and Zaragoza
    (2009) with the idf that Lucene uses, which is never negative.
    """

    K1, B = 1.2, 0.75

    def __init__(self, snapshot: Snapshot, all_words: bool = False) -> None:
        self._snapshot, self._join = snapshot, every if all_words else either
        lengths = snapshot.numbers("title_length").astype(np.float64) + snapshot.numbers("body_length")
        self._lengths = lengths / lengths[snapshot.everything].mean()

    def __call__(self, query: str) -> Sequence[str]:
        found = self._join([self._scored(word) for word in dict.fromkeys(words(fold(query)))], self._snapshot.size)
        best = np.lexsort((found.docs, -found.score))[:DEPTH]
        return [self._snapshot.identity(doc) for doc in found.docs[best].tolist()]

    def _scored(self, word: str) -> Found:
        parts = (self._snapshot.postings(field, word.encode()) for field in ("title", "body"))
        tf = either([Found(docs, often.astype(np.float64)) for docs, often in parts], self._snapshot.size)
        idf = log(1 + (self._snapshot.count - len(tf.docs) + 0.5) / (len(tf.docs) + 0.5))
        return Found(tf.docs, idf * tf.score * (self.K1 + 1) / (tf.score + self.K1 * self._norm(tf)))

    def _norm(self, tf: Found):
        return 1 - self.B + self.B * self._lengths[tf.docs]
