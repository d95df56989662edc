"""What the terms of the topics weigh, learnt from labelled stories: the editor's weights, corrected where they err."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.describe.reference import Topic, Topics
from indexer.describe.telling_words import telling_words
from indexer.describe.topics import find_topics, listed_terms, term_values, vocabulary, weights
from indexer.sources.decode import decode_lines
from indexer.sources.ready import read_ready
from indexer.sources.reject import Unusable
from search.article import Article
from search.errors import BaokuError
from search.text import fold

_FOLDS = 5
_PENALTY, _STEPS = 0.06, 200
"""By cross-validation over pages; with more steps the scores stay."""
_FEWEST = 5
"""From fewer stories of a topic only its rarity could be learnt, which is the list's and not the paper's."""
_SMALLEST = 0.1
"""Corrections that change nothing are not written."""
_POWERS, _MARGIN = 20, 1.05

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Score:
    """Labels given and wanted over some stories: ``right`` of ``given`` are right, of ``wanted`` were to be given."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.given + self.wanted)

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.given + other.given, self.wanted + other.wanted)


def read_labelled(path: Path, topics: Topics) -> list[Article]:
    """The labelled stories of a file of ready articles, each with one to three topics of the list.

    Raises:
        BaokuError: the file cannot be read, or a line of it cannot be used; the message names the line.
    """
    try:
        lines = decode_lines(path.read_bytes())
    except OSError as error:
        raise BaokuError(f"读不到 {path}：{error.strerror} (cannot be read)") from None
    except Unusable as error:
        raise BaokuError(f"{path.name}：{error}") from None
    labels = {topic.label for topic in topics.topics}
    stories = []
    for line, item in read_ready(path.name, lines):
        if not isinstance(item, Article):
            raise BaokuError(f"{item}")
        if not item.topics or not labels.issuperset(item.topics):
            raise BaokuError(f"{path.name} 第 {line} 行：topics 应为 topics.toml 里的主题，实为 {list(item.topics)}")
        stories.append(item)
    if not stories:
        raise BaokuError(f"{path.name} 里没有报道，无从学起 (no stories to learn from)")
    return stories


def learn(stories: Sequence[Article], topics: Topics) -> Topics:
    """The topics with starts, corrections and words learnt anew; terms and rules stay the editor's.

    One logistic regression a topic, around the editor's weights: the corrections are penalised by their square (ridge;
    a Gaussian prior whose mean is the editor's word), so that a term is corrected only as far as stories speak
    against it, and the mean of a word that nobody has listed is 0; a topic with fewer than five stories keeps the
    editor's weights. Solved by Nesterov's accelerated gradient (1983) with the step 1/L of FISTA (Beck and Teboulle
    2009).
    """
    plain = _unlearnt(stories, topics)
    values = _values(stories, plain)
    given = (values[:, :-1] @ weights(plain)).astype(np.float32)
    wanted = _wanted(stories, plain)
    shifts = _fit(values, given, wanted, _free(plain))
    enough = wanted.sum(axis=0) >= _FEWEST
    shifts[:, ~enough] = 0
    shifts[-1, ~enough] = Topic.START
    return replace(plain, topics=tuple(map(_learnt, plain.topics, shifts.T, repeat(plain))))


def _unlearnt(stories: Sequence[Article], topics: Topics) -> Topics:
    """The topics as the editor has them, with the words that are to be learnt weighing nothing yet."""
    bare = [replace(topic, corrections={}, words={}, start=0.0) for topic in topics.topics]
    found = telling_words(stories, replace(topics, topics=tuple(bare)))
    named = (replace(topic, words=dict.fromkeys(found[topic.label], 0.0)) for topic in bare)
    return replace(topics, topics=tuple(named))


def _learnt(topic: Topic, shifts: Matrix, topics: Topics) -> Topic:
    """A topic with its shifts in the editor's measure, the largest first.

    All of its words stay, also those of little weight: which words there are decides the length of a story's vector.
    """
    names, order = vocabulary(topics), np.argsort(-np.abs(shifts[:-1]), kind="stable")
    found = {names[row]: round(float(shifts[row]) / topics.steepness, 2) for row in order}
    listed = {*listed_terms(topics)}
    return replace(
        topic,
        start=round(float(shifts[-1]), 2),
        corrections={term: value for term, value in found.items() if term in listed and abs(value) >= _SMALLEST},
        words={word: value for word, value in found.items() if word in topic.words},
    )


def cross_validate(stories: Sequence[Article], topics: Topics) -> Mapping[str, Score]:
    """The score of each topic on stories that were not learnt from: every fifth is held back in turn."""
    scores = {topic.label: Score() for topic in topics.topics}
    for fold_number in range(_FOLDS):
        held = [story for number, story in enumerate(stories) if number % _FOLDS == fold_number]
        rest = [story for number, story in enumerate(stories) if number % _FOLDS != fold_number]
        learnt = learn(rest, topics)
        for label, score in judge(held, learnt).items():
            scores[label] += score
    return scores


def judge(stories: Iterable[Article], topics: Topics) -> Mapping[str, Score]:
    """The score of each topic, the stories' own topics being right."""
    scores = {topic.label: Score() for topic in topics.topics}
    for story in stories:
        given, wanted = set(find_topics(story, topics)), set(story.topics)
        for label in given | wanted:
            scores[label] += Score(label in given & wanted, label in given, label in wanted)
    return scores


def write_learnt(topics: Topics, path: Path, stories: int) -> None:
    """Writes what was learnt as the file that :meth:`Reference.load` reads.

    Raises:
        BaokuError: the file cannot be written.
    """
    lines = [
        f"# 由 baoku topics --train 从 {stories} 篇标好主题的报道学来，不要手改；改法见 topics.toml 开头。",
        "",
        "[start]",
    ]
    lines += [f"{_quoted(topic.label)} = {topic.start}" for topic in topics.topics]
    for topic in topics.topics:
        for name, learnt in (("corrections", topic.corrections), ("words", topic.words)):
            lines += ["", f"[{name}.{_quoted(topic.label)}]"]
            lines += [f"{_quoted(term)} = {value}" for term, value in learnt.items()]
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise BaokuError(f"写不了 {path}：{error.strerror} (cannot be written)") from None


def _quoted(key: str) -> str:
    """A key as TOML takes it: the escapes of a JSON string are TOML's too."""
    return json.dumps(key, ensure_ascii=False)


def _values(stories: Sequence[Article], topics: Topics) -> Matrix:
    """Stories in rows, terms in columns; the last column, always 1, stands for the start."""
    table = np.zeros((len(stories), len(vocabulary(topics)) + 1), np.float32)
    table[:, -1] = 1
    for row, story in enumerate(stories):
        for term, value in term_values(story, topics).items():
            table[row, term] = value
    return table


def _wanted(stories: Sequence[Article], topics: Topics) -> Matrix:
    return np.array([[topic.label in story.topics for topic in topics.topics] for story in stories], np.float32)


def _free(topics: Topics) -> Matrix:
    """1 where a weight may be learnt: that of a listed term without a rule, of a telling word, and the start (last)."""
    rules = [{fold(term) for term in topic.rules} for topic in topics.topics]
    listed = [[term not in held for held in rules] for term in listed_terms(topics)]
    added = [[word in topic.words for topic in topics.topics] for word in vocabulary(topics)[len(listed) :]]
    return np.array([*listed, *added, [True] * len(rules)], np.float32)


def _fit(values: Matrix, given: Matrix, wanted: Matrix, free: Matrix) -> Matrix:
    """The shifts of weights and start with the least penalised loss.

    ``given`` are the log-odds by the editor's word: stories in rows, topics in columns, as in ``wanted``; in ``free``
    and in the answer the columns of ``values`` are the rows.
    """
    used = np.flatnonzero(values.any(axis=0))
    shifts = np.zeros_like(free)
    values, free = values[:, used], free[used]
    penalty = np.full((len(free), 1), _PENALTY, np.float32)
    penalty[-1] = 0
    step = 1 / (_largest_eigenvalue(values) / 4 + _PENALTY)
    found = ahead = np.zeros_like(free)
    for number in range(_STEPS):
        error = 1 / (1 + np.exp(-given - values @ ahead)) - wanted
        before, found = found, ahead - step * free * (values.T @ error + penalty * ahead)
        ahead = found + number / (number + 3) * (found - before)
    shifts[used] = found
    return shifts


def _largest_eigenvalue(values: Matrix) -> float:
    """That of the scatter matrix, by power iteration; a little more, for a step that is safe."""
    vector, size = np.ones(values.shape[1], np.float32), 1.0
    for _ in range(_POWERS):
        vector = values.T @ (values @ vector)
        size = float(np.linalg.norm(vector))
        vector /= size
    return _MARGIN * size
