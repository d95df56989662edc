"""What readers of an archive ask a server, in the archive's own words: the same addresses for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote, urlencode

from search.archive import Archive
from search.article import Article
from search.errors import BaokuError
from search.text import fold
from search.words import words

SHARES = {
    "search": 30,
    "filtered search": 15,
    "article": 20,
    "suggest": 15,
    "search as JSON": 5,
    "API": 5,
    "trends": 4,
    "browse": 5,
    "list as CSV": 1,
}
"""How many of a hundred requests are of each kind."""
SAMPLED = 600
"""Articles from all over the archive, by which the questions are made."""
_QUESTIONS = 3_000
_YEARS = 15


@dataclass(frozen=True, slots=True)
class Click:
    """A request: its kind and its address."""

    kind: str
    address: str


@dataclass(frozen=True)
class Matter:
    """What is asked about: questions with the most popular first, ids, and values of facets with the most frequent
    first.
    """

    questions: Sequence[str]
    ids: Sequence[str]
    streets: Sequence[str]
    reporters: Sequence[str]
    topics: Sequence[str]
    years: Sequence[int]


def matter(index: Path, seed: int) -> Matter:
    """The matter of an archive.

    Raises:
        BaokuError: there is no archive, or nothing in it.
    """
    archive, chance = Archive.open(index), random.Random(seed)
    ids = list(archive.identities())
    chosen = chance.sample(ids, min(SAMPLED, len(ids)))
    articles = [article for identity in chosen if (article := archive.article(identity))]
    if not articles:
        raise BaokuError(f"{index} 里没有文章 (no articles to ask for)")
    years = sorted({article.date.start.year for article in articles if article.date.start}) or [2022]
    return Matter(
        list(_questions(articles, chance)),
        chosen,
        _frequent(street for article in articles for street in article.streets),
        _frequent(name for article in articles for name in article.reporters),
        _frequent(topic for article in articles for topic in article.topics),
        years[-_YEARS:],
    )


def _frequent(values: Iterator[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common(200)] or ["未注明"]


def _questions(articles: Sequence[Article], chance: random.Random) -> Iterator[str]:
    """One word, two words, a quoted string or a name, each once; in random order, which is that of popularity."""
    made = dict.fromkeys(_question(chance.choice(articles), chance) for _ in range(_QUESTIONS))
    yield from filter(None, made)


def _question(article: Article, chance: random.Random) -> str:
    long_words = [word for word in words(fold(f"{article.title or ''} {article.body[:400]}")) if len(word) > 1]
    sort = chance.random()
    if not long_words:
        return ""
    if sort < 0.5:
        return chance.choice(long_words)
    if sort < 0.75:
        return " ".join(chance.choices(long_words, k=2))
    if sort < 0.9 or not article.people:
        start = chance.randrange(max(1, len(article.body) - 8))
        piece = article.body[start : start + chance.randint(3, 8)].replace('"', "").strip()
        return f'"{piece}"' if piece else ""
    return chance.choice(article.people)


class Traffic:
    """An endless row of requests; ``number`` tells apart the readers of one seed."""

    def __init__(self, matter: Matter, seed: int, number: int = 0) -> None:
        self.chance = random.Random(f"{seed} {number}")
        self._matter = matter
        self._kinds, self._shares = zip(*SHARES.items(), strict=True)
        self._ranks = list(accumulate(1 / rank for rank in range(1, len(matter.questions) + 1)))
        self._ways = {
            "search": self._search,
            "filtered search": self._filtered,
            "article": self._article,
            "suggest": self._suggest,
            "search as JSON": self._json,
            "API": self._interface,
            "trends": self._trends,
            "browse": self._browse,
            "list as CSV": self._list,
        }

    def next(self) -> Click:
        """The next request."""
        (kind,) = self.chance.choices(self._kinds, self._shares)
        return Click(kind, self._ways[kind]())

    def _question(self) -> str:
        """By Zipf's law: the second question is asked half as often as the first."""
        (question,) = self.chance.choices(self._matter.questions, cum_weights=self._ranks)
        return question

    def _one(self, values: Sequence[str]) -> str:
        """A value, the first ones more often."""
        return values[int(len(values) * self.chance.random() ** 2)]

    def _search(self) -> str:
        page = {"page": 2} if self.chance.random() < 0.1 else {}
        sort = {"sort": self.chance.choice(("newest", "oldest", "recent"))} if self.chance.random() < 0.2 else {}
        return _address("/search", {"q": self._question(), **sort, **page})

    def _filtered(self) -> str:
        matter = self._matter
        chosen = self.chance.choice(
            (
                {"street": self._one(matter.streets)},
                {"reporter": self._one(matter.reporters)},
                {"topic": self._one(matter.topics)},
                {"from": self.chance.choice(matter.years), "to": matter.years[-1]},
                {"not_kind": "notice", "date": self.chance.choice(matter.years)},
            )
        )
        return _address("/search", {"q": self._question(), **chosen})

    def _article(self) -> str:
        return f"/article/{quote(self.chance.choice(self._matter.ids))}"

    def _suggest(self) -> str:
        typed = self._question().strip('"')
        return _address("/suggest", {"q": typed[: self.chance.randint(1, 3)]})

    def _json(self) -> str:
        return _address("/search.json", {"q": self._question()})

    def _interface(self) -> str:
        identity = quote(self.chance.choice(self._matter.ids))
        return self.chance.choice(
            (
                _address("/api/v1/search", {"q": self._question()}),
                _address("/api/v1/facets", {"q": self._question()}),
                f"/api/v1/similar/{identity}",
                f"/api/v1/story/{identity}",
            )
        )

    def _trends(self) -> str:
        terms = [("q", self._question()), ("q", self._question())]
        return self.chance.choice(
            (f"/trends?{urlencode(terms)}", _address("/api/v1/timeline", {"q": self._question()}))
        )

    def _browse(self) -> str:
        matter = self._matter
        return self.chance.choice(
            (
                "/",
                "/dates",
                "/reporters",
                "/statistics",
                f"/street/{quote(self._one(matter.streets))}",
                f"/reporter/{quote(self._one(matter.reporters))}",
            )
        )

    def _list(self) -> str:
        year = self.chance.choice(self._matter.years)
        return _address("/search.csv", {"q": self._question(), "from": year, "to": year})


def _address(path: str, parameters: dict[str, object]) -> str:
    return f"{path}?{urlencode(parameters)}"
