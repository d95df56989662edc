"""What is asked in a comparison: kinds of questions, with terms drawn from the corpus by a seed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from math import inf
from typing import TypeVar

from numpy.random import Generator, default_rng

from benchmarks.compare.material import HAN, Material, Row
from benchmarks.corpus import STREETS
from search.words import words

A_KIND = 20
PER_PAGE = 10
DEEP_PAGE = 50

_SAMPLE = 2000
"""From so many articles terms and strings are taken; how frequent they are is counted in all."""
_TRIES = 200
_WORD = re.compile(f"[{HAN}]{{2,4}}")
_LONG_WORD = re.compile(f"[{HAN}]{{3,4}}")
_HAN = re.compile(f"[{HAN}]")
_ALL_HAN = re.compile(f"[{HAN}]+")
_MIXED = re.compile(rf'(?=.*[{HAN}].*[{HAN}])(?=.*[^{HAN}])[^\s"*?~\\]+')

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``form`` is all, any (of the ``terms``), string, prefix or everything.

    ``first`` and ``last`` are inclusive days; without ``newest`` the order is that of relevance.
    """

    kind: str
    form: str
    terms: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    street: str | None = None
    newest: bool = False
    page: int = 1

    @property
    def skipped(self) -> int:
        """The hits of the pages before the one that is asked for."""
        return (self.page - 1) * PER_PAGE

    def matches(self, text: str) -> bool:
        """Whether a folded text has what is asked for, by its characters alone; filters are left out."""
        return (any if self.form == "any" else all)(term in text for term in self.terms)

    def passes(self, row: Row, without: str | None = None) -> bool:
        """Whether an article passes the filters, but for that of the facet ``without``."""
        if self.first and self.last and without != "month":
            start = row.article.date.start
            if not (start and self.first <= start <= self.last):
                return False
        return not self.street or without == "street" or self.street in row.article.streets


def questions(material: Material, seed: int, count: int = A_KIND) -> list[Question]:
    """``count`` questions of each kind, fewer where the corpus has no more; the same for the same seed.

    Terms are words that jieba does not cut when they are asked for.
    """
    drawer = _Drawer(material, default_rng(seed), count)
    size = material.articles

    def ask(kind: str, terms: Iterable[str], form: str = "all") -> list[Question]:
        return [Question(kind, form, (term,)) for term in terms]

    filtered = drawer.words(size * 0.02, size * 0.2)
    asked = [
        ask("rare term", drawer.words(2, max(5, size * 2e-4))),
        ask("mid term", drawer.words(size * 0.005, size * 0.02)),
        ask("common term", drawer.commonest(size * 0.2)),
        [Question("AND of 2", "all", terms) for terms in drawer.together(2, size * 0.005, size * 0.1)],
        [Question("OR of 3", "any", terms) for terms in drawer.together(3, size * 0.001, size * 0.02)],
        ask("quoted string", drawer.strings(_ALL_HAN), "string"),
        ask("mixed quoted string", drawer.strings(_MIXED), "string"),
        ask("single character", drawer.characters(0.01, 0.3)),
        ask("prefix", drawer.prefixes(size * 0.002), "prefix"),
        list(drawer.in_a_year(ask("term + date range", filtered))),
        [replace(question, street=drawer.one_of(STREETS)) for question in ask("term + street", filtered)],
        [replace(question, newest=True) for question in ask("newest first", filtered)],
        [Question("browse all", "everything", page=page) for page in range(1, count + 1)],
        [replace(q, page=DEEP_PAGE) for q in ask(f"page {DEEP_PAGE}", drawer.words(DEEP_PAGE * PER_PAGE, size * 0.5))],
    ]
    return [question for kind in asked for question in kind if question.skipped < size]


class _Drawer:
    """Words, characters and strings of a corpus, and in how many articles they are."""

    def __init__(self, material: Material, rng: Generator, count: int) -> None:
        self._rng = rng
        self._count = count
        chosen = set(rng.permutation(material.articles)[:_SAMPLE].tolist())
        self._sample: list[Row] = []
        self._frequency: Counter[str] = Counter()
        for number, row in enumerate(material.rows(words=True)):
            self._frequency.update(set(row.words.split()))
            if number in chosen:
                self._sample.append(row)

    def one_of(self, things: Sequence[T]) -> T:
        return things[int(self._rng.integers(len(things)))]

    def words(self, least: float, most: float) -> list[str]:
        """Words that are in so many articles."""
        return self._some(self._between(least, most), _is_whole)

    def commonest(self, least: float) -> list[str]:
        """Words that are in at least so many articles, or else the most frequent ones."""
        frequent = self._between(least, inf)
        return self._some(frequent if len(frequent) > self._count else self._by_frequency[: self._count], _is_whole)

    def together(self, number: int, least: float, most: float) -> Iterator[tuple[str, ...]]:
        """Words of one article."""

        def draw() -> tuple[str, ...] | None:
            own = sorted(set(self.one_of(self._sample).words.split()))
            own = [word for word in own if self._is_word(word) and least <= self._frequency[word] <= most]
            picked = [own[place] for place in self._rng.permutation(len(own))[:number]]
            return tuple(picked) if len(picked) == number and all(map(_is_whole, picked)) else None

        return self._drawn(draw)

    def strings(self, form: re.Pattern[str]) -> Iterator[str]:
        """Strings of 4 to 8 characters, cut from anywhere."""

        def draw() -> str | None:
            text = max(self.one_of(self._sample).text.split("\n"), key=len)
            start = int(self._rng.integers(len(text)))
            string = text[start : start + int(self._rng.integers(4, 9))]
            return string if len(string) >= 4 and form.fullmatch(string) else None

        return self._drawn(draw)

    def characters(self, least: float, most: float) -> list[str]:
        """Chinese characters that are in such a share of the articles."""
        frequency = Counter(char for row in self._sample for char in set(row.text) if _HAN.match(char))
        size = len(self._sample)
        return self._some(char for char, count in frequency.items() if least * size <= count <= most * size)

    def prefixes(self, least: float) -> list[str]:
        """The first two characters of longer words that are in so many articles."""
        longer = (word for word, count in self._frequency.items() if count >= least and _LONG_WORD.fullmatch(word))
        return self._some({word[:2] for word in longer})

    def in_a_year(self, asked: Iterable[Question]) -> Iterator[Question]:
        """The questions limited to the year of some article that is found by them."""
        for question in asked:
            days = [row.article.date.start for row in self._sample if question.matches(row.text)]
            years = sorted({day.year for day in days if day})
            if years:
                year = self.one_of(years)
                yield replace(question, first=date(year, 1, 1), last=date(year, 12, 31))

    def _between(self, least: float, most: float) -> list[str]:
        return [word for word in self._by_frequency if least <= self._frequency[word] <= most]

    @cached_property
    def _by_frequency(self) -> list[str]:
        return sorted(filter(self._is_word, self._frequency), key=lambda word: (-self._frequency[word], word))

    @staticmethod
    def _is_word(word: str) -> bool:
        return _WORD.fullmatch(word) is not None

    def _some(self, candidates: Iterable[str], fits: Callable[[str], bool] = lambda _: True) -> list[str]:
        """So many of the candidates that fit, whatever the order in which they come."""
        listed = sorted(candidates)
        shuffled = (listed[place] for place in self._rng.permutation(len(listed)).tolist())
        return list(islice(filter(fits, shuffled), self._count))

    def _drawn(self, draw: Callable[[], T | None]) -> Iterator[T]:
        """Different things out of many tries, None being a failure."""
        seen: set[T] = set()
        for _ in range(_TRIES * self._count):
            if len(seen) == self._count:
                break
            thing = draw()
            if thing is not None and thing not in seen:
                seen.add(thing)
                yield thing


def _is_whole(word: str) -> bool:
    return words(word) == [word]
