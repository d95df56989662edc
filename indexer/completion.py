"""What a story lacks and another version of it has, taken over only where both have the text around the place.

Nothing is put into the story's own text: the passage is kept beside it, with its place, its origin and the length of
the overlap. The evidence, each time: OVERLAP letters that both have beside the place (for a passage within the story,
on either side), and that the story does not have the passage elsewhere. Beyond that

- an end is taken only by a story that is known to be cut;
- a beginning only where the headlines agree, and the story has no headline, no byline, or begins within a sentence;
- a middle only where a line of the other version runs on into or out of the passage: whole paragraphs may as well be
  another story that went astray into the other version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from indexer.likeness import OVERLAP, Likeness, Reading, covered
from indexer.prose import ends_sentence
from search.align import Block
from search.article import Completion
from search.letters import Letters, letters, shingles

PASSAGE = 10
"""Letters below which a difference within a story is a slip rather than a lost passage."""

_MOST = 8
"""How many of the other versions are looked at, best first."""
_SLIP = 2
"""Letters of a difference that does not end an overlap."""


def completions(lead: Reading, others: Sequence[Reading]) -> tuple[Completion, ...]:
    """The passages that the leading version lacks, in the order of their places; each from the best version."""
    found: dict[int, Completion] = {}
    for other in others[:_MOST]:
        if lead.article.body and other.article.body:
            for completion in _Pair(lead, other).completions():
                found.setdefault(completion.at, completion)
    return tuple(found[at] for at in sorted(found))


class _Stretch(NamedTuple):
    """Text in common but for slips: from where to where it reaches in either text, and its letters in common."""

    a: int
    b: int
    end_a: int
    end_b: int
    size: int


def _stretches(blocks: Iterable[Block]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for block in blocks:
        stretch = _Stretch(*block[:2], block.a + block.size, block.b + block.size, block.size)
        if found and max(stretch.a - found[-1].end_a, stretch.b - found[-1].end_b) <= _SLIP:
            before = found.pop()
            stretch = stretch._replace(a=before.a, b=before.b, size=before.size + block.size)
        found.append(stretch)
    return found


@dataclass(frozen=True)
class _Pair:
    """The leading version, and another one that may have what it lacks."""

    lead: Reading
    other: Reading

    @cached_property
    def _printed(self) -> Letters:
        return letters(self.other.article.body)

    def completions(self) -> Iterator[Completion]:
        likeness = Likeness(self.lead, self.other)
        if not likeness.blocks or not likeness.headlines_agree:
            return
        long, high = len(self.lead.codes), len(self.other.codes)
        ends = _Stretch(0, 0, 0, 0, 0), _Stretch(long, high, long, high, 0)
        for left, right in pairwise([ends[0], *_stretches(likeness.blocks), ends[1]]):
            beside = [stretch.size for stretch in (left, right) if stretch not in ends]
            if left.end_a == right.a and left.end_b < right.b and min(beside) >= OVERLAP:
                what = "beginning" if left is ends[0] else "end" if right is ends[1] else "middle"
                if self._lost(what, left.end_b, right.b) and not self._elsewhere(left.end_b, right.b):
                    yield self._completion(what, left, right, min(beside))

    def _lost(self, what: str, first: int, last: int) -> bool:
        """Whether letters ``first`` to ``last`` of the other version are lost from the leading one, not strange."""
        article, body = self.lead.article, self.other.article.body
        if what == "end":
            return not article.complete
        if what == "middle":
            return last - first >= PASSAGE and not (self._breaks_before(first) and self._breaks_before(last))
        begins_within = not ends_sentence(body[: self._printed.places[last]])
        return article.title is None or article.byline is None or begins_within

    def _breaks_before(self, letter: int) -> bool:
        """Whether a line of the other version's body ends before one of its letters."""
        places = self._printed.places
        return "\n" in self.other.article.body[places[letter - 1] : places[letter]]

    def _elsewhere(self, first: int, last: int) -> bool:
        """Whether the leading version has the passage in another place: the order of its columns is another."""
        passage = shingles(self.other.codes[first:last])
        return 2 * covered(passage, self.lead.vocabulary) > last - first

    def _completion(self, what: str, left: _Stretch, right: _Stretch, overlap: int) -> Completion:
        places, body = self._printed.places, self.other.article.body
        start = places[left.end_b] if what != "beginning" else 0
        text = body[start : places[right.b] if what != "end" else len(body)]
        if what != "beginning" and self._breaks_before(left.end_b):
            text = "\n" + text
        return Completion(self.other.article.id, what, self._place(what, right.a), text, overlap)

    def _place(self, what: str, letter: int) -> int:
        """Where in the leading version's body the passage before one of its letters belongs."""
        body = self.lead.article.body
        if what == "middle":
            return int(letters(body).places[letter])
        return 0 if what == "beginning" else len(body)
