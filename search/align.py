"""Where two texts have the same letters: shared rare shingles anchor the alignment, a longest common subsequence
fills what lies between them.

The anchors are those of Bram Cohen's patience diff: shingles that occur once in either text, in the heaviest chain
that ascends in both. So a piece that both have is found even where all around it differs, and the cost is
n log n, whatever the lengths. The gaps are filled bit-parallel (Hyyrö, Bit-parallel LCS-length computation
revisited, 2004) by rapidfuzz.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from search.letters import SHINGLE, Codes, Hashes, as_text, shingles

Places = NDArray[np.intp]

_LARGEST = 40_000
"""The product of the lengths up to which a gap is filled: in larger ones nothing would be found but chance."""
_PHRASE = 6
"""A run of so many equal letters is never a coincidence."""


class Block(NamedTuple):
    """``size`` equal letters, from ``a`` on in one text and from ``b`` on in the other."""

    a: int
    b: int
    size: int


def align(a: Codes, b: Codes) -> list[Block]:
    """The runs of equal letters of two texts, ascending in both, chance likenesses left out."""
    end = Block(len(a), len(b), 0)
    anchors = _anchors(a, b)
    one, other = as_text(a), as_text(b)
    gaps = pairwise([Block(0, 0, 0), *anchors, end])
    filled = chain.from_iterable(_between(one, other, left, right) for left, right in gaps)
    return _without_coincidences(_joined(sorted([*anchors, *filled])), end)


def _anchors(a: Codes, b: Codes) -> list[Block]:
    """Blocks of shingles that stand once in either text, in the heaviest ascending chain."""
    at_a, at_b = _shared_once(shingles(a), shingles(b))
    if not len(at_a):
        return []
    starts = [0, *(((np.diff(at_a) != 1) | (np.diff(at_b) != 1)).nonzero()[0] + 1).tolist()]
    sizes = np.diff([*starts, len(at_a)])
    runs = _heaviest_chain(list(map(Block, at_a[starts].tolist(), at_b[starts].tolist(), sizes.tolist())))
    followed = pairwise([*runs, Block(len(a), len(b), 0)])
    return [
        Block(run.a, run.b, min(run.size + SHINGLE - 1, after.a - run.a, after.b - run.b)) for run, after in followed
    ]


def _shared_once(a: Hashes, b: Hashes) -> tuple[Places, Places]:
    """The places of the values that occur once in either, ascending in the first."""
    (values_a, at_a), (values_b, at_b) = _once(a), _once(b)
    _, of_a, of_b = np.intersect1d(values_a, values_b, assume_unique=True, return_indices=True)
    order = np.argsort(at_a[of_a])
    return at_a[of_a][order], at_b[of_b][order]


def _once(values: Hashes) -> tuple[Hashes, Places]:
    found, places, counts = np.unique(values, return_index=True, return_counts=True)
    return found[counts == 1], places[counts == 1]


def _heaviest_chain(runs: Sequence[Block]) -> list[Block]:
    """Of runs that ascend in ``a``, those that ascend in ``b`` as well and hold most (heaviest ascending subsequence).

    ``ends`` and ``best`` are the stairs: where in ``b`` a chain ends, and the heaviest chain that ends no later.
    """
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for number, run in enumerate(runs):
        place = bisect_right(ends, run.b)
        lighter, previous = best[place - 1] if place else (0, -1)
        before.append(previous)
        weight, end = lighter + run.size, run.b + run.size
        first = bisect_left(ends, end)
        if not first or best[first - 1][0] < weight:
            last = bisect_right(best, (weight, number), lo=first)
            ends[first:last], best[first:last] = [end], [(weight, number)]
    return list(_followed_back(runs, before, best[-1][1]))[::-1]


def _followed_back(runs: Sequence[Block], before: Sequence[int], number: int) -> Iterator[Block]:
    while number >= 0:
        yield runs[number]
        number = before[number]


def _between(a: str, b: str, left: Block, right: Block) -> Iterator[Block]:
    """The equal runs in the gap between two blocks; none where the gap is too large to be filled."""
    from_a, from_b = left.a + left.size, left.b + left.size
    one, other = a[from_a : right.a], b[from_b : right.b]
    if one and other and len(one) * len(other) <= _LARGEST:
        for match in LCSseq.opcodes(one, other).as_matching_blocks():
            if match.size:
                yield Block(from_a + match.a, from_b + match.b, match.size)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, those that follow one another without a gap made one."""
    joined: list[Block] = []
    for block in blocks:
        if joined and gap(joined[-1], block) == (0, 0):
            last = joined.pop()
            block = last._replace(size=last.size + block.size)
        joined.append(block)
    return joined


def _without_coincidences(blocks: Sequence[Block], end: Block) -> list[Block]:
    """A short run between two greater differences is chance (the semantic cleanup of diff-match-patch)."""
    kept = [Block(0, 0, 0)]
    for block, after in pairwise([*blocks, end]):
        kept.append(block)
        while len(kept) > 1 and kept[-1].size < min(_PHRASE, 1 + max(gap(*kept[-2:])), 1 + max(gap(kept[-1], after))):
            kept.pop()
    return kept[1:]


def gap(left: Block, right: Block) -> tuple[int, int]:
    """How many letters of either text lie between two blocks."""
    return right.a - left.a - left.size, right.b - left.b - left.size
