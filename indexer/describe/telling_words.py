"""Words that tell a topic though no editor has listed them: found in labelled stories by their association."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from indexer.describe.reference import Topics
from indexer.describe.topics import heading_and_text, listed_terms
from search.article import Article
from search.words import words

_FEWEST = 3
"""Stories that a word must stand in."""
_ASSOCIATED = 2.0
"""Standard deviations between how often word and topic meet and how often they would by chance."""
Matrix = NDArray[np.float32]
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def telling_words(stories: Sequence[Article], topics: Topics) -> Mapping[str, list[str]]:
    """The words, jieba's, of Chinese characters only, that stand with or without each topic more than by chance.

    What an editor has listed or barred is not among them.
    """
    found = [_words_of(story) for story in stories]
    barred = {*listed_terms(topics), *topics.ignored_words}
    counts = Counter(word for each in found for word in each if word not in barred)
    frequent = sorted(word for word, count in counts.items() if count >= _FEWEST)
    number = {word: row for row, word in enumerate(frequent)}
    stands = np.zeros((len(stories), len(frequent)), np.float32)
    for row, each in enumerate(found):
        stands[row, [number[word] for word in each if word in number]] = 1
    told = np.array([[topic.label in story.topics for topic in topics.topics] for story in stories], np.float32)
    telling = np.abs(_association(stands, told)) > _ASSOCIATED
    return {topic.label: list(compress(frequent, telling[:, at])) for at, topic in enumerate(topics.topics)}


def _association(stands: Matrix, told: Matrix) -> Matrix:
    """In standard deviations, how much oftener each word and topic meet than independence would give.

    The signed root of Pearson's chi-square of their two-by-two table: words in rows, topics in columns.
    """
    stories = len(stands)
    word_share, topic_share = stands.mean(axis=0)[:, None], told.mean(axis=0)[None]
    chance = stories * word_share * topic_share
    spread = np.sqrt(chance * (1 - word_share) * (1 - topic_share))
    surplus = stands.T @ told - chance
    found: Matrix = np.divide(surplus, spread, out=np.zeros_like(surplus), where=spread > 0)
    return found


def _words_of(story: Article) -> set[str]:
    return {word for part in heading_and_text(story) for word in words(part) if _WORD.fullmatch(word)}
