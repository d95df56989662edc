"""The fixed set of queries: classes of what people ask, with terms chosen from the corpus by a seeded rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from math import log

from numpy.random import Generator, default_rng

from benchmarks.corpus import STREETS
from search.article import Article
from search.request import SearchRequest
from search.text import fold
from search.words import words

PER_CLASS = 8
PER_PAGE = 10
DEEP_PAGE = 50

COMMON, MID, RARE = 0.2, 0.01, 0.0005
"""In which share of the articles a term of the class is, or as near to that as the corpus allows."""

_CANDIDATE_ARTICLES = 300
_HAN_RUN = re.compile("[\u4e00-\u9fff]{12,}")
_HAN_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Requests of one kind."""

    name: str
    requests: tuple[SearchRequest, ...]


def query_set(articles: Iterable[Article], seed: int) -> list[QueryClass]:
    """The queries for a corpus; classes for which it has no text are left out."""
    chooser = _Chooser(articles, default_rng(seed))
    common, mid, rare = (chooser.terms(_HAN_PAIR, share) for share in (COMMON, MID, RARE))
    classes = [
        QueryClass("common term", _asked(common)),
        QueryClass("mid term", _asked(mid)),
        QueryClass("rare term", _asked(rare)),
        QueryClass("single character", _asked(chooser.terms(_HAN, COMMON))),
        QueryClass("common AND mid", _asked(map(" ".join, zip(common, mid, strict=False)))),
        QueryClass("common OR mid", _asked(map(" OR ".join, zip(common, mid, strict=False)))),
        QueryClass("quoted string of 4", _asked(f'"{text}"' for text in chooser.strings(4, 4))),
        QueryClass("phrase of 6-12", _asked(chooser.strings(6, 12))),
        QueryClass("common term, one year", tuple(_in_a_year(common, chooser.years))),
        QueryClass("common term, one street", tuple(_in_a_street(common))),
        QueryClass("common term, newest first", tuple(_request(term, sort="newest") for term in common)),
        QueryClass("browse all", (_request(""),) * PER_CLASS),
        QueryClass(f"browse all, page {DEEP_PAGE}", (_request("", page=DEEP_PAGE),) * PER_CLASS),
    ]
    return [kind for kind in classes if kind.requests]


def _request(query: str, **options: object) -> SearchRequest:
    return SearchRequest(query, per_page=PER_PAGE, **options)  # type: ignore[arg-type]


def _asked(queries: Iterable[str]) -> tuple[SearchRequest, ...]:
    return tuple(map(_request, queries))


def _in_a_year(terms: Sequence[str], years: Sequence[int]) -> Iterator[SearchRequest]:
    for year, term in zip(cycle(years), terms, strict=False):
        yield _request(term, first_day=date(year, 1, 1), last_day=date(year, 12, 31))


def _in_a_street(terms: Sequence[str]) -> Iterator[SearchRequest]:
    for street, term in zip(STREETS, terms, strict=False):
        yield _request(term, only={"street": (street,)})


class _Chooser:
    """Terms and strings of a corpus. The document frequency of a term counts the articles in which it can be read."""

    def __init__(self, articles: Iterable[Article], rng: Generator) -> None:
        self._rng = rng
        years: set[int] = set()
        self._texts: list[str] = []
        for article in articles:
            self._texts.append(f"{fold(article.title or '')}\n{fold(article.body)}")
            if article.date.start:
                years.add(article.date.start.year)
        self.years = sorted(years)
        candidates = {word for text in self._some(_CANDIDATE_ARTICLES) for word in words(text) if len(word) <= 2}
        self._frequency: Counter[str] = Counter()
        for text in self._texts:
            self._frequency.update(candidates.intersection({*text, *map(str.__add__, text, text[1:])}))

    def terms(self, form: re.Pattern[str], share: float) -> list[str]:
        """Words of some of the articles whose share is nearest to the one wanted; chance decides between equals."""
        fitting = sorted(word for word in self._frequency if form.fullmatch(word))
        shuffled = [fitting[place] for place in self._rng.permutation(len(fitting))]
        wanted = log(share * len(self._texts))
        return sorted(shuffled, key=lambda word: abs(log(self._frequency[word]) - wanted))[:PER_CLASS]

    def strings(self, shortest: int, longest: int) -> list[str]:
        """Strings cut from anywhere in long runs of Chinese characters, each from another article."""
        runs = (_HAN_RUN.findall(text) for text in self._some(len(self._texts)))
        chosen = islice(filter(None, runs), PER_CLASS)
        return [self._cut(found[self._rng.integers(len(found))], shortest, longest) for found in chosen]

    def _cut(self, run: str, shortest: int, longest: int) -> str:
        length = int(self._rng.integers(shortest, longest + 1))
        start = int(self._rng.integers(len(run) - length + 1))
        return run[start : start + length]

    def _some(self, count: int) -> list[str]:
        return [self._texts[place] for place in self._rng.permutation(len(self._texts))[:count]]
