"""The evidence at a cut: does the text on its right go on with the sentence on its left?

All figures are natural logarithms of odds, above nought when the reading that the function names is the likelier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log

from indexer.prose import HAN
from search.text import fold
from search.words import word_frequencies

_CONTEXT = 8
_NEVER_OPENS = re.compile(r"[，。、；：？！）”’》】,.;:?!)%的了着们]")
_OPENS = re.compile(
    r"[“‘「\"'《（(—【①-⑩]|[一二三四五六七八九十]+[、是]|\d{1,2}[.、]|据|截至|截止|目前|如今|现在|眼下|当天|当日|当时|当晚|随后|随即|此外|另外|同时|与此同时|其中|其次|首先|最后|"
    r"这|那[么天时里些]|该|本[次届月周季年]|此[次前时外举项]|近[日年期来]|日前|今[年后天日]|昨|去年|前[不几些]|每[天年月周逢当到]|"
    r"为[了此进深切加提贯全推让确保做丰弘庆帮有满助扎迎落]|由于|因[为此]|随着|根据|按照|针对|围绕|通过|经过|面对|对于|除了|"
    r"来自|来到|走进|作为|自从?[2一今去此成]|从[2一今去前]|在[这此]|不仅|不过|虽然|尽管|如果|只要|但是?|然而|而[且在]|于是|所以|"
    r"记者|[他她][们说是的在和]?|我们?[区市县还要]?|大家|有[的了人些]|一[是位名方些进步][，,是位名方些面步]?|[二三四五六]是|"
    r"活动|会[议上]|现场|下一步|接下来|今后|未来|多年|长期|[0-9０-９]{1,4}[年月日]|[第其]一|说起|提起|谈[起到]|"
    r"平城区|大同|全[区市]|[一-鿿]{1,3}(?:街道|社区)|居民|村民|老人|孩子|[一-鿿]{2,3}(?:介绍|告诉|表示|说)"
)
_SURELY_OPENS = re.compile(
    r"(?:此外|另外|据悉|据[了介统][解绍计]|与此同时|下一步|接下来|今年以来|去年以来|近年来|截至目前|目前|日前|近日|随后|随即)[,，]"
)
_CLOSES = re.compile("[^“”]{0,200}”")
"""A quotation is closed that was opened above."""
_SURE, _OPENING, _NEUTRAL, _SINGLE, _BROKEN = 3.5, 1.8, -0.6, -2.6, -5.0
_CROSSED, _UNCROSSED = 3.0, -0.6
_LONELY = frozenset(
    "到等在从自对把被将由当每但而如若虽据经按为与因据向往除凭据我你他她它这那谁请让使有又也还更再就都不没未已正"
)
"""Characters that open a sentence as words of their own."""


def opening(text: str) -> float:
    """How likely the text opens a sentence rather than goes on with one, by how it begins."""
    start = _first(text)
    # Folding makes opening and closing quotation marks the same.
    if not start or _NEVER_OPENS.match(start) or _NEVER_OPENS.match(text.lstrip()) or _CLOSES.match(text):
        return _BROKEN
    if _SURELY_OPENS.match(start):
        return _SURE
    if _OPENS.match(start):
        return _OPENING
    first = start[: _cuts(start)[1]]
    if len(first) > 1 or first in _LONELY or not HAN.match(first):
        return _NEUTRAL
    return _SINGLE


def crossing(left: str, right: str) -> float:
    """How likely the cut between two texts runs through the middle of a word."""
    return _CROSSED if crosses(left, right) else _UNCROSSED


def meets(left: str, right: str) -> float:
    """How well the right text goes on in the sentence of the left one, however it begins: a word, a quotation."""
    closes = 2.5 if _open_quotes(left) > 0 and _open_quotes(right[:200]) < 0 else 0.0
    return crossing(left, right) + closes


def continues(left: str, right: str) -> float:
    """How likely the right text goes on in the sentence that the left one leaves unfinished."""
    return meets(left, right) - opening(right)


def crosses(left: str, right: str) -> bool:
    """Whether a dictionary word of two or more characters stands across the cut."""
    before = _folded(left[-4 * _CONTEXT :])[-_CONTEXT:]
    return len(before) not in _cuts(before + _first(right))


def _first(text: str) -> str:
    """The first folded characters of a text."""
    return _folded(text[: 2 * _CONTEXT])[:_CONTEXT]


@lru_cache(maxsize=8192)
def _folded(piece: str) -> str:
    """The folded end or beginning of a text, of which most are asked for at several cuts of a page."""
    return fold(piece)


@lru_cache(maxsize=8192)
def _cuts(text: str) -> tuple[int, ...]:
    """Where the likeliest cut of a short text into dictionary words cuts it; the unigram model of jieba."""
    frequencies, total = _frequencies()
    best = [(0.0, 0)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        count = frequencies.get(text[start])
        likeliest = (log((count or 1) / total) + best[start + 1][0], start + 1)
        for end in range(start + 2, len(text) + 1):
            if count is None:
                break
            count = frequencies.get(text[start:end])
            if count:
                likeliest = max(likeliest, (log(count / total) + best[end][0], end))
        best[start] = likeliest
    cuts = [0]
    while cuts[-1] < len(text):
        cuts.append(best[cuts[-1]][1])
    return tuple(cuts)


@cache
def _frequencies() -> tuple[Mapping[str, int], int]:
    return word_frequencies()


def _open_quotes(text: str) -> int:
    return text.count("“") - text.count("”")
