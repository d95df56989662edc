"""A story while it is being put together from the blocks of its page."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.describe.bylines import tail_byline, tail_credit
from indexer.page import Block, Label
from indexer.prose import ends_sentence


@dataclass
class Story:
    """A story while it is being put together. ``pieces`` are body blocks in order: paragraphs and subheads."""

    blocks: list[Block] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    pieces: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    credits: list[Block] = field(default_factory=list)
    section: str | None = None

    @property
    def cut(self) -> bool:
        """Whether the running text breaks off in an unfinished sentence; verse and lists have no full stop."""
        prose = [piece for piece in self.pieces if piece.label is not Label.SIGNATURE]
        if not prose or prose[-1].label is Label.ITEM:
            return False
        last = prose[-1].text
        return not ends_sentence(last) and not tail_byline(last) and not tail_credit(last)

    @property
    def text(self) -> str:
        return "\n".join([*self.heads, *(piece.text for piece in self.pieces)])

    def split(self, line: int) -> Story:
        """Everything from that line on, taken out of this story into a new one."""
        rest = Story()
        for name in ("blocks", "pieces", "captions", "credits"):
            part: list[Block] = getattr(self, name)
            setattr(rest, name, [block for block in part if block.first >= line])
            setattr(self, name, [block for block in part if block.first < line])
        return rest

    def append(self, rest: Story) -> None:
        """The blocks of another story go behind this one's own."""
        for name in ("blocks", "pieces", "captions", "credits"):
            getattr(self, name).extend(getattr(rest, name))
