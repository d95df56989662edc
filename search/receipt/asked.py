"""A request as a JSON object, under the names that its parameters have in the web address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from search.receipt.typed import string, strings
from search.request import FACETS, SORTS, SearchRequest


def to_json(request: SearchRequest) -> dict[str, Any]:
    """The query, the filters, the sort, the counting of versions and what was not to be looked for; no page."""
    asked: dict[str, Any] = {"q": request.query}
    for prefix, chosen in (("", request.only), ("not_", request.without)):
        asked |= {prefix + facet: list(chosen[facet]) for facet in FACETS if chosen.get(facet)}
    bounds = {"from": request.first_day, "to": request.last_day}
    asked |= {name: day.isoformat() for name, day in bounds.items() if day}
    return asked | {
        "sort": request.sort,
        "versions": "all" if request.all_versions else "one",
        "drop": list(request.drop),
    }


def from_json(asked: Mapping[str, Any]) -> SearchRequest:
    """The request of such an object; unknown keys are ignored.

    Raises:
        ValueError: a value is of the wrong type, or cannot be asked for.
    """
    sort, versions = string(asked, "sort"), string(asked, "versions")
    if sort not in SORTS or versions not in ("all", "one"):
        raise ValueError("sort")
    return SearchRequest(
        query=string(asked, "q"),
        only=_chosen(asked, ""),
        without=_chosen(asked, "not_"),
        first_day=_day(asked, "from"),
        last_day=_day(asked, "to"),
        sort=sort,
        all_versions=versions == "all",
        drop=strings(asked, "drop"),
    )


def _chosen(asked: Mapping[str, Any], prefix: str) -> dict[str, tuple[str, ...]]:
    chosen = {facet: strings(asked, prefix + facet) for facet in FACETS if prefix + facet in asked}
    return {facet: values for facet, values in chosen.items() if values}


def _day(asked: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(string(asked, name)) if name in asked else None
