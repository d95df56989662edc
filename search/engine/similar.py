"""Articles about the like: found by their telling words, and by where, whom and what they are about.

The words of an article that tell most by tf-idf are looked for by BM25, each worth as much as it tells, and the values
that two articles share count as further words. An article's likeness is its score as a part of what the article itself
gets: 1 would be the article again, a fifth is most often the same matter (docs/explanation.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np

from search.article import Article
from search.engine import facets
from search.engine.bm25 import Scores, bm25
from search.engine.cards import UNDATED
from search.engine.deadline import Deadline
from search.engine.found import Found
from search.engine.order import leading, ordered
from search.engine.postings import Ints
from search.engine.schema import TITLE_FIELDS
from search.engine.snapshot import Snapshot
from search.text import fold
from search.words import words

_TELLING_WORDS = 24
_TITLE = 2
"""How many times a word of the headline counts."""
_SHARED = {"community": 2.0, "street": 1.0, "person": 0.5, "section": 0.5, "topic": 0.25}
"""What sharing a value of a column is worth, as a part of what its rarity tells."""

_LEAST = 0.05
"""Below this likeness two articles have a word in common, and no more."""
_SAME_MATTER = 0.18
"""The likeness from which on two articles of the same days are about the same matter."""
_A_YEAR_APART = 0.1
"""How much more it takes for each year between them, up to two; what has no date needs as much as after one."""


def similar(snapshot: Snapshot, doc: int, limit: int, deadline: Deadline) -> list[int]:
    """The documents most like one, best first, one a story and its own story left out."""
    docs: list[int] = ordered(snapshot, _likeness(snapshot, doc, deadline), "relevance", limit).tolist()
    return docs


def story(snapshot: Snapshot, doc: int, limit: int, deadline: Deadline) -> list[int]:
    """The documents about the same matter as one, best first, one a story and its own story left out."""
    found = _likeness(snapshot, doc, deadline)
    same = found.score >= _SAME_MATTER + _A_YEAR_APART * _years(snapshot, doc, found.docs)
    docs: list[int] = ordered(snapshot, Found(found.docs[same], found.score[same]), "relevance", limit).tolist()
    return docs


def _likeness(snapshot: Snapshot, doc: int, deadline: Deadline) -> Found:
    """The documents that are like one, each with its likeness as score; remembered, for a page asks twice."""
    return snapshot.cache.get(("likeness", doc), lambda: _compared(snapshot, doc, deadline))


def _compared(snapshot: Snapshot, doc: int, deadline: Deadline) -> Found:
    score = _by_words(snapshot, _telling_words(snapshot, snapshot.article(doc)), deadline)
    wordless = score == 0
    score += _by_values(snapshot, doc)
    score[wordless] = 0
    score /= score[doc] or 1.0
    docs = snapshot.alive(np.flatnonzero(score >= _LEAST))
    others = docs[snapshot.stories[docs] != snapshot.stories[doc]]
    return leading(snapshot, Found(others, score[others]))


def _telling_words(snapshot: Snapshot, article: Article) -> Mapping[str, float]:
    """The words of two characters or more that tell most, and how much each does: tf-idf, the tf as a logarithm."""
    times = Counter(words(fold(article.body)))
    for word in words(fold(article.headline)):
        times[word] += _TITLE
    telling = {word: (1 + math.log(often)) * _idf(snapshot, word) for word, often in times.items() if len(word) > 1}
    best = sorted(telling, key=lambda word: (-telling[word], word))[:_TELLING_WORDS]
    return {word: telling[word] for word in best}


def _idf(snapshot: Snapshot, word: str) -> float:
    return math.log(1 + snapshot.count / (1 + snapshot.df("body", word.encode())))


def _by_words(snapshot: Snapshot, telling: Mapping[str, float], deadline: Deadline) -> Scores:
    """The score of every document for some words, each with its worth."""
    score = np.zeros(snapshot.size)
    for field in (*TITLE_FIELDS, "body"):
        lengths, mean = snapshot.numbers(f"{field}_length"), snapshot.mean_length(field)
        for word, worth in telling.items():
            docs, tf = snapshot.postings(field, word.encode())
            if len(docs):
                deadline.check()
                score[docs] += worth * bm25(tf, lengths[docs], mean, snapshot.count)
    return score


def _by_values(snapshot: Snapshot, doc: int) -> Scores:
    """What the values that every document shares with one are worth, by their rarity like words of a mean text."""
    score = np.zeros(snapshot.size)
    for column, worth in _SHARED.items():
        for value in snapshot.facet(column).of(doc):
            having = np.flatnonzero(facets.having(snapshot, column, [value]))
            score[having] += worth * (math.log(1 + snapshot.count / (1 + len(having)))) ** 2
    return score


def _years(snapshot: Snapshot, doc: int, docs: Ints) -> Scores:
    """How many years lie between the dates of one document and of others, at most two; one where a date is missing."""
    gap = np.maximum(snapshot.first[docs] - snapshot.last[doc].astype(int), snapshot.first[doc] - snapshot.last[docs])
    years = np.clip(gap / 365.25, 0, 2)
    undated = (snapshot.first[docs] == UNDATED) | (snapshot.first[doc] == UNDATED)
    return np.where(undated, 1.0, years)
