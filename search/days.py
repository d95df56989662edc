"""Dates as people type them: a year, a month or a day stands for all of its days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The clock of the paper's readers, which has had no summer time since 1991; no system lacks it."""
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.年]([0-9]{1,2})(?:月|[-/.月]([0-9]{1,2})[日号]?)?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")


def read_span(text: str) -> tuple[date, date]:
    """The first and last day of a year, month or day: 2022, 2022-05, 2022-5-22, 20220522, 2022/05/22, 2022年5月22日.

    Raises:
        ValueError: the text, which is no date, or no such day exists.
    """
    found = _DATE.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if (found[2] and not month) or (found[3] and not day):
        raise ValueError(text)
    last_month = month or 12
    try:
        return date(year, month or 1, day or 1), date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        raise ValueError(text) from None


def read_bounds(first: str | None, last: str | None) -> tuple[date | None, date | None, bool]:
    """The first day of the one and the last day of the other, and whether they had to be exchanged.

    Raises:
        ValueError: the one that is no date.
    """
    start, end = (read_span(text) if text else None for text in (first, last))
    if start and end and end[1] < start[0]:
        return end[0], start[1], True
    return start[0] if start else None, end[1] if end else None, False
