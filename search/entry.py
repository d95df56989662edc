"""An article as the archive keeps it, with the marks by which the indexer finds it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.article import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to be stored.

    The archive keeps the other values without looking into them: ``origin`` names where the article came
    from, ``fingerprint`` tells the state in which that origin was read, ``sketch`` holds the
    fingerprints (unsigned 64 bit, ascending) by which near-duplicates are found.
    """

    article: Article
    origin: str = ""
    fingerprint: str = ""
    sketch: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What the archive tells of a stored article without reading its text.

    ``days`` are its first and last day as ordinals, none where the date is unknown; ``completed`` says that another
    version completes it.
    """

    id: str
    digest: str
    origin: str
    fingerprint: str
    file: str
    duplicate_of: str | None
    days: Sequence[int]
    completed: bool
    sketch: Sequence[int]
