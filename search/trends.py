"""Hits over time: which years or months are looked at, and what the archive holds of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from search.request import MISSING, SearchRequest

By = Literal["year", "month"]
BY: tuple[By, ...] = ("year", "month")
MONTHS = 36
"""Up to so many months are looked at one by one, unless asked otherwise; a longer time by years."""
MOST = 600
"""Periods that are looked at, at most: the latest."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The hits of a request: ``total``, and ``counts`` by year, month and MISSING with the date filter left out."""

    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Period:
    """A year ("2022") or month ("2022-05"): the articles ``held`` of it, and the ``hits`` of each request among them.

    ``missing`` counts the months of a year of which nothing is held; a month misses itself.
    """

    name: str
    held: int
    hits: tuple[int, ...]
    missing: int

    def per_thousand(self, number: int = 0) -> float | None:
        """Hits of a request per thousand articles of the time; None where nothing is held."""
        return self.hits[number] * 1000 / self.held if self.held else None


def periods(
    held: Mapping[str, int], counts: Sequence[Mapping[str, int]], request: SearchRequest, by: By | None = None
) -> list[Period]:
    """The time from the first to the last article held, or those of its years that the dates of the request touch.

    ``held`` and ``counts`` are counts as in Trend. Without ``by`` the length of the time decides.
    """
    months = list(_months(held, request))
    years = list(dict.fromkeys(month[:4] for month in months))
    names = months if by == "month" or (by is None and len(months) <= MONTHS) else years
    lacking = _lacking(month for month in months if month not in held)
    return [_period(name, held, counts, lacking.get(name, 0)) for name in names[-MOST:]]


def missing_months(held: Mapping[str, int]) -> list[str]:
    """The months between the first and the last article held of which nothing is held, at most MOST, the latest."""
    return [month for month in _months(held, SearchRequest()) if month not in held][-MOST:]


def _period(name: str, held: Mapping[str, int], counts: Sequence[Mapping[str, int]], missing: int) -> Period:
    hits = tuple(of_request.get(name, 0) for of_request in counts)
    # A commit between two questions may have brought hits that were not held yet.
    return Period(name, max(held.get(name, 0), *hits, 0), hits, missing)


def _months(held: Mapping[str, int], request: SearchRequest) -> Iterator[str]:
    known = [name for name in held if "-" in name]
    if not known:
        return
    first, last = min(known), max(known)
    low, high = _years(request)
    for year in range(max(low, int(first[:4])), min(high, int(last[:4])) + 1):
        yield from (name for month in range(1, 13) if first <= (name := f"{year:04}-{month:02}") <= last)


def _years(request: SearchRequest) -> tuple[int, int]:
    """The first and last year that the dates of a request touch."""
    chosen = [int(value[:4]) for value in request.only.get("date", ()) if value != MISSING] or [1, 9999]
    low = request.first_day.year if request.first_day else 1
    high = request.last_day.year if request.last_day else 9999
    return max(low, min(chosen)), min(high, max(chosen))


def _lacking(months: Iterable[str]) -> dict[str, int]:
    """How many of the months each year has; each month has itself."""
    lacking: dict[str, int] = {}
    for month in months:
        lacking[month] = 1
        lacking[month[:4]] = lacking.get(month[:4], 0) + 1
    return lacking
