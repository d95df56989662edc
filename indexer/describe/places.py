"""Where a story happens: streets, communities and villages, with the printed words that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from indexer.describe.reference import Gazetteer
from indexer.draft import Draft
from search.text import fold, folded

_JOIN = "(?:、|以及|及|和|与|,)"
_NUMBER = "(?:[0-9]+|[一二三四五六七八九十两]+)"
_TOTAL = f"(?:等|这)?{_NUMBER}?(?:个|家)?"
# In "X街道路两侧" and "X街道两旁" the words are X街 and 道路, or a road: no office of that name is meant.
_STREET_END = "街道(?!路|两侧|两旁|两边|沿线)"


@dataclass(frozen=True, slots=True)
class Places:
    """Canonical names in order of first mention; ``evidence`` holds the printed words, each once."""

    streets: tuple[str, ...] = ()
    primary_street: str | None = None
    communities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place as found in the folded text; ``alone`` when it does not stand in a list of several."""

    printed: str
    street: str | None
    community: str | None
    alone: bool


def find_places(draft: Draft, gazetteer: Gazetteer) -> Places:
    """The streets and communities of a story; a community also gives its street.

    The primary street is the one of the headline, else the only one, else the only one that is named outside lists,
    else one that is mentioned twice as often as any other; otherwise None.
    """
    finder = _finder(gazetteer)
    head = [mention for part in (draft.kicker, draft.title, draft.subtitle) for mention in finder.mentions(part or "")]
    text = [mention for part in (draft.body, *draft.captions) for mention in finder.mentions(part)]
    mentions = head + text
    return Places(
        streets=_each(mention.street for mention in mentions),
        primary_street=_only(head) or _primary(mentions),
        communities=_each(mention.community for mention in mentions),
        evidence=_each(mention.printed for mention in mentions),
    )


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _only(mentions: list[_Mention]) -> str | None:
    streets = {mention.street for mention in mentions if mention.street}
    return streets.pop() if len(streets) == 1 else None


def _primary(mentions: list[_Mention]) -> str | None:
    alone = [mention for mention in mentions if mention.alone]
    only = _only(mentions) or _only(alone)
    if only:
        return only
    counts = Counter(mention.street for mention in alone if mention.street).most_common(2)
    return counts[0][0] if len(counts) == 2 and counts[0][1] >= 2 * counts[1][1] else None


class _Finder:
    """All names of a gazetteer as one expression; earlier alternatives win, so longer names and traps come first."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._streets = _street_names(gazetteer)
        self._in_lists = {fold(m): s.name for s in gazetteer.streets for m in s.misprints_in_lists}
        self._former = {fold(old): street.name for street in gazetteer.streets for old in street.formerly}
        self._homes = gazetteer.communities
        self._communities = {fold(name): name for name in gazetteer.communities}
        self._communities |= {fold(form): name for form, name in gazetteer.forms.items()}
        self._neighbours = tuple(fold(name) for name in gazetteer.neighbours)
        traps = [fold(trap) for trap in gazetteer.not_streets]
        self._pattern = re.compile(
            f"(?P<trap>{_any(traps)})|(?P<former>{_any(self._former)})|(?P<community>{_any(self._communities)})"
            f"|(?P<streets>{self._street_list()})"
            f"|(?P<communities>{self._community_list('社区')})|(?P<villages>{self._community_list('村')})"
        )
        stems = [*self._streets, *self._in_lists]
        self._stems = re.compile(_any(stems))
        bare = [re.sub("(?:社区|村)$", "", name) for name in self._communities]
        # One flat list of beginnings is what re searches fastest; the full pattern is tried only where one stands.
        self._beginnings = re.compile(_any([*traps, *self._former, *stems, *bare]))

    def _street_list(self) -> str:
        name = f"(?:{_any([*self._streets, *self._in_lists])})"
        return f"{name}(?:(?:街道)?{_JOIN}{name})*{_TOTAL}{_STREET_END}"

    def _community_list(self, kind: str) -> str:
        # Behind a total (甲、乙等社区) unknown names may stand among the known; without one all must be known.
        known = f"(?:{_any(name.removesuffix(kind) for name in self._communities if name.endswith(kind))})"
        counted = f"{known}(?:{_JOIN}{known}|、[一-鿿]{{2,5}}?)*(?:等{_NUMBER}?|这?{_NUMBER})个?{kind}"
        return counted if kind == "村" else f"{counted}|{known}(?:{_JOIN}{known})+{kind}"

    def mentions(self, printed: str) -> list[_Mention]:
        """The places of one part of the story in the order of the text."""
        found: list[_Mention] = []
        for match in self._matches(fold(printed)):
            words = _as_printed(printed, match)
            found += [_Mention(words, *place) for place in self._read(match)]
        return found

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        position = 0
        while beginning := self._beginnings.search(text, position):
            match = self._pattern.match(text, beginning.start())
            position = match.end() if match else beginning.start() + 1
            if match and not text.endswith(self._neighbours, 0, match.start()):
                yield match

    def _read(self, match: re.Match[str]) -> Iterator[tuple[str | None, str | None, bool]]:
        words = match.group()
        if match.lastgroup == "former":
            yield self._former[words], None, True
        elif match.lastgroup == "streets":
            yield from self._read_streets(match)
        elif match.lastgroup == "community":
            yield self._community(words, not _in_list(match))
        elif match.lastgroup in ("communities", "villages"):
            kind = "村" if match.lastgroup == "villages" else "社区"
            for part in re.split(_JOIN, words.removesuffix(kind)):
                name = re.sub(f"{_TOTAL}$", "", part).removesuffix(kind) + kind
                if name in self._communities:
                    yield self._community(name, False)

    def _community(self, words: str, alone: bool) -> tuple[str | None, str | None, bool]:
        name = self._communities[words]
        return self._homes[name], name, alone

    def _read_streets(self, match: re.Match[str]) -> Iterator[tuple[str | None, str | None, bool]]:
        stems = self._stems.findall(match.group())
        alone = len(stems) == 1 and not _in_list(match)
        for stem in stems:
            if stem in self._streets:
                yield self._streets[stem], None, alone
            elif not alone:
                yield self._in_lists[stem], None, False


@cache
def _finder(gazetteer: Gazetteer) -> _Finder:
    return _Finder(gazetteer)


def _street_names(gazetteer: Gazetteer) -> dict[str, str]:
    names: dict[str, str] = {}
    for street in gazetteer.streets:
        names |= {fold(form): street.name for form in (street.stem, *street.misprints)}
    return names


def _any(names: Iterable[str]) -> str:
    """The names as alternatives, the longest first; what never matches when there are none."""
    longest_first = sorted(set(names), key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or "(?!)"


def _in_list(match: re.Match[str]) -> bool:
    """Whether the name stands between 、: one of several, not the place of the story."""
    text = match.string
    return text[match.start() - 1 : match.start()] == "、" or text[match.end() : match.end() + 1] == "、"


def _as_printed(printed: str, match: re.Match[str]) -> str:
    if match.group() in printed:
        return match.group()
    offsets = folded(printed).offsets
    return re.sub(r"\s+", "", printed[offsets[match.start()] : offsets[match.end()]])
