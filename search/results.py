"""What a search answers: plain values that the web pages, the command line and the exports all read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.article import Article
from search.request import SearchRequest


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
class MonthCount:
    """Hits of one month ("2022-05"), counted like the date facet without the date filter: the unit of the timeline."""

    month: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one request.

    ``total`` counts all hits, ``hits`` holds those of the asked page. ``facets`` maps each name of
    request.FACETS to its values; the values of ``date`` are years and months, in order of time.
    ``understood`` says in Chinese how the query was read, ``notes`` what was repaired or should be known,
    ``terms`` the folded strings to highlight.
    """

    request: SearchRequest
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[FacetValue]]
    timeline: Sequence[MonthCount]
    took_ms: float
    understood: str
    notes: Sequence[str] = ()
    terms: Sequence[str] = ()

    @property
    def pages(self) -> int:
        """The number of pages that the hits fill, at least one."""
        return max(1, -(-self.total // max(1, self.request.per_page)))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Which articles were searched: ``version`` is a hash over all articles' digests, order left out."""

    version: str
    articles: int
    stories: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What the archive holds and what is missing; ``stories`` counts several versions once."""

    corpus: Corpus
    files: int
    first_day: str | None
    last_day: str | None
    undated: int
    without_street: int
    without_reporter: int
    incomplete: int
    years: Mapping[str, int]
