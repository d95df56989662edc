"""The archive that is read and written at once: what each edition holds follows from its number alone.

An edition replaces every brief of the one before, and has another number of them; the chronicle, which stays, is what
segments are joined with. So a total, a count of a facet, a hit and a row of a list each tell which edition it is of.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from search.article import Article, PublicationDate, Source
from search.request import FACETS, MISSING

BRIEF, CHRONICLE = "简报", "年表"
"""Words of every brief and of every article of the chronicle, and of no other."""
LASTING = 60
"""Articles of the chronicle."""
PASSING = 5
"""Articles that come with one way of writing and go with another; no question finds them."""
FEWEST, MOST = 12, 36
"""Briefs of an edition."""

REPORTERS = ("赵一禾", "钱知秋", "孙望舒", "李长庚")
TOPICS = ("教育", "卫生健康", "文化旅游")
_STREETS = ("御河街道", "清远街道", "古城街道", "新旺街道", "开源街道")
_FIRST_DAY, _DAYS = date(2021, 1, 1), 900
_LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
_EDITION = re.compile("第([0-9]+)期")

Filters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a search finds in an edition; ``counts`` as in Results, each without the facet's own filter."""

    ids: frozenset[str]
    counts: Mapping[str, Mapping[str, int]]


def edition_of(text: str) -> set[int]:
    """The numbers of the editions that a text speaks of."""
    return {int(number) for number in _EDITION.findall(text)}


def size_of(edition: int) -> int:
    """How many briefs an edition has; neighbours have not the same number."""
    return FEWEST + edition * 7 % (MOST - FEWEST + 1)


def sizes_of(edition: int) -> tuple[int, int]:
    """How many articles the archive may hold in an edition."""
    lasting = size_of(edition) + LASTING
    return lasting, lasting + PASSING


@lru_cache(maxsize=16)
def briefs(edition: int) -> Mapping[str, Article]:
    """The briefs of an edition by id."""
    return {article.id: article for article in (_brief(edition, place) for place in range(size_of(edition)))}


@lru_cache(maxsize=1)
def chronicle() -> Mapping[str, Article]:
    """The articles that are in every edition, by id."""
    return {article.id: article for article in map(_lasting, range(LASTING))}


@lru_cache(maxsize=1)
def passing() -> Mapping[str, Article]:
    """The articles that come and go, by id."""
    return {article.id: article for article in map(_passing, range(PASSING))}


@lru_cache(maxsize=64)
def expected(edition: int, both: bool = False, only: tuple[tuple[str, str], ...] = ()) -> Expected:
    """What ``BRIEF`` finds in an edition, or with ``both`` all of it, where facets must have the values of ``only``."""
    articles = [*briefs(edition).values(), *(chronicle().values() if both else ())]
    filters = dict(only)
    counts = {facet: _counted(_fitting(articles, filters, facet), facet) for facet in FACETS}
    return Expected(frozenset(article.id for article in _fitting(articles, filters)), counts)


def _fitting(articles: Iterable[Article], filters: Filters, besides: str = "") -> list[Article]:
    wanted = [(facet, value) for facet, value in filters.items() if facet != besides]
    return [one for one in articles if all(value in _values(one, facet) for facet, value in wanted)]


def _counted(articles: Iterable[Article], facet: str) -> Mapping[str, int]:
    return Counter(value for article in articles for value in _values(article, facet))


def _values(article: Article, facet: str) -> tuple[str, ...]:
    """The values of an article in a facet, MISSING where it has none."""
    match facet:
        case "date":
            day = article.date.start
            return (f"{day:%Y}", f"{day:%Y-%m}") if day else (MISSING,)
        case "street":
            return article.streets or (MISSING,)
        case "reporter":
            return article.people or (MISSING,)
        case "topic":
            return article.topics or (MISSING,)
        case "kind":
            return (article.kind,)
    return (article.section,) if article.section else (MISSING,)


def _brief(edition: int, place: int) -> Article:
    """A brief; the reporter and the first topic follow from its place, so that in every edition there are some."""
    chance = random.Random(f"{edition} {place}")
    return Article(
        f"brief{place:04}",
        Source("briefs.jsonl"),
        f"{BRIEF}第{edition}期之{place}",
        section=chance.choice(("城事", "街谈", None)),
        reporters=(REPORTERS[place % len(REPORTERS)],),
        kind=chance.choice(("news", "feature", "notice")),
        body="\n".join(f"第{edition}期说，{_prose(chance)}。" for _ in range(6)),
        date=_day(chance, _FIRST_DAY),
        streets=tuple(chance.sample(_STREETS, chance.randrange(3))),
        topics=(TOPICS[place % len(TOPICS)],),
    )


def _lasting(place: int) -> Article:
    chance = random.Random(f"chronicle {place}")
    body = "\n".join(f"{CHRONICLE}记着，{_prose(chance)}。" for _ in range(8))
    day = _day(chance, date(2015, 1, 1))
    return Article(f"chronicle{place:04}", Source("chronicle.jsonl"), f"{CHRONICLE}之{place}", body=body, date=day)


def _passing(place: int) -> Article:
    body = f"{_prose(random.Random(f'passing {place}'))}。"
    return Article(f"passing{place:04}", Source("passing.jsonl"), f"启事之{place}", body=body)


def _prose(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=30))


def _day(chance: random.Random, first: date) -> PublicationDate:
    day = first + timedelta(days=chance.randrange(_DAYS))
    return PublicationDate(day, day, "manifest") if chance.random() < 0.9 else PublicationDate()
