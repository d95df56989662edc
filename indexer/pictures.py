"""Pictures between two stories: a caption belongs to the story whose matter it shows."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.story import Story


def settle_pictures(stories: Sequence[Story]) -> list[Story]:
    return list(stories)
