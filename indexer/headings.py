"""Short lines in running text: the subhead of a feature, or the headline of a story that lost its dateline.

A subhead stands in a signed feature, seldom alone, above text about the same matter; a headline stands
above other matter, or above text that somebody else has signed.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.affinity import Affinity
from indexer.describe.bylines import tail_byline
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
        while (start := _headline(parts[-1], affinity)) is not None:
            parts.append(_cut_at(parts[-1], start))
    return parts


def _headline(story: Story, affinity: Affinity) -> int | None:
    """The position of the first subhead that is a headline; None when all are subheads."""
    positions = [i for i, piece in enumerate(story.pieces) if piece.label is Label.SUBHEAD]
    for number, start in enumerate(positions):
        stop = positions[number + 1] if number + 1 < len(positions) else len(story.pieces)
        if start and _is_headline(story, start, stop, len(positions), affinity):
            return start
    return None


def _is_headline(story: Story, start: int, stop: int, subheads: int, affinity: Affinity) -> bool:
    part = story.pieces[start:stop]
    if story.bylines and any(tail_byline(piece.text) for piece in part):
        return True
    if subheads > 1:
        return False
    rest = [*story.pieces[:start], *story.pieces[stop:]]
    own = affinity.between(_text(part), "\n".join([*story.heads, _text(rest)]))
    is_news = any(piece.label is Label.LEAD for piece in story.pieces)
    return own < (_SAME_MATTER_IN_NEWS if is_news else _SAME_MATTER)


def _text(pieces: Sequence[Block]) -> str:
    return "\n".join(piece.text for piece in pieces)


def _cut_at(story: Story, start: int) -> Story:
    rest = story.split(story.pieces[start].first)
    rest.raise_head()
    return rest
