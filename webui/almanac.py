"""The calendar of issues held: years, their months, the days of a month."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import Calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from search.labels import day_label, month_label
from search.message import Message
from search.request import SearchRequest
from search.results import Held, Issue
from webui.links import search_url

WEEKDAYS = (
    (Message("一"), Message("星期一")),
    (Message("二"), Message("星期二")),
    (Message("三"), Message("星期三")),
    (Message("四"), Message("星期四")),
    (Message("五"), Message("星期五")),
    (Message("六"), Message("星期六")),
    (Message("日"), Message("星期日")),
)
"""Short and long, from Monday on."""
HELD, VAGUE, MISSING, OUTSIDE = "held", "vague", "missing", "outside"
"""What is held of a month: issues; only stories that may be of it; nothing, though issues before and after are held;
nothing, before the first issue or after the last."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its issues and the number of stories that the search for it finds."""

    value: str
    state: str
    issues: int
    stories: int
    url: str

    @property
    def label(self) -> str:
        return month_label(int(self.value[5:]))


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its months."""

    value: str
    issues: int
    stories: int
    url: str
    months: Sequence[Month]

    @property
    def label(self) -> str:
        return day_label(self.value)


@dataclass(frozen=True, slots=True)
class Grid:
    """A month as weeks from Monday on: each day with its issue if one is held, None for days of other months."""

    value: str
    weeks: Sequence[Sequence[tuple[date, Issue | None] | None]]
    held: bool


def years(dates: Mapping[str, int], held: Held, query: str = "") -> list[Year]:
    """All years from the first to the last that any story may be of, the newest first.

    ``dates`` are the counts of the date facet, ``held`` all issues; ``query`` what both are limited to.
    """
    known = [int(value) for value in dates if value.isdigit()]
    printed = Counter(issue.day.isoformat()[:7] for issue in held.issues)
    return [_year(year, dates, printed, query) for year in range(max(known, default=0), min(known, default=1) - 1, -1)]


def grids(first: date, last: date, held: Held) -> list[Grid]:
    """The months of one year from that of the first day to that of the last."""
    issues = {issue.day: issue for issue in held.issues}
    return [_grid(first.year, month, issues) for month in range(first.month, last.month + 1)]


def written(first: date, last: date) -> str:
    """A year, a month or a day as it stands in an address, by its first and last day."""
    if first == last:
        return first.isoformat()
    return first.isoformat()[: 7 if first.month == last.month else 4]


def asked(period: str, first: date, last: date, query: str = "") -> SearchRequest:
    """The search for a year, a month or a day."""
    if first == last:
        return SearchRequest(query=query, first_day=first, last_day=last, sort="oldest")
    return SearchRequest(query=query, only={"date": (period,)}, sort="oldest")


def neighbours(held: Held, first: date, last: date) -> tuple[date | None, date | None]:
    """The last issue before some days and the first one after them, out of all."""
    by_day = attrgetter("day")
    before, after = bisect_left(held.issues, first, key=by_day), bisect_right(held.issues, last, key=by_day)
    return (
        held.issues[before - 1].day if before else None,
        held.issues[after].day if after < len(held.issues) else None,
    )


def _grid(year: int, month: int, issues: Mapping[date, Issue]) -> Grid:
    # Not monthdatescalendar: it would leave the calendar in the first and in the last month that there is.
    weeks = Calendar().monthdayscalendar(year, month)
    days = [[date(year, month, day) if day else None for day in week] for week in weeks]
    return Grid(
        f"{year:04}-{month:02}",
        [[(day, issues.get(day)) if day else None for day in week] for week in days],
        any(day in issues for week in days for day in week),
    )


def _year(year: int, dates: Mapping[str, int], printed: Mapping[str, int], query: str) -> Year:
    value = f"{year:04}"
    months = [_month(f"{value}-{month:02}", dates, printed, query) for month in range(1, 13)]
    issues = sum(month.issues for month in months)
    return Year(value, issues, dates.get(value, 0), _listed(value, query), months)


def _month(value: str, dates: Mapping[str, int], printed: Mapping[str, int], query: str) -> Month:
    stories, issues = dates.get(value, 0), printed.get(value, 0)
    within = bool(printed) and min(printed) < value < max(printed)
    state = HELD if issues else VAGUE if stories else MISSING if within else OUTSIDE
    return Month(value, state, issues, stories, _listed(value, query))


def _listed(value: str, query: str) -> str:
    return search_url(SearchRequest(query=query, only={"date": (value,)}))
