"""The letters of a text: its folded characters without punctuation and blanks, as numbers, with the way back to print.

For comparing whole texts, where two extractions of one page differ in every comma; made by one look-up in a table,
since every text of the archive passes through here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.text import fold

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

SHINGLE = 6
"""Letters of a shingle, the unit by which texts are found to be alike."""

_UNKNOWN = np.uint32(0xFFFFFFFF)
_TABLE = np.full(0x110000, _UNKNOWN, dtype=np.uint32)
"""The code point of the folded letter by printed code point, 0 for what is no letter; filled as characters are met."""
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio, odd: a multiplier that scatters (Knuth, TAOCP 3, 6.4)."""


@dataclass(frozen=True, slots=True)
class Letters:
    """``codes[i]`` is a folded letter, digit or character; ``places[i]`` its index in the printed text, ascending."""

    codes: Codes
    places: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.codes)


def letters(text: str) -> Letters:
    """The letters of a printed text. What folds to several characters (㎡) counts as the first of them."""
    forms = _forms(text)
    places = forms.nonzero()[0]
    return Letters(forms[places], places)


def letter_codes(text: str) -> Codes:
    """The letters of a printed text alone, without their places."""
    forms = _forms(text)
    return forms[forms > 0]


def as_text(codes: Codes) -> str:
    """The letters as a string, one character each."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def shingles(codes: Codes) -> Hashes:
    """The 64-bit hash of every run of SHINGLE letters, in order: a polynomial in the code points, scattered."""
    wide = codes.astype(np.uint64)
    count = max(0, len(wide) - SHINGLE + 1)
    hashes = wide[:count].copy()
    for step in range(1, SHINGLE):
        hashes *= _GOLDEN
        hashes += wide[step : step + count]
    hashes *= _GOLDEN
    hashes ^= hashes >> np.uint64(32)
    return hashes


def _forms(text: str) -> Codes:
    printed = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    forms: Codes = _TABLE[printed]
    if forms.size and forms.max() == _UNKNOWN:
        for code in np.unique(printed[forms == _UNKNOWN]).tolist():
            _TABLE[code] = _letter(chr(code))
        forms = _TABLE[printed]
    return forms


def _letter(char: str) -> int:
    return next((ord(form) for form in fold(char) if form.isalnum()), 0)
