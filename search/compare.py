"""Two printed texts side by side: what both have, and what only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.align import Block, align
from search.article import Article
from search.letters import letter_codes, letters

SLIP = 2
"""Letters up to which a difference is a slip of the extraction rather than another wording."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of both printed texts. Where they are not the ``same``, either side can be empty."""

    same: bool
    a: str
    b: str

    @property
    def slip(self) -> bool:
        """Whether the two differ in so little that it is most likely a misread character."""
        return not self.same and max(len(letter_codes(self.a)), len(letter_codes(self.b))) <= SLIP


def compare(a: str, b: str) -> list[Segment]:
    """The two printed texts in segments: all ``a`` joined are the one text, all ``b`` joined the other.

    Compared are the letters (:mod:`search.letters`): punctuation, width and Traditional forms make no difference,
    and punctuation goes with the letter before it. Bounded like :func:`search.align.align`.
    """
    one, other = letters(a), letters(b)
    if not len(one) or not len(other):
        return [Segment(len(one) == len(other), a, b)]
    cuts_a, cuts_b = _cuts(one.places.tolist(), a), _cuts(other.places.tolist(), b)
    stretches = _stretches(align(one.codes, other.codes), Block(len(one), len(other), 0))
    return [Segment(same, a[cuts_a[i] : cuts_a[j]], b[cuts_b[k] : cuts_b[m]]) for same, (i, j), (k, m) in stretches]


def printed(article: Article) -> str:
    """All of a version that can be compared: headline, byline, text and captions, one below the other."""
    parts = (article.kicker, article.title, article.subtitle, article.byline, article.body, *article.captions)
    return "\n".join(part for part in parts if part)


def _cuts(places: Sequence[int], text: str) -> list[int]:
    """Where each letter begins in print and, last, where the text ends; what stands before the first goes with it."""
    return [0, *places[1:], len(text)]


def _stretches(blocks: Sequence[Block], end: Block) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """The blocks and what lies between them, as ranges of letters of either text."""
    for left, right in pairwise([Block(0, 0, 0), *blocks, end]):
        if left.size:
            yield True, (left.a, left.a + left.size), (left.b, left.b + left.size)
        from_a, from_b = left.a + left.size, left.b + left.size
        if from_a < right.a or from_b < right.b:
            yield False, (from_a, right.a), (from_b, right.b)
