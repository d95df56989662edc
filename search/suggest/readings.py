"""How Chinese characters are read: the toneless syllables of ``data/readings.txt`` and the characters of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import BaokuError
from search.reference import general_list

Units = NDArray[np.uint16]
"""Characters as their code points; those beyond the basic plane have no reading here."""

_LINE = re.compile(r"([a-z]+)\s+(\S+)")
_LONGEST = 6
"""Letters of the longest syllable: zhuang, chuang, shuang."""
_BLURS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that speakers of many regions do not tell apart, Datong among them."""


class Readings:
    """Syllables and their characters. ü may be written v or u: lv, lu and lue are all there."""

    def __init__(self, characters: Mapping[str, str]) -> None:
        spelt: dict[str, set[str]] = defaultdict(set)
        blurred: dict[str, set[str]] = defaultdict(set)
        self._syllables: dict[str, list[str]] = defaultdict(list)
        for syllable, chars in characters.items():
            for char in chars:
                self._syllables[char].append(syllable)
            for spelling in {syllable, syllable.replace("v", "u")}:
                spelt[spelling] |= set(chars)
                blurred[blur(spelling)] |= set(chars)
        self._spellings = sorted(spelt)
        self._characters = [_units(spelt[spelling]) for spelling in self._spellings]
        self._blurred = {syllable: _units(chars) for syllable, chars in blurred.items()}

    def of(self, char: str) -> Sequence[str]:
        """The syllables of a character, with v for ü; none where no reading is known."""
        return self._syllables.get(char, ())

    def spelt(self, syllable: str) -> Units:
        """The characters that can be read as a syllable."""
        place = bisect_left(self._spellings, syllable)
        known = place < len(self._spellings) and self._spellings[place] == syllable
        return self._characters[place] if known else _NONE

    def beginning(self, letters: str) -> Units:
        """The characters of all syllables that begin with some letters."""
        first = bisect_left(self._spellings, letters)
        last = bisect_left(self._spellings, letters + "{")  # which comes right behind z
        return np.unique(np.concatenate([_NONE, *self._characters[first:last]]))

    def sounding(self, syllable: str) -> Units:
        """The characters that sound like a syllable to someone who does not tell zh from z or ing from in."""
        return self._blurred.get(blur(syllable), _NONE)

    def syllables_at(self, typed: str, start: int) -> Iterable[str]:
        """The syllables that stand in a text at a place, the shortest first."""
        pieces = (typed[start : start + length] for length in range(1, _LONGEST + 1))
        return [piece for piece in dict.fromkeys(pieces) if len(self.spelt(piece))]


def readings() -> Readings:
    """The readings of the list that is in force.

    Raises:
        BaokuError: a line of the file is wrong; the message names it.
    """
    return _read(general_list("readings.txt"))


@cache
def _read(path: Path) -> Readings:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BaokuError(f"读不到 {path}，或不是 UTF-8 编码 (cannot be read as UTF-8)") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if text := line.partition("#")[0].strip():
            match = _LINE.fullmatch(text)
            if match is None:
                raise BaokuError(f"{path.name} 第 {number} 行应为一个音节和读这个音的字，如“shui 水睡” (wrong line)")
            found[match[1]] = found.get(match[1], "") + match[2]
    return Readings(found)


def blur(syllable: str) -> str:
    """The syllable with sounds that are often confused made one."""
    for sound, other in _BLURS:
        syllable = syllable.replace(sound, other)
    return syllable


def _units(chars: Iterable[str]) -> Units:
    return np.array(sorted(ord(char) for char in chars if ord(char) < 0x10000), dtype=np.uint16)


_NONE = _units("")
