"""Strands mended: runs of blocks go over to another strand as long as that makes the whole page likelier.

The reading of a page looks back only; here every strand is weighed whole, so that what stands further down
helps to decide what a paragraph above it belongs to.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter

from indexer.page import Block, Label
from indexer.strands import BODY, Weights

Strand = tuple[int, ...]
_ROUNDS = 12
_DOUBTFUL = 4.0
_LEAST_GAIN, _GAIN_UNCUT = 3.0, 7.0
"""What a move must gain; more where no sentence is cut and words alone speak for it."""
_MID_SENTENCE = -2.0

_Move = tuple[float, int, int, Strand, Strand]
"""What it gains beyond the least, the places of the two strands, and what they become."""


def exchange(strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights) -> list[Strand]:
    """The strands after the likeliest exchanges, in order of their first block."""
    found = list(strands)
    moves = _Moves(blocks, weights)
    for _ in range(_ROUNDS):
        best = max(moves.between(found), key=itemgetter(0), default=None)
        if best is None or best[0] < 0:
            break
        _, left, right, new_left, new_right = best
        changed = [strand for place, strand in enumerate(found) if place not in (left, right)]
        found = [*changed, *(strand for strand in (new_left, new_right) if strand)]
    return sorted(found)


class _Moves:
    """The exchanges between two strands that begin at a doubtful place, with what each gains beyond the least."""

    def __init__(self, blocks: Sequence[Block], weights: Weights) -> None:
        self._labels = [block.label for block in blocks]
        self._in_body = [label in BODY for label in self._labels]
        self._weights = weights
        self._starts = cache(self._doubtful)

    def between(self, strands: Sequence[Strand]) -> Iterator[_Move]:
        for left, strand in enumerate(strands):
            starts = self._starts(strand)
            for start in starts:
                if start:
                    yield self._apart(left, strand, start)
                stops = [*(place for place in starts if place > start), len(strand)]
                parts = [(strand[:start] + strand[stop:], strand[start:stop]) for stop in stops]
                parts = [part for part in parts if self._may_stand(part[0])]
                for right, other in enumerate(strands):
                    if right != left and other[0] < strand[start]:
                        yield from self._pair(left, right, (strand, other), start, parts)

    def _doubtful(self, strand: Strand) -> list[int]:
        """The positions of paragraphs that may not belong below what stands above them."""
        body = [place for place, number in enumerate(strand) if self._in_body[number]]
        found = []
        for above, place in zip([None, *body], body, strict=False):
            number = strand[place]
            if self._labels[number] is not Label.PARAGRAPH or (above is None and place):
                continue
            texts = [other for other in strand if other != number]
            joint = self._weights.below(strand, strand[above], number) if above is not None else 0.0
            if joint + self._weights.about(number, texts) < _DOUBTFUL:
                # A subhead goes with the paragraph below it.
                head = above is not None and self._labels[strand[place - 1]] is Label.SUBHEAD
                found.append(place - 1 if head else place)
        return found

    def _apart(self, left: int, strand: Strand, start: int) -> _Move:
        """A strand cut in two."""
        above, below = strand[:start], strand[start:]
        after = self._weights.strand(above) + self._weights.strand(below)
        return after - self._weights.strand(strand) - self._needed(strand[start], strand), left, left, above, below

    def _pair(
        self, left: int, right: int, pair: tuple[Strand, Strand], start: int, parts: Sequence[tuple[Strand, Strand]]
    ) -> Iterator[_Move]:
        """Parts of the left strand go over to the right one, or the two change what stands below a place in both."""
        (strand, other), weigh = pair, self._weights.strand
        before, needed = weigh(strand) + weigh(other), self._needed(strand[start], *pair)
        for kept, part in parts:
            whole = tuple(sorted(other + part))
            yield (weigh(kept) + weigh(whole)) - before - needed, left, right, kept, whole
        if not start:
            return
        for cut in range(max(1, bisect(other, strand[start - 1])), min(len(other), bisect(other, strand[start]) + 1)):
            if self._labels[other[cut]] is Label.PARAGRAPH:
                new_left, new_right = strand[:start] + other[cut:], other[:cut] + strand[start:]
                yield (weigh(new_left) + weigh(new_right)) - before - needed, left, right, new_left, new_right

    def _may_stand(self, strand: Strand) -> bool:
        return not strand or any(self._in_body[number] for number in strand)

    def _needed(self, number: int, *strands: Strand) -> float:
        """The least gain of moving the text that begins with a block out of or into strands."""
        if self._weights.begins(number) < _MID_SENTENCE or any(self._is_cut(strand, number) for strand in strands):
            return _LEAST_GAIN
        return _GAIN_UNCUT

    def _is_cut(self, strand: Strand, number: int) -> bool:
        """Whether the text of a strand above a block is cut in a sentence."""
        above = next((i for i in reversed(strand) if i < number and self._in_body[i]), None)
        return above is not None and self._weights.open_end(above)
