"""How much two pieces of text of one page are about the same matter, by the rare character pairs they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from search.text import fold

_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,}")


class Affinity:
    """Compares texts of one page; a character pair weighs the more, the fewer of the page's stories have it.

    Nothing is counted before the first comparison: most pages need none.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._known: dict[str, tuple[frozenset[str], float]] = {}

    def between(self, left: str, right: str) -> float:
        """The cosine of the two texts' weighted sets of character pairs, 0 to 1."""
        (a, first), (b, second) = self._measured(left), self._measured(right)
        return self._weight(a & b) / math.sqrt(first * second) if first and second else 0.0

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """The squared inverse story frequency of every character pair of the page."""
        counts = Counter(pair for text in self._texts for pair in _pairs(text))
        return {pair: math.log((len(self._texts) + 1) / count) ** 2 for pair, count in counts.items()}

    def _measured(self, text: str) -> tuple[frozenset[str], float]:
        if text not in self._known:
            pairs = _pairs(text)
            self._known[text] = pairs, self._weight(pairs)
        return self._known[text]

    def _weight(self, pairs: frozenset[str]) -> float:
        return sum(self._weights.get(pair, 0.0) for pair in pairs)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in _HAN_RUN.findall(fold(text)) for i in range(len(run) - 1))
