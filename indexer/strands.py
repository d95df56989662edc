"""The strands of a page, and how likely they are: what speaks for a set of blocks being one story.

Weights are natural log odds. For every paragraph two things count: the junction with the text before it (does an
unfinished sentence go on, or a new one begin?), and whether its matter is that of the rest of its strand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from indexer.junction import continues, opening
from indexer.matter import Matter
from indexer.page import Block, Label
from indexer.prose import ends_sentence

TELLING = (Label.HEADLINE, Label.LEAD, Label.PARAGRAPH, Label.SUBHEAD, Label.ITEM, Label.CAPTION)
"""The labels whose text says what a story is about."""

STAYS, GOES_ON, JUMPS, RETURNS = 2.5, 2.5, -1.5, -3.5
"""A paragraph right below a finished sentence, an unfinished one; below others' text, likewise in reverse order."""
ORPHAN, BELOW_HEAD, HEAD_ALONE, LEFT_OPEN = -4.0, 4.0, -8.0, -2.5
"""A strand without a head, text below one, a head without text, a strand that breaks off in a sentence."""


class Weights:
    """Weighs strands of the page's blocks; a strand is the ascending numbers of its blocks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._joints: dict[tuple[int, int], float] = {}
        self._strands: dict[tuple[int, ...], float] = {}

    @cached_property
    def _matter(self) -> Matter:
        return Matter([block.text if block.label in TELLING else "" for block in self._blocks])

    def about(self, number: int, texts: Sequence[int]) -> float:
        """Whether a block's matter is that of others."""
        return self._matter.odds(number, texts)

    def joint(self, left: int, right: int) -> float:
        """Whether a block goes on with the sentence that another leaves unfinished."""
        if (left, right) not in self._joints:
            self._joints[left, right] = continues(self._blocks[left].text, self._blocks[right].text)
        return self._joints[left, right]

    def begins(self, number: int) -> float:
        """Whether a block begins as a paragraph does."""
        return opening(self._blocks[number].text)

    def open_end(self, number: int) -> bool:
        """Whether a block of prose breaks off in a sentence; a credit in the same line ends it."""
        block = self._blocks[number]
        if block.label not in (Label.LEAD, Label.PARAGRAPH) or ends_sentence(block.text):
            return False
        below = self._blocks[number + 1] if number + 1 < len(self._blocks) else None
        closed = below is not None and below.first == block.first and below.label in (Label.SIGNOFF, Label.CREDIT)
        return not closed

    def strand(self, own: tuple[int, ...]) -> float:
        """The log odds of a strand."""
        if own not in self._strands:
            self._strands[own] = self._weigh(own)
        return self._strands[own]

    def _weigh(self, own: tuple[int, ...]) -> float:
        texts = [number for number in own if self._blocks[number].label in TELLING]
        body = [number for number in texts if self._blocks[number].label not in (Label.HEADLINE, Label.CAPTION)]
        if not body:
            return HEAD_ALONE if texts else 0.0
        total = self._start(own, body[0]) + (LEFT_OPEN if self.open_end(body[-1]) else 0.0)
        total += sum(self.about(number, [other for other in texts if other != number]) for number in body)
        return total + sum(self.below(own, *pair) for pair in zip(body, body[1:], strict=False))

    def _start(self, own: tuple[int, ...], first: int) -> float:
        if self._blocks[first].label is not Label.PARAGRAPH:
            return BELOW_HEAD
        headed = own[0] != first
        return (BELOW_HEAD if headed else ORPHAN) + min(0.0, self.begins(first))

    def below(self, own: tuple[int, ...], above: int, number: int) -> float:
        """The weight of a block of a strand standing below another block of it."""
        if self._blocks[number].label is not Label.PARAGRAPH:
            return 0.0
        beside = own.index(number) - own.index(above) == number - above
        if self.open_end(above):
            return (GOES_ON if beside else JUMPS) + self.joint(above, number)
        return (STAYS if beside else RETURNS) + self.begins(number)
