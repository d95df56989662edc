"""Blocks -> stories: a new story is opened where a headline, a dateline or a signature says so."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.assemble import assemble
from indexer.columns import reunite
from indexer.draft import Draft
from indexer.headings import split_at_headlines, with_raised_head
from indexer.page import Block, Label, Page
from indexer.prose import AFTERWORD
from indexer.story import Story
from search.text import fold

_STARTS_OTHER = (Label.HEADLINE, Label.COLUMN, Label.DATELINE, Label.LEAD, Label.CAPTION)


def segment(page: Page, blocks: Sequence[Block]) -> list[Draft]:
    """The stories of a page in order of their first line."""
    stories = reunite(split_at_headlines(_Cutter(blocks).stories()), page.others)
    stories.sort(key=lambda story: min(block.first for block in story.blocks))
    return assemble(page, stories, blocks)


class _Cutter:
    """Walks the blocks once and opens a new story where the evidence says so."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._done: list[Story] = []
        self._now = Story()
        self._section: str | None = None

    def stories(self) -> list[Story]:
        for position, block in enumerate(self._blocks):
            self._take(position, block)
        self._close()
        return self._done

    def _take(self, position: int, block: Block) -> None:
        match block.label:
            case Label.COLUMN:
                self._close()
                self._section = fold(block.text).strip("。.【】[] ")
            case Label.FURNITURE:
                pass
            case Label.HEADLINE:
                self._headline(position, block)
            case Label.BYLINE:
                self._byline(position, block)
            case Label.DATELINE | Label.LEAD:
                self._lead(block)
            case Label.PARAGRAPH:
                self._paragraph(block)
            case _:
                self._add(block)

    def _headline(self, position: int, block: Block) -> None:
        previous = self._blocks[position - 1].label if position else None
        if previous is not Label.HEADLINE or self._now.pieces:
            self._close()
        self._add(block)

    def _byline(self, position: int, block: Block) -> None:
        story = self._now
        if not story.pieces or story.is_signed(block.text):
            self._add(block)
        elif not self._closes_story(position):
            self._close()
            self._add(block)
        else:
            if story.bylines:
                self._split_above()
            self._add(block)

    def _closes_story(self, position: int) -> bool:
        """A byline below the text belongs to it when no running text follows."""
        below = (self._blocks[place].label for place in range(position + 1, len(self._blocks)))
        after = next((label for label in below if label is not Label.FURNITURE), None)
        return after is None or after in _STARTS_OTHER

    def _split_above(self) -> None:
        """A second byline means a second story: it begins at the last picture or short line above."""
        story = self._now
        marks = (*story.captions, *story.credits, *(b for b in story.pieces if b.label is Label.SUBHEAD))
        starts = [b.first for b in marks if b.first > story.pieces[0].first]
        if not starts:
            return
        last = max(starts)
        above, below = story.split(min(start for start in starts if start >= last - 4))
        self._done.append(above)
        self._now = with_raised_head(below)

    def _paragraph(self, block: Block) -> None:
        """Running text behind the signature of a notice or letter belongs to a story that lost its headline."""
        pieces = self._now.pieces
        if pieces and pieces[-1].label is Label.SIGNATURE and not AFTERWORD.match(block.text):
            self._close()
        self._add(block)

    def _lead(self, block: Block) -> None:
        if self._now.pieces and block.label is Label.DATELINE:
            self._close()
        last = self._now.blocks[-1] if self._now.blocks else None
        if block.label is Label.LEAD and self._now.pieces and (last is None or last.first != block.first):
            self._close()
        self._add(block)

    def _add(self, block: Block) -> None:
        if not self._now.blocks:
            self._now.section, self._section = self._section, None
        self._now.add(block)

    def _close(self) -> None:
        if self._now.blocks:
            self._done.append(self._now)
        self._now = Story()
