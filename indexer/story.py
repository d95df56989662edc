"""A story while it is being put together from the blocks of its page."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.describe.bylines import tail_byline, tail_credit
from indexer.page import Block, Label
from indexer.prose import ends_sentence
from search.text import fold


@dataclass
class Story:
    """A story while it is being put together.

    ``pieces`` are body blocks in order, paragraphs and subheads; ``bylines`` maps folded bylines to printed ones.
    """

    blocks: list[Block] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    bylines: dict[str, str] = field(default_factory=dict)
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

    def is_signed(self, byline: str) -> bool:
        """Whether the story has this byline already."""
        return fold(byline) in self.bylines

    def sign(self, byline: str) -> None:
        """Notes a byline; one that is printed again counts once."""
        self.bylines.setdefault(fold(byline), byline)

    def split(self, line: int) -> Story:
        """Everything from that line on, taken out of this story into a new one."""
        rest = Story()
        for name in ("blocks", "pieces", "captions", "credits"):
            part: list[Block] = getattr(self, name)
            setattr(rest, name, [block for block in part if block.first >= line])
            setattr(self, name, [block for block in part if block.first < line])
        return rest

    def raise_head(self) -> None:
        """A short line at the beginning of the text is the headline."""
        if self.pieces and self.pieces[0].label is Label.SUBHEAD:
            self.heads.append(self.pieces.pop(0).text)

    def append(self, rest: Story) -> None:
        """The blocks of another story go behind this one's own."""
        for name in ("blocks", "pieces", "captions", "credits"):
            getattr(self, name).extend(getattr(rest, name))
