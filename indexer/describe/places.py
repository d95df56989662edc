"""Where a story happens: streets, communities and villages, with the printed words that say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.describe.gazetteer import Gazetteer
from indexer.describe.place_mentions import Finder, Mention, finder_of
from indexer.describe.place_names import Name
from indexer.draft import Draft
from indexer.page import Page
from search.text import fold, folded

# A community that is named right behind its street: 永泰街道办事处锦绣社区.
_BEHIND = re.compile("(?:办事处|党工委)?(?:的|下辖的?|所辖的?|辖区内?的?)?([一-鿿]{2,6}?)(?:社区|村)")
# What stands there and is no name: 街道各社区, 街道打造智慧社区, 街道美丽乡村.
_NO_NAME = re.compile(
    "[的在各等个与及联合组织走进把了这该本所属辖内多两三是对将来去到由向从让并其某社街道农乡委员队站局处们]|^和..|城[中边]"
    "|智慧|平安|文明|示范|试点|完整|红色|老旧|和谐|美丽|绿色|无诈|重点|城市|和美|幸福$|先进|标杆|聚焦"
)
# Whose office wrote, not where it happened: (通讯员 永泰街道 甲), or the like behind the last sentence.
_SIGNATURE = re.compile(
    r"\((?:(?=[^()]*(?:记者|通讯员|作者|单位|供稿))[^()]{2,60}\)"
    r'|(?<=[。!?…"]\()[^()]{2,40}(?<![站心室处场园馆所院校店区村厅楼门口])\)$)'
)
_MANY = 5
"""A story that names so many streets is about none of them alone."""
_BY_CHANCE = 2
"""So many streets of ours a page of another city may seem to name: there is a 新华街道 in many."""


@dataclass(frozen=True, slots=True)
class Places:
    """Canonical names in order of first mention; ``evidence`` holds the printed words, each once."""

    streets: tuple[str, ...] = ()
    primary_street: str | None = None
    communities: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def find_places(drafts: Sequence[Draft], gazetteer: Gazetteer) -> list[Places]:
    """The streets and communities of each story of a page; a community also gives its street.

    A community that one story names with its street is known by it in all stories of the page. On a page of another
    city nothing is found.
    """
    if not drafts:
        return []
    page = drafts[0].page
    finder = finder_of(gazetteer, page.date)
    readings = [_Reading(draft, finder) for draft in drafts]
    told = dict(_agreed(pair for reading in readings for pair in reading.told.items()))
    for reading in readings:
        if told or reading.told:
            reading.read({**told, **reading.told})
    if _is_elsewhere(page, readings, gazetteer):
        return [Places() for _ in drafts]
    return [reading.places() for reading in readings]


def _agreed(pairs: Iterable[tuple[str, Name]]) -> Iterator[tuple[str, Name]]:
    streets: dict[str, set[Name]] = {}
    for form, name in pairs:
        streets.setdefault(form, set()).add(name)
    return ((form, names.pop()) for form, names in streets.items() if len(names) == 1)


class _Reading:
    """The places of one story's parts: its headline, its body and its captions."""

    def __init__(self, draft: Draft, finder: Finder) -> None:
        self._finder = finder
        self._printed = [draft.headline, draft.body, *draft.captions]
        self.texts = [fold(part) for part in self._printed]
        self.read({})
        self.told = dict(self._pairs())

    def read(self, learned: Mapping[str, Name]) -> None:
        """Finds the places, with names that are known besides those of the gazetteer."""
        found = [_signed_off(text, self._finder.mentions(text, learned)) for text in self.texts]
        mentions = [mention for part in found for mention in part if mention.street]
        away = {mention.street for mention in mentions if mention.here is False}
        away -= {mention.street for mention in mentions if mention.here}
        self.away = bool(away)
        if len({mention.street for mention in mentions}) == 1 and self._finder.speaks_of_elsewhere(self._before(found)):
            away |= {mentions[0].street}
        self._found = [[m for m in part if m.here is not False and m.street not in away] for part in found]

    def _before(self, found: Sequence[list[Mention]]) -> list[str]:
        """The text up to the first place."""
        first = next(part for part, mentions in enumerate(found) if mentions)
        return [*self.texts[:first], self.texts[first][: found[first][0].start]]

    @property
    def mentions(self) -> list[Mention]:
        return [mention for mentions in self._found for mention in mentions]

    def _pairs(self) -> Iterator[tuple[str, Name]]:
        """The communities right behind a street that the gazetteer does not know there."""
        for text, mentions in zip(self.texts, self._found, strict=True):
            for mention in mentions:
                behind = _BEHIND.match(text, mention.end) if text.endswith("街道", 0, mention.end) else None
                if behind and self._is_told(behind, mention.street):
                    form = text[behind.start(1) : behind.end()]
                    yield form, Name(mention.street, form)

    def _is_told(self, behind: re.Match[str], street: str | None) -> bool:
        hit = self._finder.names.ending_at(behind.string, behind.end(), {})
        if hit:
            return bool(hit[0] == behind.start(1) and hit[1] and hit[1].street != street)
        return not _NO_NAME.search(behind[1])

    def places(self) -> Places:
        mentions = self.mentions
        if not mentions:
            return Places()
        stop = self.texts[1].find("。")
        lead = [mention for mention in self._found[1] if stop < 0 or mention.start < stop]
        return Places(
            streets=_each(mention.street for mention in mentions),
            primary_street=_primary(self._found[0], lead, mentions),
            communities=_each(mention.community for mention in mentions),
            evidence=_each(self._evidence()),
        )

    def _evidence(self) -> Iterator[str]:
        for printed, text, mentions in zip(self._printed, self.texts, self._found, strict=True):
            yield from _as_printed(printed, text, [mention.words for mention in mentions])


def _signed_off(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions that stand in no signature."""
    if not mentions:
        return mentions
    signatures = [match.span() for match in _SIGNATURE.finditer(text)]
    return [m for m in mentions if not any(start < m.start and m.end <= end for start, end in signatures)]


def _is_elsewhere(page: Page, readings: Sequence[_Reading], gazetteer: Gazetteer) -> bool:
    """Whether the page is another city's: it names other cities and never this one, and hardly any street of ours."""
    mentions = [mention for reading in readings for mention in reading.mentions]
    if not mentions or len({mention.street for mention in mentions}) > _BY_CHANCE:
        return False
    texts = [page.name or "", page.newspaper or "", *(text for reading in readings for text in reading.texts)]
    if any(word in text for text in (*texts, *page.lines) for word in gazetteer.home):
        return False
    named = sum(text.count(city) for city in gazetteer.elsewhere for text in texts)
    return named > len(mentions) or any(reading.away for reading in readings)


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _primary(head: list[Mention], lead: list[Mention], mentions: list[Mention]) -> str | None:
    """The street of the headline, else the only one, else the only one that is named outside lists.

    Else, unless there are many, that of the first sentence if no other is named more often, or the one that is
    named twice as often as any other.
    """
    alone = [mention for mention in mentions if mention.alone]
    only = _only(head) or _only(mentions) or _only(alone)
    counts = Counter(mention.street for mention in alone if mention.street).most_common(2)
    if only or not counts or len({mention.street for mention in mentions}) >= _MANY:
        return only
    (most, first), (_, second) = counts
    leading = _only([mention for mention in lead if mention.alone])
    if leading and sum(mention.street == leading for mention in alone) == first:
        return leading
    return most if first >= 2 * second else None


def _only(mentions: list[Mention]) -> str | None:
    streets = {mention.street for mention in mentions if mention.street}
    return streets.pop() if len(streets) == 1 else None


def _as_printed(printed: str, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The words of spans of the folded text as they were printed, without the blanks in them."""
    position, offsets = 0, None
    for start, end in dict.fromkeys(spans):
        position = printed.find(text[start:end], position) if offsets is None else -1
        if position >= 0:
            yield text[start:end]
            continue
        # Mapping every character is slow, and needed only where a line break or the like has cut a name.
        offsets = offsets or folded(printed).offsets
        yield "".join(printed[offsets[start] : offsets[end]].split())
