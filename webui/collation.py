"""Chinese names in the order of their sounds, as in a dictionary."""

from __future__ import annotations

from bisect import bisect_right

from search.suggest.readings import readings

_LEVEL_1_END = b"\xd7\xf9"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = [
    bytes.fromhex(code)
    for code in (
        *("b0a1", "b0c5", "b2c1", "b4ee", "b6ea", "b7a2", "b8c1", "b9fe", "bbf7", "bfa6", "c0ac", "c2e8"),
        *("c4c3", "c5b6", "c5be", "c6da", "c8bb", "c8f6", "cbfa", "cdda", "cef4", "d1b9", "d4d1"),
    )
]
"""The first character of each letter on level 1 of GB 2312, whose 3,755 common characters stand by their sounds."""


def sound(name: str) -> tuple[str, ...]:
    """A name syllable by syllable; a character of several readings by the one under which GB 2312 has it."""
    return tuple(map(_syllable, name))


def _syllable(char: str) -> str:
    known = readings().of(char)
    if len(known) < 2:
        return next(iter(known), char)
    letter = _letter(char)
    return next((syllable for syllable in known if syllable.startswith(letter)), known[0])


def _letter(char: str) -> str:
    """Under which letter GB 2312 has a character; empty for one that is not on its level 1."""
    code = char.encode("gb2312", "ignore")
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _LEVEL_1_END else ""
