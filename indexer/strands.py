"""The strands of a page, and how likely they are: what speaks for a set of blocks being one story.

Weights are natural log odds. For every paragraph two things count: the junction with the text before it (does an
unfinished sentence go on, or a new one begin?), and whether its matter is that of the rest of its strand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from indexer.describe.credit import read_credit
from indexer.junction import meets, opening
from indexer.matter import Matter
from indexer.mentions import Mentions
from indexer.page import Block, Label
from indexer.prose import AFTERWORD, ends_sentence
from indexer.witness import Extraction, Witnesses

TELLING = frozenset({Label.HEADLINE, Label.LEAD, Label.PARAGRAPH, Label.SUBHEAD, Label.ITEM, Label.CAPTION})
"""The labels whose text says what a story is about."""

_HEADS = frozenset({Label.HEADLINE, Label.BYLINE})
_ENDS = frozenset({Label.SIGNATURE, Label.SIGNOFF})
_SIGNED = frozenset({Label.DATELINE, Label.BYLINE, Label.SIGNOFF})
_WRITTEN = frozenset({Label.DATELINE, Label.BYLINE})
BODY = frozenset({Label.LEAD, Label.PARAGRAPH, Label.ITEM})
STAYS, GOES_ON, JUMPS, RETURNS = 2.5, 2.5, -1.5, -3.5
"""A paragraph right below a finished sentence, an unfinished one; below others' text, likewise in reverse order."""
ORPHAN, BELOW_HEAD, HEAD_ALONE, PICTURE_ALONE, LEFT_OPEN = -4.0, 2.5, -8.0, -2.0, -2.5
"""A strand without a head, text below one, a head without text, one with a picture, a strand cut in a sentence."""
SUBHEAD_IN_NEWS, NEW_HEAD = -4.0, -5.0
"""A subhead in a short news item, which hardly ever has one; a subhead that heads a story of its own."""
SIGNED, PICTURED, ANNOUNCED = -8.0, -1.0, 2.5
"""Text that is signed already or by somebody else, right above the credit of a picture, below a colon."""
SHORT, _SHORT = -2.5, 12
WITHIN = 3.0
"""A piece of a paragraph right below the piece above it."""
NAMED = 4.0
"""Text that names somebody whom the strand names."""
OTHER_WIDTH = -3.0
"""Text in a column of another width."""
_SAME_WIDTH = 1.5


class Weights:
    """Weighs strands of the page's blocks; a strand is the ascending numbers of its blocks.

    ``paragraphs`` numbers for each block the paragraph that it is a piece of; ``others`` are other extractions of the
    page.
    """

    def __init__(
        self, blocks: Sequence[Block], paragraphs: Sequence[int] = (), others: Sequence[Extraction] = ()
    ) -> None:
        self._blocks = blocks
        self._paragraphs = paragraphs or range(len(blocks))
        self.others = others
        self._witnesses = Witnesses(others, blocks)
        self._labels = [*(block.label for block in blocks), None]
        self._telling = [label in TELLING for label in self._labels]
        self._in_body = [label in BODY for label in self._labels]
        self._ends = [number for number, label in enumerate(self._labels) if label in _ENDS]
        self._datelines = {number for number, label in enumerate(self._labels) if label is Label.DATELINE}
        self._subheads = {number for number, label in enumerate(self._labels) if label is Label.SUBHEAD}
        self._pictured = [label is Label.CREDIT for label in self._labels[1:]]
        self._announces = [block.text[-1] in "：:" for block in blocks]
        self._narrow = any(block.measure for block in blocks)
        self._open = [self._breaks_off(number) for number in range(len(blocks))]
        self._begins: dict[int, float] = {}
        self._joints: dict[tuple[int, int], float] = {}
        self._strands: dict[tuple[int, ...], float] = {}

    @cached_property
    def _texts(self) -> list[str]:
        return [block.text if block.label in TELLING else "" for block in self._blocks]

    @cached_property
    def _matter(self) -> Matter:
        return Matter(self._texts)

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._texts)

    def about(self, number: int, texts: Sequence[int]) -> float:
        """Whether a block's matter is that of others, and its people theirs."""
        return self._matter.odds(number, texts) + NAMED * self._mentions.share(number, texts)

    def joint(self, left: int, right: int) -> float:
        """Whether a block goes on with the sentence that another leaves unfinished."""
        if (left, right) not in self._joints:
            cut = meets(self._blocks[left].text, self._blocks[right].text)
            self._joints[left, right] = cut - self.begins(right)
        return self._joints[left, right]

    def witnessed(self, above: int, text: int, number: int) -> float:
        """Whether a block follows the last block or the last text of a strand in other extractions of the page."""
        return max(self._witnesses.odds(above, number), self._witnesses.odds(text, number))

    def doubted(self, number: int) -> bool:
        """Whether other extractions show a block below another one than here."""
        return self._witnesses.doubts(number)

    def begins(self, number: int) -> float:
        """Whether a block begins as a paragraph does."""
        if number not in self._begins:
            text = self._blocks[number].text
            # A paragraph of a few characters is the end of a sentence whose beginning stands elsewhere.
            self._begins[number] = opening(text) + (SHORT if len(text) <= _SHORT and text[-1] in "。." else 0.0)
        return self._begins[number]

    def begins_below(self, number: int) -> float:
        """What the beginning of a block says for its standing below a finished sentence: half of what it says in all.

        The other half speaks against its going on with an unfinished one.
        """
        return 0.5 * self.begins(number)

    def same_column(self, left: int, right: int) -> float:
        """Whether two blocks were set in columns of one width, where both fill narrow ones."""
        if not self._narrow:
            return 0.0
        widths = self._blocks[left].measure, self._blocks[right].measure
        return OTHER_WIDTH if all(widths) and abs(widths[0] - widths[1]) > _SAME_WIDTH else 0.0

    def set_off(self, own: Sequence[int], above: int, number: int) -> float:
        """Whether a paragraph stands by itself: below a signature, or as the text of a picture above its credit.

        Below a colon, as that of a salutation, or below a byline it does the less.
        """
        if number == above + 1 and self._paragraphs[number] == self._paragraphs[above]:
            return WITHIN
        weight = 0.0
        if self._pictured[number] and not self._open[above]:
            weight += PICTURED
        if number == above + 1:
            weight += ANNOUNCED if self._announces[above] else 0.0
        elif self._labels[number - 1] in _HEADS and number - 1 in own:
            weight += BELOW_HEAD
        if self._ends and (self._is_signed(own, above, number) or self._is_signed_by_another(own, number)):
            weight += SIGNED
        return weight

    def _is_signed(self, own: Sequence[int], above: int, number: int) -> bool:
        """Whether a signature of the strand stands between two of its blocks, and no remark of the paper below it."""
        signatures = any(above < end < number and end in own for end in self._ends)
        return signatures and not AFTERWORD.match(self._blocks[number].text)

    def _is_signed_by_another(self, own: Sequence[int], number: int) -> bool:
        """Whether a block ends with the name of a writer who is none of those whom the strand names above."""
        if self._labels[number + 1] is not Label.SIGNOFF:
            return False
        return self.signed_apart([i for i in own if i < number], [number + 1])

    def signed_apart(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether blocks are signed, and others by nobody who has signed these."""
        first, second = self.writers(some), self.writers(others)
        return bool(first and second) and first.isdisjoint(second)

    def writers(self, own: Iterable[int]) -> set[str]:
        """The people who have signed blocks."""
        credits = (read_credit(self._blocks[i].text) for i in own if self._labels[i] in _SIGNED)
        return {person.name for credit in credits if credit for person in credit.people}

    def open_end(self, number: int) -> bool:
        """Whether a block of prose breaks off in a sentence; a credit in the same line ends it."""
        return self._open[number]

    def _breaks_off(self, number: int) -> bool:
        block, below = self._blocks[number], self._labels[number + 1]
        if block.label not in (Label.LEAD, Label.PARAGRAPH) or ends_sentence(block.text):
            return False
        return not (below in (Label.SIGNOFF, Label.CREDIT) and self._blocks[number + 1].first == block.first)

    def strand(self, own: tuple[int, ...]) -> float:
        """The log odds of a strand."""
        if own not in self._strands:
            self._strands[own] = self._weigh(own)
        return self._strands[own]

    def _weigh(self, own: tuple[int, ...]) -> float:
        texts = [number for number in own if self._telling[number]]
        body = [number for number in texts if self._in_body[number]]
        if not body:
            return self.without_text(own) if texts else 0.0
        total = self._start(own, body[0]) + (LEFT_OPEN if self._open[body[-1]] else 0.0)
        if not (self._datelines.isdisjoint(own) or self._subheads.isdisjoint(own)):
            total += SUBHEAD_IN_NEWS
        total += self._matter.unity(frozenset(body), texts)
        total += NAMED * sum([self._mentions.share(number, texts) for number in body])
        return total + sum([self.below(own, *pair) for pair in pairwise(body)])

    def without_text(self, own: Sequence[int]) -> float:
        """The weight of a strand without text: a headline needs some, unless it stands, unsigned, above a picture."""
        labels = {self._labels[number] for number in own}
        if Label.CAPTION in labels and _WRITTEN.isdisjoint(labels):
            return PICTURE_ALONE
        return HEAD_ALONE if labels else 0.0

    def _start(self, own: tuple[int, ...], first: int) -> float:
        if self._blocks[first].label is not Label.PARAGRAPH:
            return BELOW_HEAD
        if self._blocks[own[0]].label is Label.SUBHEAD:
            return BELOW_HEAD + NEW_HEAD + min(0.0, self.begins(first))
        headed = own[0] != first
        return BELOW_HEAD + min(0.0, self.begins(first)) if headed else self.orphan(first)

    def orphan(self, number: int) -> float:
        """The weight of a strand that begins with a paragraph; the text of a picture needs no head."""
        return 0.0 if self._pictured[number] else ORPHAN

    def below(self, own: Sequence[int], above: int, number: int) -> float:
        """The weight of a block of a strand standing below another block of it."""
        if self._blocks[number].label is not Label.PARAGRAPH:
            return 0.0
        beside = number == above + 1 or own.index(number) - own.index(above) == number - above
        column = self.same_column(above, number) + self.set_off(own, above, number)
        column += self.witnessed(own[own.index(number) - 1], above, number)
        if self._open[above]:
            return (GOES_ON if beside else JUMPS) + self.joint(above, number) + column
        return (STAYS if beside else RETURNS) + self.begins_below(number) + column
