"""Where a text names places: by their full names, in lists that share one 街道, and in which district."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.describe.place_names import ENDINGS, Name, Names

_JOINS = ("、", "以及", "和", "与", "及", "暨", ",")
_LONGEST_LIST = 60
_TOTAL = re.compile("(?:等地?)?这?(?:[0-9]+|[一二三四五六七八九十两多几各]+)?[个家]?$")
# In "X街道路两侧" and "X街道两旁" the words are X街 and 道路, or a road: no office of that name is meant.
_ROAD = re.compile("路|两[侧旁边]|沿线|旁(?!听)|边(?!防)|口(?![罩袋腔头述碑])|[东西南北]侧|上的|上行|上车")
_OF = re.compile("(?:的|下辖的?|所辖的?|辖区内?的?|境内的?)$")
_HAN = re.compile("[一-鿿]")
_OPENERS = frozenset("在到去来往赴于从自至和与及、的是区道进入访")
# A unit's last character, and the characters that stand before it in common words: 辖区, 城市, 家乡, 该街道.
_COMMON = {
    "省": "全我该本各外跨",
    "市": "全我该本各城超门夜早集菜都股楼闹",
    "区": "全我该本各辖社小片景园校城市新山地郊灾专防库战学商街发范护民住活业险控管禁盲矿老厂责",
    "县": "全我该本各市区",
    "旗": "全我该本各国党红锦彩",
    "乡": "全我该本各城返下家故老思水",
    "镇": "全我该本各乡城集",
    "道": "全我该本各区个这等和、的在与及",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a folded text.

    ``words`` is the span that says so, the whole list for a name in one; ``alone`` when it stands in no list of
    several; ``here`` is whether the words before it place it in this district (None: they do not say).
    """

    start: int
    end: int
    street: str | None
    community: str | None
    words: tuple[int, int]
    alone: bool = True
    here: bool | None = None


class Finder:
    """Finds mentions by one set of names; ``home`` and ``elsewhere`` are the words that place them."""

    def __init__(self, names: Names, home: Sequence[str], elsewhere: Sequence[str]) -> None:
        self._names = names
        self._home = tuple(home)
        self._elsewhere = tuple(elsewhere)

    def mentions(self, text: str, learned: Mapping[str, Name]) -> list[Mention]:
        """The places that a folded text names, in its order; ``learned`` are names to know besides."""
        found: dict[int, Mention] = {}
        for ending in self._names.endings.finditer(text):
            for mention in self._ending_at(text, ending, learned):
                found.setdefault(mention.end, mention)
        return self._placed(text, [found[end] for end in sorted(found)])

    def _ending_at(self, text: str, ending: re.Match[str], learned: Mapping[str, Name]) -> Iterator[Mention]:
        end, lists = ending.end(), ending[0] in ENDINGS
        if ending[0] == "街道" and _ROAD.match(text, end):
            return
        hit = self._names.ending_at(text, end, learned)
        if hit is None:
            total = _total(text, ending) if lists else None
            yield from _one_list(list(self._listed(text, total, ending, counted=True)) if total else [])
            return
        start, name = hit
        if name and self._is_name(text, start, name):
            before = _joined(text, start) if lists else None
            listed = list(self._listed(text, before, ending)) if before else []
            alone = not listed and "、" not in (text[start - 1 : start], text[end : end + 1])
            yield from _one_list([Mention(start, end, name.street, name.community, (start, end), alone), *listed])

    def _is_name(self, text: str, start: int, name: Name) -> bool:
        before = text[start - 1 : start]
        return name.community not in self._names.ordinary or not _HAN.match(before) or before in _OPENERS

    def _listed(self, text: str, end: int, ending: re.Match[str], counted: bool = False) -> Iterator[Mention]:
        """The names of a list that ends there, last one first; a counted list may hold unknown names too."""
        for _ in range(_LONGEST_LIST):
            if hit := self._names.stem_at(text, end, ending[0]):
                start, name = hit
                yield Mention(start, end, name.street, name.community, (start, ending.end()), alone=False)
            else:
                start = text.rfind("、", max(0, end - 6), end) + 1
                if not (counted and 0 < start < end - 1):
                    return
            before = _joined(text, start)
            if before is None:
                return
            end = before

    def _placed(self, text: str, mentions: list[Mention]) -> list[Mention]:
        placed: list[Mention] = []
        for mention in mentions:
            here = self._here(text[max(0, mention.start - 12) : mention.start])
            between = _OF.sub("", text[placed[-1].end : mention.start][:8]) if placed else None
            if between == "" or (here is None and between in _JOINS):
                here = placed[-1].here
            placed.append(replace(mention, here=here))
        return placed

    def _here(self, before: str) -> bool | None:
        """Whether the words before a name place it in this district; None when they name no unit."""
        before = _OF.sub("", before)
        if before.endswith(self._home):
            return True
        if before.endswith(self._elsewhere):
            return False
        unit, last = before[-1:], before[-2:-1]
        if unit not in _COMMON or (unit == "道" and last != "街"):
            return None
        last = before[-3:-2] if unit == "道" else last
        return False if _HAN.match(last) and last not in _COMMON[unit] else None


def _one_list(mentions: list[Mention]) -> Iterator[Mention]:
    """The same mentions, each with the words of the whole list: from its first name, which comes last here."""
    return (replace(mention, words=(mentions[-1].start, mentions[0].words[1])) for mention in mentions)


def _total(text: str, ending: re.Match[str]) -> int | None:
    """Where the list before a total (等三个街道) ends; None without a total."""
    window = max(0, ending.start() - 8)
    total = _TOTAL.search(text[window : ending.start()])
    return window + total.start() if total and total[0] else None


def _joined(text: str, start: int) -> int | None:
    """Where the name before a joining word ends; None where there is none."""
    return next((start - len(join) for join in _JOINS if start > len(join) and text.endswith(join, 0, start)), None)
