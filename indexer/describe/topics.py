"""What a story is about: topics by weighted terms and learnt words, each decision open to inspection."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
_LEAST_LENGTH = 1.5
"""Below this length of its vector a story says too little to be made as long as the others."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a topic was given to a story or not.

    ``points`` holds what each term and learnt word of the story adds to the log-odds ``start``, the strongest first;
    ``probability`` is what the sum comes to, and ``needed`` what the topic's place among the others asks for.
    """

    label: str
    given: bool
    probability: float
    needed: float
    start: float
    points: Mapping[str, float]


def find_topics(story: Draft | Article, topics: Topics) -> tuple[str, ...]:
    """One to three topic labels, the most probable first, each probable enough for its place; or the fallback alone."""
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
            topics.probability[min(place, len(topics.probability) - 1)],
            float(start[at]),
            {names[terms[row]]: float(points[row, at]) for row in np.argsort(-points[:, at]) if points[row, at]},
        )
        for place, at in enumerate(np.argsort(-chances, kind="stable"))
    ]


def term_values(story: Draft | Article, topics: Topics) -> dict[int, float]:
    """How much each term of the vocabulary, by its number, stands for the story: two vectors of length 1.

    A term has the root of its count in the text (at most max_count), a learnt word 1, and title_factor more when it
    stands in a heading. Both are found in folded text from the left, the longest first, without overlap. All is divided
    by the vector's Euclidean length (Salton's cosine normalisation), or long stories would collect topics by chance.
    The editor's terms are one vector and the learnt words another: in one, the many words would dilute the terms.
    """
    return next(_all_term_values([story], topics))


def _all_term_values(stories: Sequence[Draft | Article], topics: Topics) -> Iterator[dict[int, float]]:
    texts = [text for story in stories for text in heading_and_text(story)]
    terms, words = _counts(texts, _finder(topics)), _counts(texts, _word_finder(topics))
    first = len(listed_terms(topics))
    for head, body, words_in_head, words_in_body in zip(terms, terms, words, words, strict=True):
        roots = {term: sqrt(min(count, topics.max_count)) for term, count in body.items()}
        values = _scaled(dict.fromkeys(words_in_body, 1.0), words_in_head, topics)
        yield _scaled(roots, head, topics) | {first + word: value for word, value in values.items()}


def _scaled(found: dict[int, float], head: Iterable[int], topics: Topics) -> dict[int, float]:
    """What was found in the text, and more of it for what stands in the headings, brought to length 1."""
    for term in head:
        found[term] = found.get(term, 0.0) + topics.title_factor
    scale = 1 / max(hypot(*found.values()), _LEAST_LENGTH)
    return {term: value * scale for term, value in found.items()}


def heading_and_text(story: Draft | Article) -> tuple[str, str]:
    """What is read of a story, folded: its headings, and its body with the captions."""
    parts = (story.section, story.kicker, story.title, story.subtitle, *story.subheads)
    return fold("\n".join(part for part in parts if part)), fold("\n".join((story.body, *story.captions)))


@_cached
def vocabulary(topics: Topics) -> tuple[str, ...]:
    """The editor's terms and after them the learnt words; a place is a number of :func:`term_values`."""
    return listed_terms(topics) + _learnt_words(topics)


@_cached
def listed_terms(topics: Topics) -> tuple[str, ...]:
    """Every folded term of every topic that an editor has listed."""
    return tuple(dict.fromkeys(fold(term) for topic in topics.topics for term in (*topic.terms, *topic.rules)))


@_cached
def _learnt_words(topics: Topics) -> tuple[str, ...]:
    """Every word that learning has added and no editor has listed since."""
    listed = {*listed_terms(topics), *topics.ignored_words}
    return tuple(dict.fromkeys(word for topic in topics.topics for word in topic.words if word not in listed))


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
    return {**topic.words, **found} | {fold(term): weight for term, weight in topic.rules.items()}


def _vector(found: Mapping[int, float]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    return np.fromiter(found, np.intp, len(found)), np.fromiter(found.values(), float, len(found))


def _probabilities(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1 / (1 + np.exp(-odds))


def _choose(chances: NDArray[np.float64], topics: Topics) -> tuple[str, ...]:
    needed = topics.probability
    likely = sorted((-chance, at) for at, chance in enumerate(chances.tolist()) if chance >= needed[0])
    enough = (at for (chance, at), least in zip(likely, needed, strict=False) if -chance >= least)
    return tuple(topics.topics[at].label for at in enough) or (topics.fallback,)


def _counts(texts: Sequence[str], finder: ahocorasick_rs.AhoCorasick) -> Iterator[Counter[int]]:
    """How often each term of a vocabulary stands in each of some folded texts.

    They are searched as one text, which is quicker than one by one; no folded text or term has a line break in it.
    """
    matches = finder.find_matches_as_indexes("\n".join(texts))
    start = 0
    for end in accumulate(len(text) + 1 for text in texts):
        stop = bisect_left(matches, end, start, key=itemgetter(1))
        yield Counter(map(itemgetter(0), matches[start:stop]))
        start = stop


@_cached
def _finder(topics: Topics) -> ahocorasick_rs.AhoCorasick:
    return _longest_first(listed_terms(topics))


@_cached
def _word_finder(topics: Topics) -> ahocorasick_rs.AhoCorasick:
    return _longest_first(_learnt_words(topics))


def _longest_first(terms: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
