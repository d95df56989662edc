"""The operations that tell of time: what is found when, and what the archive holds of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import request

from search.archive import Archive
from search.message import Message
from search.query.parse import parse
from search.request import MISSING, SearchRequest
from search.results import Held
from search.trends import BY, By, Period, periods
from webui import trends
from webui.api import answers, parameters
from webui.api.operation import Answer, Operation, asked, head, operation
from webui.shelf import archive


@operation(
    Operation(
        "/timeline",
        "timeline",
        Message("检索结果按年或按月的篇数，没有报纸的时间不算作零"),
        (*parameters.SEARCH, parameters.PERIODS),
        answers.Timeline,
        example="q=社区&by=year",
    )
)
def timeline() -> Answer:
    """The hits over time beside what is held."""
    wanted, moment = asked(), archive().now()
    held, found = moment.trends([SearchRequest(all_versions=wanted.all_versions), wanted])
    by: By | None = next((known for known in BY if known == request.args.get("by")), None)
    return {
        **head(moment),
        "query": wanted.query,
        "total": found.total,
        "periods": [
            _base(span) | {"hits": _if_held(span, span.hits[0]), "per_thousand": span.per_thousand()}
            for span in periods(held.counts, [found.counts], wanted, by)
        ],
        "undated": found.counts.get(MISSING, 0),
    }


@operation(
    Operation(
        "/trends",
        "trends",
        Message("走势：最多 {most} 条检索式在同样的筛选下比较", most=trends.MOST_TERMS),
        (parameters.TERMS, *parameters.SHARED, parameters.PERIODS),
        answers.Trends,
        example="term=社区&term=小区",
    )
)
def compare() -> Answer:
    """Several queries over time."""
    for term in request.args.getlist("term"):
        parse(term)
    wanted, moment = trends.read(request.args), archive().now()
    found = trends.compared(wanted, moment)
    return {
        **head(moment),
        "notes": list(wanted.notes),
        "terms": [
            {"term": term, "total": trend.total, "undated": trend.counts.get(MISSING, 0)}
            for term, trend in zip(wanted.terms, found.trends, strict=True)
        ],
        "periods": [_base(span) | _lines(span) for span in found.periods],
    }


@operation(
    Operation("/coverage", "coverage", Message("库中有哪些天的报，哪些月份没有"), parameters.BOUNDS, answers.Coverage)
)
def coverage() -> Answer:
    """The issues held, day by day, and the months of which nothing is."""
    wanted, moment = asked(), archive().now()
    span = _span(moment, wanted)
    held = moment.held(wanted.first_day, wanted.last_day)
    months = list(_months(moment, held, span)) if span else []
    return {
        **head(moment),
        "first_day": span and span[0].isoformat(),
        "last_day": span and span[1].isoformat(),
        "months": months,
        "empty_months": [month["month"] for month in months if not month["stories"]],
        "issues": [
            {"date": issue.day.isoformat(), "stories": issue.stories, "pages": dict(issue.pages)}
            for issue in held.issues
        ],
    }


def _span(moment: Archive, wanted: SearchRequest) -> tuple[date, date] | None:
    """The first and last day that the archive knows of, within what is asked for; None where that is nothing."""
    known = moment.stats()
    if known.first_day is None or known.last_day is None:
        return None
    first = max(date.fromisoformat(known.first_day), wanted.first_day or date.min)
    last = min(date.fromisoformat(known.last_day), wanted.last_day or date.max)
    return (first, last) if first <= last else None


def _months(moment: Archive, held: Held, span: tuple[date, date]) -> Iterator[dict[str, Any]]:
    days = Counter(issue.day.isoformat()[:7] for issue in held.issues)
    told = moment.answer(SearchRequest(per_page=1)).counts["date"]
    first, last = (day.year * 12 + day.month - 1 for day in span)
    for name in (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)):
        yield {"month": name, "issues": days[name], "stories": told.get(name, 0)}


def _base(span: Period) -> dict[str, Any]:
    return {"period": span.name, "held": span.held, "missing_months": span.missing}


def _lines(span: Period) -> dict[str, Any]:
    often = [span.per_thousand(number) for number in range(len(span.hits))]
    return {"hits": _if_held(span, list(span.hits)), "per_thousand": _if_held(span, often)}


def _if_held(span: Period, value: Any) -> Any:
    """What is not held has no number, not even zero."""
    return value if span.held else None
