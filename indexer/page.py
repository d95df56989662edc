"""The raw material: a page of numbered lines, and the blocks that the layout stage makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from search.article import UNDATED, PublicationDate

if TYPE_CHECKING:
    from indexer.witness import Extraction


@dataclass(frozen=True, slots=True)
class Page:
    """One extracted page: its decoded lines and what the manifest, path or masthead say of it.

    ``lines[0]`` is line 1. ``file`` is the name shown to readers, relative to the folder that was given.
    ``date_evidence`` holds the printed words by which ``date`` was inferred, ``others`` are other extractions of the
    same page.
    """

    file: str
    lines: Sequence[str]
    date: PublicationDate = UNDATED
    number: str | None = None
    name: str | None = None
    newspaper: str | None = None
    date_evidence: tuple[str, ...] = ()
    others: tuple[Extraction, ...] = ()


class Label(StrEnum):
    """What a block of lines is on the page.

    A dateline (本报讯 and the names behind it) opens the lead, a sign-off ends a paragraph; a byline is a whole line.
    """

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    SIGNOFF = "sign-off"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    ITEM = "item"
    SIGNATURE = "signature"
    CAPTION = "caption"
    CREDIT = "credit"
    COLUMN = "column"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines that belong together, their label, and the reason for it in words.

    ``first`` and ``last`` are 1-based inclusive line numbers; ``text`` is the lines joined. A line that holds two
    things, such as a dateline and the lead, gives two blocks. ``measure`` is the width in Chinese characters of the
    narrow column that it fills, 0 for any other block; ``breaks`` are the places in the text where its second and
    further lines begin.
    """

    first: int
    last: int
    text: str
    label: Label
    why: str
    measure: float = 0.0
    breaks: tuple[int, ...] = ()
