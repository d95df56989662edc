"""Dates as they are typed in a query: a year, a month, a day, or two of them with ``..`` between."""

from __future__ import annotations

import re
from datetime import date

from search.days import read_span
from search.query.tree import Dates
from search.request import MISSING

_RANGE = re.compile(r"\.{2,}|至")


def read_dates(text: str) -> Dates | None:
    """The days meant by a folded value; bounds in the wrong order are turned round. None if it is no date."""
    if text == MISSING:
        return Dates(None, None)
    ends = [end.strip() for end in _RANGE.split(text)]
    if len(ends) > 2 or not any(ends):
        return None
    try:
        spans = [_span(end) for end in ends]
    except ValueError:
        return None
    first, last = spans[0][0], spans[-1][1]
    if first and last and last < first:
        first, last = spans[-1][0], spans[0][1]
    return Dates(first, last)


def _span(text: str) -> tuple[date | None, date | None]:
    """First and last day of a bound; nothing for an open end. Raises ValueError if it is no date."""
    return read_span(text) if text else (None, None)
