"""What a story is about: topics by weighted terms, each decision open to inspection."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import hypot, sqrt
from operator import itemgetter

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

from indexer.describe.reference import Topic, Topics
from indexer.draft import Draft
from search.article import Article
from search.text import fold

_cached = lru_cache(maxsize=4)
_MOST = 3
_LEAST_LENGTH = 1.5
"""Below this length of its vector a story says too little to be made as long as the others."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a topic was given to a story or not.

    ``points`` holds what each term of the story adds to the log-odds ``start``, the strongest first;
    ``probability`` is what the sum comes to.
    """

    label: str
    given: bool
    probability: float
    start: float
    points: Mapping[str, float]


def find_topics(story: Draft | Article, topics: Topics) -> tuple[str, ...]:
    """One to three topic labels, the most probable first; the fallback alone when none is probable enough."""
    return find_all_topics([story], topics)[0]


def find_all_topics(stories: Sequence[Draft | Article], topics: Topics) -> list[tuple[str, ...]]:
    """The topic labels of each story as :func:`find_topics` gives them, all terms found in one pass."""
    table, start = weights(topics), starts(topics)
    vectors = (_vector(found) for found in _all_term_values(stories, topics))
    return [_choose(_probabilities(values @ table.take(terms, axis=0) + start), topics) for terms, values in vectors]


def explain(story: Draft | Article, topics: Topics) -> list[Reason]:
    """The reason for every topic, the most probable first."""
    terms, values = _vector(term_values(story, topics))
    points = values[:, None] * weights(topics)[terms]
    start, chances = starts(topics), _probabilities(points.sum(axis=0) + starts(topics))
    given, names = _choose(chances, topics), vocabulary(topics)
    return [
        Reason(
            topics.topics[at].label,
            topics.topics[at].label in given,
            float(chances[at]),
            float(start[at]),
            {names[terms[row]]: float(points[row, at]) for row in np.argsort(-points[:, at]) if points[row, at]},
        )
        for at in np.argsort(-chances, kind="stable")
    ]


def term_values(story: Draft | Article, topics: Topics) -> dict[int, float]:
    """How much each term of the vocabulary, by its number, stands for the story: a vector of length 1.

    A term has the root of its count in the text (at most max_count), and title_factor more when it stands in a
    heading. Terms are found in folded text from the left, the longest first, without overlap. All is divided by the
    vector's Euclidean length (Salton's cosine normalisation), or long stories would collect topics by chance.
    """
    return next(_all_term_values([story], topics))


def _all_term_values(stories: Sequence[Draft | Article], topics: Topics) -> Iterator[dict[int, float]]:
    texts = [text for story in stories for text in (_body(story), _head(story))]
    counts = _counts(texts, topics)
    for body, head in zip(counts, counts, strict=True):
        found = {term: sqrt(min(count, topics.max_count)) for term, count in body.items()}
        for term in head:
            found[term] = found.get(term, 0.0) + topics.title_factor
        scale = 1 / max(hypot(*found.values()), _LEAST_LENGTH)
        yield {term: value * scale for term, value in found.items()}


def _body(story: Draft | Article) -> str:
    return fold("\n".join((story.body, *story.captions)))


def _head(story: Draft | Article) -> str:
    parts = (story.section, story.kicker, story.title, story.subtitle, *story.subheads)
    return fold("\n".join(part for part in parts if part))


@_cached
def vocabulary(topics: Topics) -> tuple[str, ...]:
    """Every folded term of every topic; a term's place is its number."""
    return tuple(dict.fromkeys(fold(term) for topic in topics.topics for term in (*topic.terms, *topic.rules)))


@_cached
def weights(topics: Topics) -> NDArray[np.float64]:
    """What each term adds to the log-odds of each topic: terms in rows, topics in columns."""
    row = {term: number for number, term in enumerate(vocabulary(topics))}
    table = np.zeros((len(row), len(topics.topics)))
    for column, topic in enumerate(topics.topics):
        for term, weight in _weighed(topic, topics.fallback).items():
            if term in row:
                table[row[term], column] = weight * topics.steepness
    return table


@_cached
def starts(topics: Topics) -> NDArray[np.float64]:
    """The log-odds of each topic before any term is read."""
    return np.array([topic.start for topic in topics.topics])


def _weighed(topic: Topic, fallback: str) -> dict[str, float]:
    """The weight of each folded term for a topic: the editor's, as corrected by learning, unless a rule holds.

    The terms of the fallback take their characters away from other terms and weigh nothing.
    """
    found = {fold(term): weight for term, weight in topic.terms.items() if topic.label != fallback}
    for term, correction in topic.corrections.items():
        found[term] = found.get(term, 0.0) + correction
    return found | {fold(term): weight for term, weight in topic.rules.items()}


def _vector(found: Mapping[int, float]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    return np.fromiter(found, np.intp, len(found)), np.fromiter(found.values(), float, len(found))


def _probabilities(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-odds))


def _choose(chances: NDArray[np.float64], topics: Topics) -> tuple[str, ...]:
    likely = [(-chance, at) for at, chance in enumerate(chances.tolist()) if chance >= topics.probability]
    return tuple(topics.topics[at].label for _, at in sorted(likely)[:_MOST]) or (topics.fallback,)


def _counts(texts: Sequence[str], topics: Topics) -> Iterator[Counter[int]]:
    """How often each term of the vocabulary stands in each of some folded texts.

    They are searched as one text, which is quicker than one by one; no folded text or term has a line break in it.
    """
    matches = _finder(topics).find_matches_as_indexes("\n".join(texts))
    start = 0
    for end in accumulate(len(text) + 1 for text in texts):
        stop = bisect_left(matches, end, start, key=itemgetter(1))
        yield Counter(map(itemgetter(0), matches[start:stop]))
        start = stop


@_cached
def _finder(topics: Topics) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(vocabulary(topics), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
