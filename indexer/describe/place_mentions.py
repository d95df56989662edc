"""Where a text names places: by their full names, in lists that share one 街道, and in which district."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.describe.gazetteer import Gazetteer
from indexer.describe.place_names import ENDINGS, NUMBERS, TOTALS, Name, Names
from search.article import PublicationDate

_JOINS = ("、", "以及", "和", "与", "及", "暨", "·", " and ")
_JOIN_ENDS = frozenset(join[-1] for join in _JOINS)
_LONGEST_LIST = 60
_TOTAL = re.compile(f"(?:等地?)?这?[{NUMBERS}]*[个家]?$")
# In "X街道路两侧" and "X街道两旁" the words are X街 and 道路, or a road: no office of that name is meant.
_ROAD = re.compile("路|两[侧旁边]|沿线|旁(?!听)|边(?!防)|口(?![罩袋腔头述碑])|[东西南北]侧|上的|上行|上车")
_OF = re.compile("(?:的|下辖的?|所辖的?|辖区内?的?|境内的?)$")
_HAN = re.compile("[一-鿿]")
_OPENERS = frozenset("在到去来往赴于从自至和与及、区道进入访")
# A unit's last character, and the characters that stand before it in common words: 辖区, 城市, 家乡, 该街道.
_COMMON = {
    "省": "全我该本各外跨",
    "市": "全我该本各城超门夜早集菜都股楼闹",
    "区": "全我该本各辖社小片景园校城市郊灾专防库战学商街发范护民住活业险控管禁盲矿老厂",
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
    """Finds mentions by the names of one time; the gazetteer's words of here and elsewhere place them."""

    def __init__(self, gazetteer: Gazetteer, early: bool, ended: frozenset[str]) -> None:
        self.names = Names(gazetteer, early, ended)
        self._home = gazetteer.home
        self._elsewhere = gazetteer.elsewhere
        cities = "|".join(map(re.escape, gazetteer.elsewhere)) or "(?!)"
        self._district = re.compile(f"(?:{cities})市?[一-鿿]{{1,3}}(?<![{_COMMON['区']}])[区县]")

    def speaks_of_elsewhere(self, texts: Sequence[str]) -> bool:
        """Whether folded texts name a district of another city and never this one."""
        here = any(word in text for text in texts for word in self._home)
        return not here and any(self._district.search(text) for text in texts)

    def mentions(self, text: str, learned: Mapping[str, Name]) -> list[Mention]:
        """The places that a folded text names, in its order; ``learned`` are names to know besides."""
        found: dict[int, Mention] = {}
        endings = self.names.any_ending if learned else self.names.known_ending
        for ending in endings.finditer(text):
            for mention in self._ending_at(text, ending, learned):
                found.setdefault(mention.end, mention)
        return self._placed(text, [found[end] for end in sorted(found)])

    def _ending_at(self, text: str, ending: re.Match[str], learned: Mapping[str, Name]) -> Iterator[Mention]:
        end, lists = ending.end(), ending[0] in ENDINGS
        if ending[0] == "街道" and _ROAD.match(text, end):
            return
        hit = self.names.ending_at(text, end, learned)
        if hit is None:
            total = _total(text, ending) if lists else None
            yield from _one_list(list(self._listed(text, total, ending, counted=True)) if total else [])
            return
        start, name = hit
        if name and self._is_name(text, start, name):
            before = _joined(text, start) if lists else None
            listed = list(self._listed(text, before, ending)) if before else []
            alone = not listed and "、" not in (text[start - 1 : start], text[end : end + 1])
            mention = Mention(start, end, name.street, name.community, (start, end), alone)
            yield from _one_list([mention, *listed]) if listed else (mention,)

    def _is_name(self, text: str, start: int, name: Name) -> bool:
        before = text[start - 1 : start]
        return name.community not in self.names.ordinary or not _HAN.match(before) or before in _OPENERS

    def _listed(self, text: str, end: int, ending: re.Match[str], counted: bool = False) -> Iterator[Mention]:
        """The names of a list that ends there, last one first; a counted list may hold unknown names too."""
        for _ in range(_LONGEST_LIST):
            if hit := self.names.stem_at(text, end, ending[0]):
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
            placed.append(mention if here is None else replace(mention, here=here))
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


def finder_of(gazetteer: Gazetteer, date: PublicationDate) -> Finder:
    """The finder for a story of that date."""
    early = bool(date.end and gazetteer.since and date.end < gazetteer.since)
    ended = frozenset(item.name for item in gazetteer.former if date.start and date.start > item.until)
    return _finder(gazetteer, early, ended)


_finder = lru_cache(maxsize=16)(Finder)


def _one_list(mentions: list[Mention]) -> Iterator[Mention]:
    """The same mentions, each with the words of the whole list: from its first name, which comes last here."""
    return (replace(mention, words=(mentions[-1].start, mentions[0].words[1])) for mention in mentions)


def _total(text: str, ending: re.Match[str]) -> int | None:
    """Where the list before a total (等三个街道) ends; None without a total."""
    start = ending.start()
    if text[start - 1 : start] not in TOTALS:
        return None
    total = _TOTAL.search(text, max(0, start - 8), start)
    return total.start() if total and total[0] else None


def _joined(text: str, start: int) -> int | None:
    """Where the name before a joining word ends; None where there is none."""
    if text[start - 1 : start] not in _JOIN_ENDS:
        return None
    return next((start - len(join) for join in _JOINS if text.endswith(join, 0, start)), None)
