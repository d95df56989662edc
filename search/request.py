"""What a reader asks for: the words, the filters, the order and the page, as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FACETS = ("date", "street", "reporter", "topic", "kind", "section")
SORTS = ("relevance", "recent", "newest", "oldest")
"""``recent`` is relevance with a mild preference for what is new."""
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
    instead of the story once. ``drop`` are strings that would be looked for besides what was typed, and are not to be.
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
    drop: tuple[str, ...] = ()
