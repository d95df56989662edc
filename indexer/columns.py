"""Columns that interleave: the rest of a story that was printed below other stories goes back to its beginning.

Position alone proves nothing. A paragraph is moved only when its words are those of the unfinished story
rather than of the one that it stands in, or when the cut runs through a word.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.page import Label
from indexer.prose import HAN, ends_sentence
from indexer.story import Story
from search.text import fold, words

_CLEARLY = 1.6
_LEAST = 0.06
_CONTEXT = 8
_SENTENCE_START = re.compile(
    r"[“‘「\"'《（(—\d]|[一二三四五六七八九十首其]([是要来、]|先|次|中)|"
    r"据|在|为|近|日前|今|昨|去年|同时|此|该|随|目前|截至|活动|现场|当天|下一步|接下来|记者|平城区|大同|我[市区]|自|从|通过|经|针对|围绕|按照|根据|"
    r"由于|因|如果|虽|尽管|不仅|除|来自|与此|作为|对于|对|随着|面对|有了|每|当|一位|一名|多年|长期|眼下|走进|来到|说起|谈|这|那|他|她|他们|我们"
)


def reunite(stories: Sequence[Story]) -> list[Story]:
    """The stories with separated endings put back where the evidence says so, in order of their first line."""
    weights = _weights(stories)
    unfinished: list[Story] = []
    for story in stories:
        for start in _possible_starts(story):
            owner = _owner(story, start, unfinished, weights)
            if owner is not None:
                owner.append(story.split(story.pieces[start].first))
                unfinished = [other for other in unfinished if other.cut]
                break
        if story.cut:
            unfinished.append(story)
    return [story for story in stories if story.blocks]


def _possible_starts(story: Story) -> list[int]:
    """Where text of another story can begin: after a finished paragraph, at running text."""
    return [
        position
        for position in range(1, len(story.pieces))
        if story.pieces[position].label is Label.PARAGRAPH and ends_sentence(story.pieces[position - 1].text)
    ]


def _owner(story: Story, start: int, unfinished: Sequence[Story], weights: dict[str, float]) -> Story | None:
    tail = story.pieces[start].text
    here = "\n".join([*story.heads, *(piece.text for piece in story.pieces[:start])])
    stays = _affinity(tail, here, weights)
    scored = [(_affinity(tail, other.text, weights), other) for other in unfinished]
    if not scored:
        return None
    best, other = max(scored, key=lambda pair: pair[0])
    if _cut_through_word(other.pieces[-1].text, tail):
        return other if best > stays else None
    return other if best > max(_LEAST, stays * _CLEARLY) and not _SENTENCE_START.match(tail) else None


def _affinity(text: str, other: str, weights: dict[str, float]) -> float:
    """The cosine of the two texts' sets of character pairs, each pair weighted by its rarity on the page."""
    pairs, others = _pairs(text), _pairs(other)
    shared, left, right = (sum(weights[pair] ** 2 for pair in part) for part in (pairs & others, pairs, others))
    return shared / math.sqrt(left * right) if left and right else 0.0


def _weights(stories: Sequence[Story]) -> dict[str, float]:
    """The inverse story frequency of every character pair of the page."""
    counts = Counter(pair for story in stories for pair in _pairs(story.text))
    return {pair: math.log((len(stories) + 1) / count) for pair, count in counts.items()}


def _pairs(text: str) -> set[str]:
    bare = fold(text)
    return {a + b for a, b in pairwise(bare) if HAN.match(a) and HAN.match(b)}


def _cut_through_word(left: str, right: str) -> bool:
    """Whether a dictionary word of two or more characters stands across the cut."""
    before, after = fold(left)[-_CONTEXT:], fold(right)[:_CONTEXT]
    position = 0
    for word in words(before + after):
        position = (before + after).find(word, position)
        if position < len(before) < position + len(word):
            return True
        position += len(word)
    return False
