"""Dates as they are typed in a query: a year, a month, a day, or two of them with ``..``, 至 or a dash between."""

from __future__ import annotations

import re
from datetime import date

from search.days import read_span
from search.query.tree import Dates
from search.request import MISSING

_RANGE = re.compile(r"\.{2,}|[至到~]|(?<=[0-9年月日号]) ?-+ ?(?=[0-9]{4})")
_NOW = "今"
_PARTIAL = re.compile("[0-9]{1,2}[月日号].*")


def read_dates(text: str) -> Dates | None:
    """The days meant by a folded value; bounds in the wrong order are turned round. None if it is no date."""
    if text == MISSING:
        return Dates(None, None)
    typed = [end.strip() for end in _RANGE.split(text)]
    ends = [typed[0], *(_completed(end, typed[0]) for end in typed[1:])]
    if len(ends) > 2 or not any(ends):
        return None
    try:
        spans = [_span(end) for end in ends]
    except ValueError:
        return None
    first, last = spans[0][0], spans[-1][1]
    if first and last and last < first:
        if ends != typed:  # 2022年11月至2月 hardly means from February on
            return None
        first, last = spans[-1][0], spans[0][1]
    return Dates(first, last)


def _completed(end: str, first: str) -> str:
    """The second of two days with the year, or year and month, that only the first one has; nothing for today."""
    if _PARTIAL.fullmatch(end):
        unit = "年" if "月" in end else "月"
        return first[: first.find(unit) + 1] + end
    return "" if end == _NOW else end


def _span(text: str) -> tuple[date | None, date | None]:
    """First and last day of a bound; nothing for an open end. Raises ValueError if it is no date."""
    return read_span(text) if text else (None, None)
