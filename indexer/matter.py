"""How much the pieces of one page are about the same matter, by the rare characters and character pairs they share."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

_COMMON = 0.3
"""What stands in a larger share of the pieces tells nothing."""
_RARITY = 4
_EVEN = 0.0185
_STEEPNESS = 5.0
_LEAST, _MOST = -4.0, 5.0
_ENOUGH = 60
_HAN_FIRST, _HAN_LAST = 0x3400, 0x9FFF


class Matter:
    """The pieces of a page, compared with one another.

    What two pieces share weighs the more, the fewer pieces have it (inverse frequency to the fourth power).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._trust = [min(1.0, len(text) / _ENOUGH) for text in texts]
        shared = _shared(texts)
        weights = shared.diagonal().copy()
        self._scale = float(weights.mean()) ** 0.25 if len(texts) else 0.0
        self._weights: list[float] = weights.tolist()
        self._roots: list[float] = np.sqrt(weights).tolist()
        np.fill_diagonal(shared, 0.0)
        self._shared: list[list[float]] = shared.tolist()

    def odds(self, piece: int, others: Sequence[int]) -> float:
        """Log odds that a piece belongs to the story of the others, by what they share; 0 when nothing tells."""
        row, weights = self._shared[piece], self._weights
        return self._odds(piece, sum([row[other] for other in others]), sum([weights[other] for other in others]))

    def unity(self, pieces: Collection[int], story: Sequence[int]) -> float:
        """The sum of the log odds that each of some pieces of a story belongs to the rest of it."""
        weights = [self._weights[piece] for piece in story]
        total = 0.0
        for place, (piece, above) in enumerate(zip(story, accumulate(weights, initial=0.0), strict=False)):
            if piece in pieces:
                row = self._shared[piece]
                size = sum(weights[place + 1 :], above)
                total += self._odds(piece, sum([row[other] for other in story]), size)
        return total

    def _odds(self, piece: int, shared: float, size: float) -> float:
        if not size or not self._weights[piece]:
            return 0.0
        found = self._scale * shared / (self._roots[piece] * size**0.75)
        odds = _STEEPNESS * math.log(max(found, 1e-4) / _EVEN)
        return self._trust[piece] * max(_LEAST, min(_MOST, odds))


def _shared(texts: Sequence[str]) -> NDArray[np.float64]:
    """For each two pieces the weight of the characters and pairs that both have; its diagonal weighs each by itself."""
    count = len(texts)
    if not count:
        return np.zeros((0, 0))
    keys = np.sort(_grams(texts))  # Sorting is quicker here than np.unique, which hashes.
    keys = keys[np.diff(keys, prepend=-1) != 0]
    grams, rows = np.divmod(keys, count)
    starts = np.flatnonzero(np.diff(grams, prepend=-1))
    holders = np.diff(starts, append=len(keys))
    shared = np.zeros(count * count)
    for size in range(1, max(2, int(_COMMON * count)) + 1):
        # The pieces that hold a gram stand side by side in ``rows``: all pairs of them at once.
        pieces = rows[starts[holders == size][:, None] + np.arange(size)]
        rarity = (math.log((count + 1) / size) / math.log(count + 1)) ** _RARITY
        pairs = pieces[:, :, None] * count + pieces[:, None, :]
        shared += rarity * np.bincount(pairs.ravel(), minlength=count * count)
    return shared.reshape(count, count)


def _grams(texts: Sequence[str]) -> NDArray[np.int64]:
    """The Chinese characters and pairs of neighbours as numbers, times the count of texts plus the text's number."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])[: len(codes)]
    han = (codes >= _HAN_FIRST) & (codes <= _HAN_LAST)
    both = han[:-1] & han[1:]
    pairs = codes[:-1][both] << 21 | codes[1:][both]
    return np.concatenate([codes[han] * len(texts) + rows[han], pairs * len(texts) + rows[:-1][both]])
