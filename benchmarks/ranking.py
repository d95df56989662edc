"""How well hits are ranked: Baoku beside plain BM25 over jieba's words, on questions with known answers (judged).

MRR is the mean of 1 / (place of the most wanted article); nDCG@10 is the gain of the first ten hits by that of the best
ten, where a hit gains (2^grade - 1) / log2(place + 1) (Järvelin and Kekäläinen 2002, gains as by Burges et al. 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import log1p, log2
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.judged import TOPIC, Judged, judged_queries
from search.archive import Archive
from search.engine.found import Found, either, every
from search.engine.snapshot import Snapshot
from search.engine.store import Store
from search.text import fold
from search.words import words

DEPTH = 100
"""Hits that are looked at; what comes later counts as not found."""

KNOWN = "all known items"

Rank = Callable[[str], Sequence[str]]
"""The ids of the first DEPTH hits of a query, best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well some queries were answered; ``found`` is the share of those whose most wanted article came at all."""

    mrr: float
    ndcg: float
    found: float


@dataclass(frozen=True, slots=True)
class Part:
    """The queries of one kind in one half, and their scores by way of ranking."""

    kind: str
    held: bool
    queries: int
    scores: Mapping[str, Score]


def measure_ranking(path: Path, seed: int, per_kind: int) -> list[Part]:
    """The scores of all ways of ranking on the archive at ``path``, kind by kind, first of the tuned half."""
    queries = judged_queries(Store(path).snapshot(), seed, per_kind)
    ways = _ways(path)
    return [
        Part(kind, held, len(chosen), {name: score(chosen, rank) for name, rank in ways.items()})
        for held in (False, True)
        for kind, chosen in _by_kind([query for query in queries if query.held == held]).items()
    ]


def score(queries: Iterable[Judged], rank: Rank) -> Score:
    """How well a way of ranking answers some queries."""
    lists = [(rank(query.query), query.grades) for query in queries]
    reciprocals = [_reciprocal(ids, grades) for ids, grades in lists]
    return Score(mean(reciprocals), mean(_ndcg(ids, grades) for ids, grades in lists), mean(map(bool, reciprocals)))


def _by_kind(queries: Sequence[Judged]) -> Mapping[str, Sequence[Judged]]:
    kinds = {
        kind: [query for query in queries if query.kind == kind] for kind in {query.kind: None for query in queries}
    }
    known = [query for query in queries if query.kind != TOPIC]
    return kinds | ({KNOWN: known} if known else {})


def _ways(path: Path) -> Mapping[str, Rank]:
    snapshot, archive = Store(path).snapshot(), Archive.open(path)
    return {
        "BM25, any word": PlainBm25(snapshot),
        "BM25, all words": PlainBm25(snapshot, all_words=True),
        "Baoku": partial(_baoku, archive, sort="relevance"),
        "Baoku, recent": partial(_baoku, archive, sort="recent"),
    }


def _baoku(archive: Archive, query: str, sort: str) -> Sequence[str]:
    found = archive.search(query, sort=sort, per_page=DEPTH, all_versions=True)
    return [hit.article.id for hit in found.hits]


class PlainBm25:
    """BM25 over headline and body as one field of jieba's words; any of the words is enough, or all must be there.

    Words and frequencies are those of Baoku's index. The formula is that of Robertson and Zaragoza (2009), with the idf
    that is never negative, as in Lucene.
    """

    K1, B = 1.2, 0.75

    def __init__(self, snapshot: Snapshot, all_words: bool = False) -> None:
        self._snapshot, self._join = snapshot, every if all_words else either
        lengths = snapshot.numbers("title_length").astype(np.float64) + snapshot.numbers("body_length")
        self._norm = self.K1 * (1 - self.B + self.B * lengths / lengths[snapshot.everything].mean())

    def __call__(self, query: str) -> Sequence[str]:
        found = self._join([self._scored(word) for word in dict.fromkeys(words(fold(query)))], self._snapshot.size)
        best = np.lexsort((found.docs, -found.score))[:DEPTH]
        return [self._snapshot.identity(doc) for doc in found.docs[best].tolist()]

    def _scored(self, word: str) -> Found:
        parts = (self._snapshot.postings(field, word.encode()) for field in ("title", "body"))
        tf = either([Found(docs, often.astype(np.float64)) for docs, often in parts], self._snapshot.size)
        idf = log1p((self._snapshot.count - len(tf.docs) + 0.5) / (len(tf.docs) + 0.5))
        return Found(tf.docs, idf * tf.score * (self.K1 + 1) / (tf.score + self._norm[tf.docs]))


def _reciprocal(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    best = max(grades.values())
    return next((1 / place for place, identity in enumerate(ids, 1) if grades.get(identity) == best), 0.0)


def _ndcg(ids: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    ideal = sorted(grades.values(), reverse=True)
    return _gain([grades.get(identity, 0) for identity in ids[:depth]]) / _gain(ideal[:depth])


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
