"""Strands mended: runs of blocks go over to another strand as long as that makes the whole page likelier.

The reading of a page looks back only; here every strand is weighed whole, so that what stands further down
helps to decide what a paragraph above it belongs to.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import product, takewhile
from operator import attrgetter
from typing import NamedTuple

from indexer.headline import are_halves
from indexer.page import Block, Label
from indexer.strands import BODY, Weights

Strand = tuple[int, ...]
_ROUNDS = 12
_TRIED = 3
"""How many moves are tried as the first of two."""
_MOST_WEIGHED = 100_000
"""Blocks in the strands that are weighed for one page: fifty times what pages of print take, and a second's work."""
_HOPELESS = -6.0
"""A move that loses so much is not made up for by a second one."""
_GAIN = attrgetter("gain")
_DOUBTFUL = 4.0
_LEAST_GAIN, _GAIN_UNCUT, _GAIN_TORN = 3.0, 4.0, 6.0
"""What a move must gain; more where no sentence is cut and words alone speak for it, or two headlines become one."""
_MID_SENTENCE = -2.0


class _Move(NamedTuple):
    """Strands that change blocks, and what this gains beyond the least."""

    gain: float
    old: tuple[Strand, ...]
    new: tuple[Strand, ...]

    def made(self, strands: Sequence[Strand]) -> list[Strand]:
        return [*(strand for strand in strands if strand not in self.old), *self.new]


def exchange(strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights) -> list[Strand]:
    """The strands after the likeliest exchanges, in order of their first block."""
    found = list(strands)
    moves = _Moves(blocks, weights)
    for _ in range(_ROUNDS):
        better = _better(found, moves)
        if better is None:
            break
        found = better
    return sorted(found)


def _better(strands: Sequence[Strand], moves: _Moves) -> list[Strand] | None:
    """The strands after the best move, or the best two where none gains by itself: three pieces may change places."""
    ranked = sorted(moves.among(strands), key=_GAIN, reverse=True)
    if ranked and ranked[0].gain >= 0:
        return ranked[0].made(strands)
    best, gain = None, 0.0
    for first in ranked[:_TRIED]:
        changed = first.made(strands)
        second = max(moves.among(changed), key=_GAIN, default=None)
        if second is not None and first.gain + second.gain >= gain:
            best, gain = second.made(changed), first.gain + second.gain
    return best


class _Moves:
    """The exchanges between two strands that begin at a doubtful place."""

    def __init__(self, blocks: Sequence[Block], weights: Weights) -> None:
        self._blocks = blocks
        self._weights = weights
        self._starts: dict[Strand, list[int]] = {}
        self._known: dict[tuple[Strand, Strand], list[_Move]] = {}
        self._weighed = 0

    def among(self, strands: Sequence[Strand]) -> Iterator[_Move]:
        for strand in strands:
            if strand not in self._starts:
                self._starts[strand] = self._doubtful(strand)
        for strand, other in product(strands, strands):
            if (strand, other) not in self._known:
                moves = takewhile(self._is_affordable, self._between(strand, other))
                self._known[strand, other] = [move for move in moves if move.gain > _HOPELESS]
            yield from self._known[strand, other]

    def _is_affordable(self, _: _Move) -> bool:
        """Whether more may be weighed; what is left then stays where the reading has put it."""
        return self._weighed <= _MOST_WEIGHED

    def _between(self, strand: Strand, other: Strand) -> Iterator[_Move]:
        """The moves of blocks out of a strand into another, or where they are one, into a strand of their own."""
        for start in self._starts[strand]:
            if strand is other:
                yield from self._alone(strand, start)
            elif other[0] < strand[start]:
                yield from self._pair(strand, start, other)
        if other[0] < strand[0] and self._are_torn(other, strand):
            yield from self._runs(strand, 0, other, _GAIN_TORN)

    def _doubtful(self, strand: Strand) -> list[int]:
        """The positions of paragraphs that may not belong below what stands above them."""
        body = [i for i, number in enumerate(strand) if self._blocks[number].label in BODY]
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

    def _alone(self, strand: Strand, start: int) -> Iterator[_Move]:
        if start:
            needed = self._needed(strand[start], strand)
            yield self._move((strand,), (strand[:start], strand[start:]), needed)

    def _pair(self, strand: Strand, start: int, other: Strand) -> Iterator[_Move]:
        needed = self._needed(strand[start], strand, other)
        yield from self._runs(strand, start, other, needed)
        if not start:
            return
        for cut in range(max(1, bisect(other, strand[start - 1])), min(len(other), bisect(other, strand[start]) + 1)):
            if self._blocks[other[cut]].label is Label.PARAGRAPH:
                swapped = strand[:start] + other[cut:], other[:cut] + strand[start:]
                yield self._move((strand, other), swapped, needed)

    def _runs(self, strand: Strand, start: int, other: Strand, needed: float) -> Iterator[_Move]:
        """The runs of blocks from a position on that may go over to another strand."""
        for stop in (*(place for place in self._starts[strand] if place > start), len(strand)):
            kept = strand[:start] + strand[stop:]
            if self._may_stand(kept):
                yield self._move((strand, other), (kept, tuple(sorted(other + strand[start:stop]))), needed)

    def _are_torn(self, upper: Strand, lower: Strand) -> bool:
        """Whether two strands may have one title, torn in two, and one writer."""
        if any(self._blocks[number].label is Label.DATELINE for number in lower):
            return False
        first, second = (self._heads(strand) for strand in (upper, lower))
        if not len(first) == len(second) == 1 or first == second or not are_halves(first[0], second[0]):
            return False
        if " " in first[0] + second[0] or (upper[-1] + 1 == lower[0] and not self._weights.open_end(upper[-1])):
            return False
        return not self._weights.signed_apart(upper, lower)

    def _heads(self, strand: Strand) -> list[str]:
        return [self._blocks[number].text for number in strand if self._blocks[number].label is Label.HEADLINE]

    def _may_stand(self, strand: Strand) -> bool:
        return not strand or any(self._blocks[number].label in BODY for number in strand)

    def _move(self, old: tuple[Strand, ...], new: tuple[Strand, ...], needed: float) -> _Move:
        new = tuple(filter(None, new))
        self._weighed += sum(map(len, new))
        gain = sum(map(self._weights.strand, new)) - sum(map(self._weights.strand, old))
        return _Move(gain - needed, old, new)

    def _needed(self, number: int, *strands: Strand) -> float:
        """The least gain of moving the text that begins with a block out of or into strands."""
        above = [
            max((i for i in strand if i < number and self._blocks[i].label in BODY), default=None) for strand in strands
        ]
        cut = any(i is not None and self._weights.open_end(i) for i in above)
        return _LEAST_GAIN if cut or self._weights.begins(number) < _MID_SENTENCE else _GAIN_UNCUT
