"""A story while it is being put together from the blocks of its page."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.page import Block, Label
from indexer.prose import ends_sentence
from search.text import fold

_SIGNED = (Label.DATELINE, Label.BYLINE, Label.SIGNOFF)
_PIECES = (Label.LEAD, Label.PARAGRAPH, Label.SUBHEAD, Label.ITEM, Label.SIGNATURE)
PROSE = (Label.LEAD, Label.PARAGRAPH)


class Story:
    """The blocks of one story in the order in which they were found to belong to it, and its parts.

    ``heads`` are the headline blocks, ``pieces`` those of the body (text and subheads), ``bylines`` maps folded
    bylines to printed ones; ``marks`` are the labels that it has.
    """

    def __init__(self, blocks: Iterable[Block] = (), section: str | None = None) -> None:
        self.section = section
        self.blocks: list[Block] = []
        self.heads: list[Block] = []
        self.pieces: list[Block] = []
        self.captions: list[Block] = []
        self.credits: list[Block] = []
        self.bylines: dict[str, str] = {}
        self.marks: set[Label] = set()
        for block in blocks:
            self.add(block)

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.marks.add(block.label)
        if block.label in _PIECES:
            self.pieces.append(block)
        elif block.label is Label.HEADLINE:
            self.heads.append(block)
        elif block.label in _SIGNED:
            self.bylines.setdefault(fold(block.text), block.text)
        elif block.label is Label.CAPTION:
            self.captions.append(block)
        elif block.label is Label.CREDIT:
            self.credits.append(block)

    @property
    def tail(self) -> str | None:
        """The last paragraph when it breaks off in an unfinished sentence; verse and lists have no full stop."""
        closed = 0
        for block in reversed(self.blocks):
            if block.label in (Label.SIGNOFF, Label.CREDIT):
                closed = block.last
            elif block.label in _PIECES and block.label is not Label.SIGNATURE:
                open_ended = block.label is not Label.ITEM and closed != block.last and not ends_sentence(block.text)
                return block.text if open_ended else None
        return None

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in (*self.heads, *self.pieces))

    def is_signed(self, byline: str) -> bool:
        """Whether the story has this byline already."""
        return fold(byline) in self.bylines

    def split(self, line: int) -> tuple[Story, Story]:
        """The blocks above a line and those from it on, as two stories."""
        above = Story((block for block in self.blocks if block.first < line), self.section)
        return above, Story(block for block in self.blocks if block.first >= line)
