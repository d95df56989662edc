"""What letters and digits can be misread as: signs that look alike, and in words any one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from string import ascii_lowercase

Ways = Iterator[tuple[str, str, str]]
"""The whole form, and the part of the run that was exchanged, as it was and as it became."""

# As they look in folded text, which is lower case; capitals are confused as capitals (0 and O, 5 and S, 8 and B).
_ALIKE = """
0o 0d 0q 1l 1i il 2z 3b 38 4a 5s 56 6b 68 71 8b 9g 9q gq ao ce uv vy nh hb mn ft rn:m cl:d vv:w li:h
"""
_PAIRS = [tuple(pair.split(":")) if ":" in pair else (pair[0], pair[1]) for pair in _ALIKE.split()]
CONFUSED = tuple((one, other) for pair in _PAIRS for one, other in (pair, pair[::-1]))


def confused(run: str) -> Ways:
    """The forms of a run of letters and digits with one sign, or two that look like one, taken for another."""
    for one, other in CONFUSED:
        at = run.find(one)
        while at >= 0:
            yield run[:at] + other + run[at + len(one) :], one, other
            at = run.find(one, at + 1)


def edited(word: str, stands: Callable[[str], bool]) -> Ways:
    """The forms of a word with one letter wrong, missing, too many or exchanged with the next, as far as they stand.

    A letter more or less at an end is left out: one form contains the other, and finds it anyhow.
    """
    for at in range(1, len(word)):
        head, tail = word[:at], word[at:]
        if not stands(head):
            break
        if at + 1 < len(word):
            yield head + tail[1:], tail[0], ""
            yield head + tail[1] + tail[0] + tail[2:], tail[:2], tail[1] + tail[0]
        for letter in ascii_lowercase:
            if stands(head[-1] + letter):
                yield head + letter + tail, "", letter
                yield head + letter + tail[1:], tail[0], letter
    yield from ((letter + word[1:], word[0], letter) for letter in ascii_lowercase)
    yield word[1] + word[0] + word[2:], word[:2], word[1] + word[0]
