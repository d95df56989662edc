"""Which terms are one edit away from a piece of a text: a character wrong, missing, too many, or two exchanged.

Terms are kept by what is left of them when any one character is left out; so are the pieces of the text, and two
strings within one edit of each other have something left in common (the deletion neighbourhood of W. Garbe's SymSpell,
https://github.com/wolfgarbe/SymSpell). What has is measured: Damerau-Levenshtein with adjacent exchanges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import OSA

_SHORTEST, _LONGEST = 3, 12
"""Of two characters one is too little to tell a term by, unless they are exchanged."""


class Edits:
    """Terms by what is left of them; a term is known by its number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        often: list[int] = []
        keys = np.fromiter(_keys(texts, often), dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._numbers = np.repeat(np.arange(len(often), dtype=np.int32), often)[order]

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return self._keys.nbytes + self._numbers.nbytes

    def near(self, text: str) -> Iterator[tuple[int, int, int]]:
        """The pieces of a text, by start and end, that one edit makes a term of, and the term."""
        starts = range(len(text) - 1)
        spans = [(start, end) for start in starts for end in range(start + 2, min(len(text), start + _LONGEST + 1) + 1)]
        asked = [(hash(rest), span) for span in spans for rest in _rests(text[slice(*span)])]
        keys = np.array([key for key, _ in asked], dtype=np.int64)
        firsts, lasts = (np.searchsorted(self._keys, keys, side) for side in ("left", "right"))
        found = {
            (*span, number)
            for (_, span), first, last in zip(asked, firsts.tolist(), lasts.tolist(), strict=True)
            for number in self._numbers[first:last].tolist()
        }
        return (one for one in sorted(found) if self._is_near(text[one[0] : one[1]], self._texts[one[2]]))

    def _is_near(self, piece: str, term: str) -> bool:
        return (len(term) >= _SHORTEST or len(piece) == len(term)) and OSA.distance(piece, term, score_cutoff=1) == 1


def _keys(texts: Iterable[str], often: list[int]) -> Iterator[int]:
    """What stands for each rest of each text; ``often`` gets how many rests each has."""
    for text in texts:
        rests = _rests(text)
        often.append(len(rests))
        yield from map(hash, rests)


def _rests(text: str) -> set[str]:
    """What is left of a text without one character, and the text itself; a pair the other way round."""
    if len(text) < _SHORTEST:
        return {text, text[::-1]}
    if len(text) > _LONGEST + 1:
        return set()
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}
