"""Which Chinese characters look like which, from data/misreadings.txt (which says how it was made)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from search.errors import BaokuError
from search.reference import reference_folder

FILE = "misreadings.txt"
HEAVIEST = 9

_LINE = re.compile(r"[^\s#](?: [1-9]\S+)+")


class Misreadings:
    """The characters that each character can be taken for, and the weight of each, from 1 to HEAVIEST."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines

    @classmethod
    def load(cls, folder: Path | None = None) -> Misreadings:
        """The table of a data folder, by default the project's; an empty one where it has no misreadings.txt.

        Raises:
            BaokuError: the file cannot be read, or a line is no character with groups of others, each after its weight.
        """
        path = (folder or reference_folder()) / FILE
        if not path.exists():
            return cls({})
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BaokuError(f"{FILE} 读不出来：{error} (cannot be read)") from None
        lines: defaultdict[str, str] = defaultdict(str)
        for number, line in enumerate(map(str.strip, text.split("\n")), 1):
            if _LINE.fullmatch(line):
                lines[line[0]] += line[1:]
            elif line and not line.startswith("#"):
                wanted = "一个字，空格，分量和形近的字，如：已 9己巳 5乙"
                raise BaokuError(f"{FILE} 第 {number} 行应为{wanted}，实为 {line[:40]!r} (wrong line)")
        return cls(lines)

    def of(self, char: str) -> Mapping[str, int]:
        """What a character can be taken for, with the weights."""
        return {other: int(group[0]) for group in self._lines.get(char, "").split() for other in group[1:]}


@cache
def misreadings() -> Misreadings:
    """The table in force, read when it is first asked for."""
    return Misreadings.load()
