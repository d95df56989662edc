"""How much two pieces of text of one page are about the same matter, by the rare character pairs they share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.text import fold

_Pairs = NDArray[np.int64]
_NO_PAIR = np.iinfo(np.int64).max


class Affinity:
    """Compares texts of one page; a character pair weighs the more, the fewer of the page's stories have it.

    Nothing is counted before the first comparison: most pages need none.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._known: dict[str, tuple[_Pairs, float]] = {}

    def between(self, left: str, right: str) -> float:
        """The cosine of the two texts' weighted sets of character pairs, 0 to 1."""
        (a, first), (b, second) = self._measured(left), self._measured(right)
        shared = np.intersect1d(a, b, assume_unique=True)
        return self._weight(shared) / math.sqrt(first * second) if first and second else 0.0

    @cached_property
    def _weights(self) -> tuple[_Pairs, NDArray[np.float64]]:
        """Every character pair of the page, ascending, and its squared inverse story frequency."""
        pairs, counts = _counted(np.concatenate([_pairs(text) for text in self._texts]))
        # A last pair that no text has: the place of any pair is then within the page's.
        return np.append(pairs, _NO_PAIR), np.append(np.log((len(self._texts) + 1) / counts) ** 2, 0.0)

    def _measured(self, text: str) -> tuple[_Pairs, float]:
        if text not in self._known:
            pairs = _pairs(text)
            self._known[text] = pairs, self._weight(pairs)
        return self._known[text]

    def _weight(self, pairs: _Pairs) -> float:
        known, weights = self._weights
        places = np.searchsorted(known, pairs)
        return float(weights.take(places[known.take(places) == pairs]).sum())


def _pairs(text: str) -> _Pairs:
    """The pairs of neighbouring Chinese characters in a text as ascending numbers, each once."""
    codes = np.frombuffer(fold(text).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0xF900) & (codes <= 0xFAFF))
    both = han[:-1] & han[1:]
    return _counted(codes[:-1][both] << 21 | codes[1:][both])[0]


def _counted(numbers: _Pairs) -> tuple[_Pairs, _Pairs]:
    """The different numbers in ascending order, and how often each stands there."""
    ordered = np.sort(numbers)
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], np.diff(starts, append=len(ordered))
