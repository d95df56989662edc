"""Strands mended: runs of blocks go over to another strand as long as that makes the whole page likelier.

The reading of a page looks back only; here every strand is weighed whole, so that what stands further down
helps to decide what a paragraph above it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.page import Block, Label
from indexer.strands import Weights

Strand = tuple[int, ...]
_ROUNDS = 12
_DOUBTFUL = 4.0
_LEAST_GAIN, _GAIN_UNCUT = 3.0, 7.0
"""What a move must gain; more where no sentence is cut and words alone speak for it."""
_MID_SENTENCE = -2.0


def exchange(strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights) -> list[Strand]:
    """The strands after the likeliest exchanges, in order of their first block."""
    found = list(strands)
    for _ in range(_ROUNDS):
        best = max(_Moves(found, blocks, weights), key=lambda move: move[0], default=None)
        if best is None or best[0] < 0:
            break
        _, left, right, new_left, new_right = best
        changed = [strand for place, strand in enumerate(found) if place not in (left, right)]
        found = [*changed, *(strand for strand in (new_left, new_right) if strand)]
    return sorted(found)


class _Moves:
    """All exchanges between two strands that begin at a doubtful place, with what each gains beyond the least."""

    def __init__(self, strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights) -> None:
        self._strands = strands
        self._blocks = blocks
        self._weights = weights
        self._starts = [self._doubtful(strand) for strand in strands]

    def __iter__(self) -> Iterator[tuple[float, int, int, Strand, Strand]]:
        for left, strand in enumerate(self._strands):
            for start in self._starts[left]:
                yield from self._alone(left, start)
                for right, other in enumerate(self._strands):
                    if right != left and other[0] < strand[start]:
                        yield from self._pair(left, start, right)

    def _doubtful(self, strand: Strand) -> list[int]:
        """The positions of paragraphs that may not belong below what stands above them."""
        body = [i for i, number in enumerate(strand) if self._blocks[number].label in _BODY]
        found = []
        for above, place in zip([None, *body], body, strict=False):
            number = strand[place]
            if self._blocks[number].label is not Label.PARAGRAPH or (above is None and place):
                continue
            texts = [other for other in strand if other != number]
            joint = self._weights.below(strand, strand[above], number) if above is not None else 0.0
            if joint + self._weights.about(number, texts) < _DOUBTFUL or self._weights.doubted(number):
                # A subhead goes with the paragraph below it.
                head = above is not None and self._blocks[strand[place - 1]].label is Label.SUBHEAD
                found.append(place - 1 if head else place)
        return found

    def _alone(self, left: int, start: int) -> Iterator[tuple[float, int, int, Strand, Strand]]:
        strand = self._strands[left]
        if start:
            yield self._move(left, left, strand[:start], strand[start:], self._needed(strand[start], strand))

    def _pair(self, left: int, start: int, right: int) -> Iterator[tuple[float, int, int, Strand, Strand]]:
        strand, other = self._strands[left], self._strands[right]
        needed = self._needed(strand[start], strand, other)
        for stop in (*(place for place in self._starts[left] if place > start), len(strand)):
            kept = strand[:start] + strand[stop:]
            if self._may_stand(kept):
                yield self._move(left, right, kept, tuple(sorted(other + strand[start:stop])), needed)
        for cut in range(1, len(other)):
            crosses = other[cut - 1] < strand[start] and start and strand[start - 1] < other[cut]
            if crosses and self._blocks[other[cut]].label is Label.PARAGRAPH:
                yield self._move(left, right, strand[:start] + other[cut:], other[:cut] + strand[start:], needed)

    def _may_stand(self, strand: Strand) -> bool:
        return not strand or any(self._blocks[number].label in _BODY for number in strand)

    def _move(
        self, left: int, right: int, new_left: Strand, new_right: Strand, needed: float
    ) -> tuple[float, int, int, Strand, Strand]:
        before = sum(self._weights.strand(self._strands[place]) for place in {left, right})
        after = sum(self._weights.strand(strand) for strand in (new_left, new_right) if strand)
        return after - before - needed, left, right, new_left, new_right

    def _needed(self, number: int, *strands: Strand) -> float:
        """The least gain of moving the text that begins with a block out of or into strands."""
        above = [
            max((i for i in strand if i < number and self._blocks[i].label in _BODY), default=None)
            for strand in strands
        ]
        cut = any(i is not None and self._weights.open_end(i) for i in above)
        return _LEAST_GAIN if cut or self._weights.begins(number) < _MID_SENTENCE else _GAIN_UNCUT


_BODY = (Label.LEAD, Label.PARAGRAPH, Label.ITEM)
