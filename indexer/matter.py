"""How much the pieces of one page are about the same matter, by the rare characters and character pairs they share."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

from search.text import fold

_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|\d+")
_COMMON = 0.3
"""What stands in a larger share of the pieces tells nothing."""
_RARITY = 4
_EVEN = 0.0185
_STEEPNESS = 5.0
_LEAST, _MOST = -4.0, 5.0
_ENOUGH = 60


class Matter:
    """The pieces of a page, compared with one another.

    What two pieces share weighs the more, the fewer pieces have it (inverse frequency to the fourth power).
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._shared: list[dict[int, float]] = [{} for _ in texts]
        self._weights = [0.0] * len(texts)
        self._trust = [min(1.0, len(text) / _ENOUGH) for text in texts]
        self._compare([_grams(text) for text in texts])
        self._scale = (sum(self._weights) / max(1, len(texts))) ** 0.25

    def odds(self, piece: int, others: Sequence[int]) -> float:
        """Log odds that a piece belongs to the story of the others, by what they share; 0 when nothing tells."""
        row = self._shared[piece]
        shared = sum(row.get(other, 0.0) for other in others)
        size = sum(self._weights[other] for other in others)
        if not size or not self._weights[piece]:
            return 0.0
        found = self._scale * shared / (math.sqrt(self._weights[piece]) * size**0.75)
        odds = _STEEPNESS * math.log(max(found, 1e-4) / _EVEN)
        return self._trust[piece] * max(_LEAST, min(_MOST, odds))

    def _compare(self, grams: Sequence[frozenset[str]]) -> None:
        holders: dict[str, list[int]] = defaultdict(list)
        for piece, own in enumerate(grams):
            for gram in own:
                holders[gram].append(piece)
        most = max(2, _COMMON * len(grams))
        for pieces in holders.values():
            if len(pieces) > most:
                continue
            weight = (math.log((len(grams) + 1) / len(pieces)) / math.log(len(grams) + 1)) ** _RARITY
            for piece in pieces:
                self._weights[piece] += weight
                if len(pieces) > 1:
                    row = self._shared[piece]
                    for other in pieces:
                        row[other] = row.get(other, 0.0) + weight


def _grams(text: str) -> frozenset[str]:
    """The characters and pairs of the Chinese runs of the text, and its numbers."""
    grams: set[str] = set()
    for run in _HAN_RUN.findall(fold(text)):
        if run.isdigit():
            grams.add(run)
        else:
            grams.update(run)
            grams.update(map(str.__add__, run, run[1:]))
    return frozenset(grams)
