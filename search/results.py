"""What a search answers: plain values that the web pages, the command line and the exports all read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from search.article import Article
from search.labels import value_label
from search.query.terms import Terms
from search.request import MISSING, SearchRequest


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many hits have it when this facet's own filter is left out."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One story found. ``snippet`` is escaped HTML in which ``<mark>`` is the only tag."""

    article: Article
    score: float
    snippet: str
    versions: int = 1


@dataclass(frozen=True, slots=True)
class Expansion:
    """A string ``form`` that was looked for besides ``typed``: so many hits were ``added`` that have only it.

    ``why`` says in Chinese what it is to what was typed.
    """

    typed: str
    form: str
    why: str
    added: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Hits of one month ("2022-05"), counted like the date facet without the date filter: the unit of the timeline."""

    month: str
    count: int


@dataclass(frozen=True)
class Results:
    """The answer to one request.

    ``total`` counts all hits, ``hits`` holds those of the asked page. ``counts`` has for each name of request.FACETS
    how many hits have each value when the facet's own filter is left out, MISSING for none.
    ``understood`` says in Chinese how the query was read, ``notes`` what was repaired or should be known,
    ``terms`` what is to be marked, ``expansions`` what was looked for besides.
    """

    request: SearchRequest
    total: int
    hits: Sequence[Hit]
    counts: Mapping[str, Mapping[str, int]]
    took_ms: float
    understood: str
    notes: Sequence[str] = ()
    terms: Terms = field(default_factory=Terms)
    expansions: Sequence[Expansion] = ()

    @cached_property
    def facets(self) -> Mapping[str, Sequence[FacetValue]]:
        """The values of each facet: by count, those of the date by time; MISSING is the last."""
        return {facet: self._values(facet, numbers) for facet, numbers in self.counts.items()}

    @cached_property
    def timeline(self) -> Sequence[MonthCount]:
        """The months of the date facet."""
        dates = self.counts["date"]
        return [MonthCount(month, dates[month]) for month in sorted(name for name in dates if "-" in name)]

    @property
    def pages(self) -> int:
        """The number of pages that the hits fill, at least one."""
        return max(1, -(-self.total // max(1, self.request.per_page)))

    def _values(self, facet: str, numbers: Mapping[str, int]) -> Sequence[FacetValue]:
        only, without = self.request.only.get(facet, ()), self.request.without.get(facet, ())
        found = [
            FacetValue(name, value_label(facet, name), numbers.get(name, 0), name in only, name in without)
            for name in dict.fromkeys((*numbers, *only, *without))
        ]
        return sorted(found, key=_by_time if facet == "date" else _by_count)


def _by_count(value: FacetValue) -> tuple[bool, int, str]:
    return value.value == MISSING, -value.count, value.value


def _by_time(value: FacetValue) -> tuple[bool, int, str]:
    return value.value == MISSING, 0, value.value


@dataclass(frozen=True, slots=True)
class Corpus:
    """Which articles were searched: ``version`` is a hash over all articles' digests, order left out."""

    version: str
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Told:
    """In how many stories a name is told, and the first and last day of the dated ones."""

    stories: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Issue:
    """The stories of a day that is known, counted by printed page; the empty page is an unknown one."""

    day: date
    pages: Mapping[str, int]

    @property
    def stories(self) -> int:
        """The stories of all pages."""
        return sum(self.pages.values())


@dataclass(frozen=True, slots=True)
class Held:
    """The issues of a range of days, and how many stories they have together; one printed on two days counts once."""

    issues: Sequence[Issue]
    stories: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What the archive holds and what is missing; all but ``stories`` and ``retold`` counts articles.

    ``vague`` are those of which only an interval of days is known, ``retold`` the stories with several versions.
    """

    corpus: Corpus
    files: int
    first_day: str | None
    last_day: str | None
    undated: int
    vague: int
    without_street: int
    without_reporter: int
    incomplete: int
    retold: int
    years: Mapping[str, int]
