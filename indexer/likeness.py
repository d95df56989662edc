"""Whether two articles are extractions of one printed story, told from how their texts lie against each other.

Two extractions have the same letters but for slips and for what one of them has lost, at an end or at a break. Two
stories with a set phrase, a form or a subject in common are alike in pieces with other words between them, and two
notices of one form differ in their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

import numpy as np

from search.align import Block, align, gap
from search.article import Article
from search.letters import SHINGLE, Codes, Hashes, as_text, letter_codes, shingles

OVERLAP = 20
"""Letters that must be the same where the end of one version is the beginning of the other."""
ENOUGH = 60
"""Letters in common from which a text is known again within a longer one."""
COVERED = 0.8
"""The share of the shorter text that the other has, in whatever order, when hardly anything of it was lost."""

_CLEAN = 0.6
"""The share that is enough where there is hardly a break and the headlines agree."""
_SLACK = (3, 12)
"""Letters that may be misread or astray at either end of what is common: of little, of ENOUGH."""
_PER_BREAK = 70
"""Letters in common for each place where a text has three letters or more of its own; of ENOUGH, one more is free."""
_PER_OTHER = 25
"""Letters in common for each letter in whose place the other text has a word of its own; a number counts for two."""
_OTHER_NUMBERS = 0.25
"""The share of all numbers that must differ before two stories are told apart by them; of notices one tells."""
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十")
_NUMBER = re.compile(f"[{''.join(sorted(_NUMERALS))}]+")
_FORMS = ("notice", "list")
_HEADLINE = 8
"""Letters from which a headline is one story's own."""


class Verdict(Enum):
    """What two texts tell of their stories."""

    SAME = "the texts alone tell that they are versions"
    LIKELY = "they are versions if they come from one printed page"
    OTHER = "nothing tells that they are versions"
    APART = "they have much in common and are different stories"


@dataclass(frozen=True)
class Reading:
    """An article with what is needed to lay it against others."""

    article: Article

    @cached_property
    def codes(self) -> Codes:
        return letter_codes(text_of(self.article))

    @cached_property
    def text(self) -> str:
        return as_text(self.codes)

    @cached_property
    def shingles(self) -> Hashes:
        return shingles(self.codes)

    @cached_property
    def vocabulary(self) -> Hashes:
        """The shingles, each once, ascending."""
        return np.unique(self.shingles)

    @cached_property
    def headline(self) -> str:
        """The letters of kicker, title and subtitle."""
        article = self.article
        return as_text(letter_codes(f"{article.kicker or ''}{article.title or ''}{article.subtitle or ''}"))


@dataclass(frozen=True)
class Likeness:
    """How the texts of two articles lie against each other."""

    left: Reading
    right: Reading

    @cached_property
    def blocks(self) -> Sequence[Block]:
        return align(self.left.codes, self.right.codes)

    @cached_property
    def common(self) -> int:
        """The number of letters that both have in one order."""
        return sum(block.size for block in self.blocks)

    @cached_property
    def covered(self) -> float:
        """The share of the shorter text that the other has, in whatever order."""
        one, other = sorted((self.left, self.right), key=lambda reading: len(reading.codes))
        return covered(one.shingles, other.vocabulary) / max(1, len(one.codes))

    @property
    def verdict(self) -> Verdict:
        """Whether the two are versions of one story."""
        if self._known and not self._broken(0) and not self._other_numbers:
            return Verdict.SAME
        if self._one_headline or (self._probable and not self._broken(1) and not self._other_numbers):
            return Verdict.LIKELY
        return Verdict.APART if self.covered >= _CLEAN else Verdict.OTHER

    @property
    def headlines_agree(self) -> bool:
        """Whether one has no headline, or half of its characters stand in the other's."""
        one, other = set(self.left.headline), set(self.right.headline)
        return len(one & other) >= min(len(one), len(other)) / 2

    @property
    def _known(self) -> bool:
        """Whether enough is common, and lies so that the rest can have been lost."""
        if self.common < ENOUGH:
            # A short text that another one has whole is a caption or a set phrase; one that goes on is a half.
            part = self.common < COVERED * min(len(self.left.codes), len(self.right.codes))
            return part and bool(self.blocks) and self._joined
        clean = self._breaks <= self.common / (2 * _PER_BREAK) and self.headlines_agree
        return self.covered >= (_CLEAN if clean else COVERED) or self._joined

    @property
    def _probable(self) -> bool:
        """Whether enough is common for two stories of one printed page."""
        if self.common >= OVERLAP and self.covered >= _CLEAN and self.headlines_agree:
            return True
        return self._known or self.common >= COVERED * max(len(self.left.codes), len(self.right.codes))

    @property
    def _joined(self) -> bool:
        """Whether all is common between the ends, beyond which either text may lack what the other has.

        So lie two halves of a story that overlap. Their headlines must not contradict that.
        """
        first, last = self.blocks[0], self.blocks[-1]
        before = min(first.a, first.b)
        after = min(len(self.left.codes) - last.a - last.size, len(self.right.codes) - last.b - last.size)
        span = min(last.a + last.size - first.a, last.b + last.size - first.b)
        near = max(before, after) <= _SLACK[self.common >= ENOUGH]
        return near and self.common >= max(OVERLAP, COVERED * span) and self.headlines_agree

    @property
    def _one_headline(self) -> bool:
        """Whether both have the same headline, and one of them is cut."""
        cut = not (self.left.article.complete and self.right.article.complete)
        return cut and len(self.left.headline) >= _HEADLINE and self.left.headline == self.right.headline

    @cached_property
    def _gaps(self) -> Sequence[tuple[int, int]]:
        return [gap(left, right) for left, right in pairwise(self.blocks)]

    @property
    def _breaks(self) -> int:
        """The number of places where a text has three letters or more of its own."""
        return sum(max(own) >= 3 for own in self._gaps)

    def _broken(self, free: int) -> bool:
        """Whether there are more breaks or other words than slips and lost passages explain."""
        other = sum(map(self._other_words, self.blocks, self.blocks[1:])) + 2 * self._numbers
        breaks = free + (self.common >= ENOUGH) + self.common / _PER_BREAK
        return self._breaks > breaks or other > 2 * free + self.common / _PER_OTHER

    def _other_words(self, left: Block, right: Block) -> int:
        """How many letters of a gap are other words on both sides; what stands elsewhere in the other text moved."""
        own = gap(left, right)
        if min(own) < SHINGLE:
            return min(own) if min(own) >= 2 else 0
        one = shingles(self.left.codes[right.a - own[0] : right.a])
        other = shingles(self.right.codes[right.b - own[1] : right.b])
        return min(own[0] - covered(one, self.right.vocabulary), own[1] - covered(other, self.left.vocabulary))

    @cached_property
    def _numbers(self) -> int:
        """The number of gaps that hold other numbers."""
        return sum(map(self._is_number, self.blocks, self.blocks[1:]))

    def _is_number(self, left: Block, right: Block) -> bool:
        """Whether either text has numerals of its own in a gap, or one has digits that the other lacks."""
        one = self.left.text[left.a + left.size : right.a]
        other = self.right.text[left.b + left.size : right.b]
        if one and other:
            return _NUMERALS.issuperset(one + other)
        return (one + other).isdecimal()

    @property
    def _other_numbers(self) -> bool:
        """Whether the differences are those between two notices of one form."""
        if self.left.article.kind in _FORMS and self.right.article.kind in _FORMS:
            return self._numbers > 0
        if self._numbers <= 1:
            return False
        numbers = min(len(_NUMBER.findall(reading.text)) for reading in (self.left, self.right))
        return self._numbers > numbers * _OTHER_NUMBERS


def text_of(article: Article) -> str:
    """What is compared: the body, or the captions of a story that is nothing else."""
    return article.body or "\n".join(article.captions)


def covered(part: Hashes, vocabulary: Hashes) -> int:
    """How many letters of a text stand in shingles of another one's vocabulary."""
    if not part.size or not vocabulary.size:
        return 0
    places = np.minimum(np.searchsorted(vocabulary, part), len(vocabulary) - 1)
    return int(np.count_nonzero(np.convolve(vocabulary[places] == part, np.ones(SHINGLE, dtype=np.int8))))
