"""Whether two articles are extractions of one printed story, told from how their texts lie against each other.

Two extractions have the same letters but for slips and for what one of them has lost, at an end or at a break. Two
stories with a set phrase, a form or a subject in common are alike in pieces with other words between them, and two
notices of one form differ in their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from search.align import Block, align, gap
from search.article import Article
from search.letters import SHINGLE, Codes, Hashes, as_text, letter_codes, shingles

OVERLAP = 20
"""Letters that must be the same where the end of one version is the beginning of the other."""
COVERED = 0.8
"""The share of the shorter text that the other has, in whatever order, when nothing of it was lost."""
ENOUGH = 60
"""Letters in common from which a text is known again within a longer one."""

_SLACK = (3, 12)
"""Letters that may be misread or astray at either end of what is common: of little, of ENOUGH."""
_PER_BREAK = 70
"""Letters in common for each place where a text has three letters or more of its own; of ENOUGH, one more is free."""
_PER_REWORDING = 60
"""Letters in common for each place where both texts have two letters or more of their own."""
_OTHER_NUMBERS = 0.25
"""The share of all numbers that must differ before two stories are told apart by them; of notices one tells."""
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十")
_NUMBER = re.compile(f"[{''.join(sorted(_NUMERALS))}]+")
_FORMS = ("notice", "list")
_HEADLINE = 8


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
        return covered(one.shingles, other.shingles) / max(1, len(one.codes))

    @property
    def sure(self) -> bool:
        """Whether the texts alone tell that the two are extractions of one story."""
        return bool(self.blocks) and (self._whole or self._joined) and self._unbroken and not self._other_numbers

    @property
    def likely(self) -> bool:
        """Whether two stories of the same printed page are one: a caption, a notice, halves that do not overlap."""
        if self.left.headline == self.right.headline and len(self.left.headline) >= _HEADLINE:
            return True
        longer = max(len(self.left.codes), len(self.right.codes))
        known = self.common >= COVERED * longer or (self._whole and self._unbroken)
        return known and not self._other_numbers

    @property
    def _whole(self) -> bool:
        """Whether the shorter text is known again in the other, whole or nearly so."""
        return self.common >= ENOUGH and self.covered >= COVERED

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
    def headlines_agree(self) -> bool:
        """Whether one has no headline, or half of its characters stand in the other's."""
        one, other = set(self.left.headline), set(self.right.headline)
        return len(one & other) >= min(len(one), len(other)) / 2

    @property
    def _unbroken(self) -> bool:
        gaps = [gap(left, right) for left, right in pairwise(self.blocks)]
        breaks = sum(max(own) >= 3 for own in gaps)
        rewordings = sum(min(own) >= 2 for own in gaps)
        free = self.common >= ENOUGH
        return breaks <= free + self.common / _PER_BREAK and rewordings <= self.common / _PER_REWORDING

    @property
    def _other_numbers(self) -> bool:
        """Whether the differences are those between two notices of one form."""
        other = sum(map(self._is_number, self.blocks, self.blocks[1:]))
        if self.left.article.kind in _FORMS and self.right.article.kind in _FORMS:
            return other > 0
        numbers = min(len(_NUMBER.findall(reading.text)) for reading in (self.left, self.right))
        return other > max(1, numbers * _OTHER_NUMBERS)

    def _is_number(self, left: Block, right: Block) -> bool:
        """Whether either text has numerals of its own in a gap, or one has digits that the other lacks."""
        one = self.left.text[left.a + left.size : right.a]
        other = self.right.text[left.b + left.size : right.b]
        if one and other:
            return _NUMERALS.issuperset(one + other)
        return (one + other).isdecimal()


def text_of(article: Article) -> str:
    """What is compared: the body, or the captions of a story that is nothing else."""
    return article.body or "\n".join(article.captions)


def covered(part: Hashes, whole: Hashes) -> int:
    """How many letters of a text stand in shingles that another text has as well."""
    if not part.size:
        return 0
    return int(np.count_nonzero(np.convolve(np.isin(part, whole), np.ones(SHINGLE, dtype=np.int8))))
