"""Dates as they are typed in a query: a year, a month, a day, or two of them with ``..`` between."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from search.query.tree import Dates
from search.request import MISSING

_RANGE = re.compile(r"\.{2,}|至")
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.年]([0-9]{1,2})(?:月|[-/.月]([0-9]{1,2})[日号]?)?)?")


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
    """First and last day of a year, month or day; nothing for nothing. Raises ValueError if it is none of these."""
    if not text:
        return None, None
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    first = date(year, month or 1, day or 1)
    return first, date(year, month or 12, day or monthrange(year, month or 12)[1])
