"""Makes data/readings.txt, the toneless readings of characters, from pypinyin (MIT licence).

    pip install pypinyin
    python -m tools.readings > data/readings.txt

pypinyin lists every reading a character ever had, and a list of words with theirs. Kept are of each character the
first reading and those of the words; all of them where no word has it, or where it is a surname of its own reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import pypinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from search.text import fold

_SURNAMES = frozenset("盖区员种覃谌召缪翟朴冼黑秘万俟尉查单解仇曾乐")
_SYLLABLE = re.compile("[bcdfghjklmnpqrstwxyz]{0,2}[aeiouv][a-z]*")
_DIAERESIS = "\u0308"

_HEAD = f"""\
# 汉字的读音：一行一个不带声调的音节和读这个音的字，按拼音联想和“您是不是要找”用它。ü 写作 v。
#
# 多音字在几行里都有；只收简化字，繁体字先转成简化字。缺了一个音，把字加在那一行后面即可，次序不论。
#
# 出处和许可 (source and licence)：由 pypinyin {pypinyin.__version__} 的字表和词表算出，MIT 许可，
#   Copyright (c) 2016 mozillazg, 闲耘；算法见 tools/readings.py
"""


def readings() -> dict[str, set[str]]:
    """The readings that are kept of every simplified character."""
    in_words = _in_words()
    listed = {chr(code): [_plain(reading) for reading in found.split(",")] for code, found in PINYIN_DICT.items()}
    return {char: _kept(char, found, in_words[char]) for char, found in listed.items() if _is_simplified(char)}


def _kept(char: str, listed: list[str], in_words: set[str]) -> set[str]:
    found = {*listed[:1], *in_words} if in_words and char not in _SURNAMES else {*listed, *in_words}
    return {reading for reading in found if _SYLLABLE.fullmatch(reading)}


def _in_words() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, syllables in PHRASES_DICT.items():
        for char, (reading, *_) in zip(word, syllables, strict=False):
            found[char].add(_plain(reading))
    return found


def _plain(reading: str) -> str:
    """A syllable without its tone, with v for ü."""
    parts = unicodedata.normalize("NFD", reading).replace(f"u{_DIAERESIS}", "v")
    return "".join(char for char in parts if not unicodedata.combining(char))


def _is_simplified(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and fold(char) == char


def _lines() -> Iterator[str]:
    pairs = sorted((reading, char) for char, found in readings().items() for reading in found)
    for reading, group in groupby(pairs, key=lambda pair: pair[0]):
        yield f"{reading} {''.join(char for _, char in group)}"


if __name__ == "__main__":
    print(_HEAD, *_lines(), sep="\n")
