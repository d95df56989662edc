"""How much two pieces of text of one page are about the same matter, by the rare character pairs they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.prose import HAN
from search.text import fold


class Affinity:
    """Compares texts of one page; a character pair weighs the more, the fewer of the page's stories have it."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(pair for text in texts for pair in _pairs(text))
        self._weights = {pair: math.log((len(texts) + 1) / count) for pair, count in counts.items()}

    def between(self, left: str, right: str) -> float:
        """The cosine of the two texts' weighted sets of character pairs, 0 to 1."""
        a, b = _pairs(left), _pairs(right)
        shared, first, second = (sum(self._weights.get(p, 0.0) ** 2 for p in part) for part in (a & b, a, b))
        return shared / math.sqrt(first * second) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    bare = fold(text)
    return {a + b for a, b in pairwise(bare) if HAN.match(a) and HAN.match(b)}
