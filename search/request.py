"""What a reader asks for: the words, the filters, the order and the page, as one immutable value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from search.errors import QueryRefused

FACETS = ("date", "street", "reporter", "topic", "kind", "section")
SORTS = ("relevance", "newest", "oldest")
PER_PAGE = (10, 20, 50, 100)
MISSING = "未注明"
"""The facet value of articles that have none; as a filter it finds exactly those."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    ``only`` and ``without`` map a facet name of FACETS to its wanted and unwanted values: several values
    of one facet mean OR, different facets mean AND. Values of ``date`` are a year ("2022"), a month
    ("2022-05") or MISSING. ``first_day`` and ``last_day`` are inclusive bounds; an article dated by an
    interval is found when the intervals overlap. ``all_versions`` counts every version of a story
    instead of the story once.
    """

    query: str = ""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    sort: str = "relevance"
    page: int = 1
    per_page: int = 20
    all_versions: bool = False


_DAY = re.compile(r"(\d{4})(?:[-年/.](\d{1,2})(?:[-月/.](\d{1,2}))?)?[月日年]?")


def read_days(text: str) -> tuple[date, date]:
    """The first and last day of a year, month or day: 2022, 2022-05, 2022-05-22, 2022年5月22日.

    Raises:
        QueryRefused: the text is no date.
    """
    found = _DAY.fullmatch(text.strip())
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            return _span(year or 0, month, day)
        except ValueError:
            pass
    raise QueryRefused(f"看不懂日期「{text[:40]}」，请写成 2022、2022-05 或 2022-05-22 (not a date)")


def _span(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if day and month:
        return date(year, month, day), date(year, month, day)
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)
