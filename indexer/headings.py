"""Short lines in running text: the subhead of a feature, or the headline of a story that lost its dateline.

A subhead stands in a signed feature, seldom alone, above text about the same matter; a headline stands
above other matter, or above text that somebody else has signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.affinity import Affinity
from indexer.page import Block, Label
from indexer.story import Story

_SAME_MATTER = 0.025
_SAME_MATTER_IN_NEWS = 0.045
"""A short news item, opened by a dateline, hardly ever has a subhead: it needs stronger proof."""


def split_at_headlines(stories: Sequence[Story]) -> list[Story]:
    """The stories, those that hold a headline among their subheads cut in two there."""
    affinity = Affinity([story.text for story in stories])
    parts: list[Story] = []
    for story in stories:
        parts.append(story)
        while Label.SUBHEAD in parts[-1].marks and (start := _headline(parts[-1], affinity)) is not None:
            above, below = parts.pop().split(start.first)
            parts += [above, with_raised_head(below)]
    return parts


def with_raised_head(story: Story) -> Story:
    """The story with a short line at the beginning of its text for its headline."""
    first = story.pieces[0] if story.pieces else None
    if first is None or first.label is not Label.SUBHEAD:
        return story
    raised = replace(first, label=Label.HEADLINE, why="其下是另一篇报道，是它的标题 (heads the story below)")
    return Story((raised if block is first else block for block in story.blocks), story.section)


def _headline(story: Story, affinity: Affinity) -> Block | None:
    """The first subhead that is a headline; None when all are subheads."""
    places = [i for i, piece in enumerate(story.pieces) if piece.label is Label.SUBHEAD]
    for number, start in enumerate(places):
        stop = places[number + 1] if number + 1 < len(places) else len(story.pieces)
        if start and _is_headline(story, start, stop, len(places), affinity):
            return story.pieces[start]
    return None


def _is_headline(story: Story, start: int, stop: int, subheads: int, affinity: Affinity) -> bool:
    part = story.pieces[start:stop]
    lines = {piece.last for piece in part}
    if len(story.bylines) > 1 and any(b.label is Label.SIGNOFF and b.last in lines for b in story.blocks):
        return True
    if subheads > 1:
        return False
    rest = [*story.heads, *story.pieces[:start], *story.pieces[stop:]]
    own = affinity.between(_text(part), _text(rest))
    return own < (_SAME_MATTER_IN_NEWS if Label.DATELINE in story.marks else _SAME_MATTER)


def _text(pieces: Iterable[Block]) -> str:
    return "\n".join(piece.text for piece in pieces)
