"""Columns that interleave: the rest of a story that was printed below other stories goes back to its beginning.

Position alone proves nothing. A paragraph is moved only when its words are those of the unfinished story
rather than of the one that it stands in, or when the cut runs through a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.affinity import Affinity
from indexer.page import Label
from indexer.prose import ends_sentence
from indexer.story import Story
from search.text import fold, words

_CLEARLY = 1.6
_SURELY = 4.0
_LEAST = 0.018
_CONTEXT = 8
_PRINTED = 500
_SENTENCE_START = re.compile(
    r"[“‘「\"'《（(—\d]|[一二三四五六七八九十首其]([是要来、]|先|次|中)|"
    r"据|在|为|近|日前|今|昨|去年|同时|此|该|随|目前|截至|活动|现场|当天|下一步|接下来|记者|平城区|大同|我[市区]|自|从|通过|经|针对|围绕|按照|根据|"
    r"由于|因|如果|虽|尽管|不仅|除|来自|与此|作为|对于|对|随着|面对|有了|每|当|一位|一名|多年|长期|眼下|走进|来到|说起|谈|这|那|他|她|他们|我们"
)


def reunite(stories: Sequence[Story]) -> list[Story]:
    """The stories with separated endings put back where the evidence says so, in order of their first line.

    A file with more paragraphs than a page of print can hold stays as it is: it shows no columns side by side.
    """
    if sum(len(story.pieces) for story in stories) > _PRINTED:
        return list(stories)
    affinity = Affinity([story.text for story in stories])
    unfinished: list[Story] = []
    for story in stories:
        for start in _possible_starts(story) if unfinished else ():
            owner = _owner(story, start, unfinished, affinity)
            if owner is not None:
                owner.append(story.split(story.pieces[start].first))
                unfinished = [other for other in unfinished if other.cut]
                break
        if story.cut:
            unfinished.append(story)
    return list(stories)


def _possible_starts(story: Story) -> list[int]:
    """Where text of another story can begin: after a finished paragraph, at running text."""
    return [
        position
        for position in range(1, len(story.pieces))
        if story.pieces[position].label is Label.PARAGRAPH and ends_sentence(story.pieces[position - 1].text)
    ]


def _owner(story: Story, start: int, unfinished: Sequence[Story], affinity: Affinity) -> Story | None:
    tail = "\n".join(piece.text for piece in story.pieces[start:])
    here = "\n".join([*story.heads, *(piece.text for piece in story.pieces[:start])])
    stays = affinity.between(tail, here)
    scored = [(affinity.between(tail, other.text), other) for other in unfinished]
    best, other = max(scored, key=lambda pair: pair[0])
    if _cut_through_word(other.pieces[-1].text, tail):
        return other if best > stays else None
    needed = stays * (_SURELY if _SENTENCE_START.match(tail) else _CLEARLY)
    return other if best > max(_LEAST, needed) else None


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
