"""People named in several pieces of a page: a name stands where its bearer has been introduced, in the same story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from indexer.describe.names import SURNAMES
from search.words import word_frequencies

_LIKE_NAME = re.compile(f"(?=([{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{2}}))")
_NO_NAME = frozenset("的了一是在不和个上下中有就也着")
"""Characters that no given name holds."""
_WORD = 100
"""From this frequency on a pair of characters is a word, and no part of a name."""


class Mentions:
    """Which pieces of a page name the same person, by a surname and two characters that are no words.

    Names of two characters are left out: too many pairs of characters begin like one.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._partners: dict[int, set[int]] = {}
        for pieces in _named_twice(texts):
            for piece in pieces:
                self._partners.setdefault(piece, set()).update(pieces - {piece})

    def share(self, piece: int, others: Collection[int]) -> bool:
        """Whether a piece names somebody whom one of the others names."""
        return piece in self._partners and not self._partners[piece].isdisjoint(others)


def _named_twice(texts: Sequence[str]) -> Iterator[set[int]]:
    """For each name in two or more texts the numbers of these texts."""
    alike = [frozenset(_LIKE_NAME.findall(text)) for text in texts]
    counts = Counter(chain.from_iterable(alike))
    frequencies, _ = word_frequencies()
    for name in [name for name, count in counts.items() if count > 1 and _NO_NAME.isdisjoint(name)]:
        yield {n for n, found in enumerate(alike) if name in found and _is_name(name, texts[n], frequencies)}


def _is_name(name: str, text: str, frequencies: Mapping[str, int]) -> bool:
    """Whether three characters are cut by no word from those around them, and hold none."""
    start = text.index(name)
    around = text[max(0, start - 1) : start + len(name) + 1]
    return not any(frequencies.get(left + right, 0) > _WORD for left, right in pairwise(around))
