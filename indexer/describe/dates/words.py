"""Days as newspapers print them: 2022年5月20日, 二〇二二年五月二十日, 5月20日至22日, 5月22日（星期日）, 去年11月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

MOST_DAYS = 2000
"""So many days of one kind are read of a text, which bounds the time that a text of nothing else takes."""
YEARS_AWAY = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
FIRST_YEAR, LAST_YEAR = 1900, 2100

_HAN_DIGITS = {"〇": "0", "○": "0", "零": "0", "O": "0"} | {
    han: str(n) for n, han in enumerate("一二三四五六七八九", 1)
}
NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = r"(?:\d{4}|[〇○零O一二三四五六七八九]{4})"
DAY_SIGN = "[日号號曰]"
"""曰 is how 日 is often misread."""
WEEKDAY = r"(?:星\s*期|礼拜|周|週)([一二三四五六日天])"

_DAY = rf"{NUMBER}{DAY_SIGN}"
_TO = r"[至到—–―~～－-]{1,2}"

_WRITTEN = re.compile(
    rf"(?<![\d一二三四五六七八九十])(?:({YEAR})年|({'|'.join(YEARS_AWAY)}))?({NUMBER})月份?"
    rf"(?:({_DAY})(?:[(（]{WEEKDAY}[)）])?(?:{_TO}(?:({NUMBER})月)?({_DAY}))?)?"
)

_NUMERALS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十")
_BEFORE, _AFTER = 8, 30
"""How far around 月 the words reach: looking for that one character first is ten times as fast."""


@dataclass(frozen=True, slots=True)
class DayWord:
    """A day, a month (``day`` is None) or a range of days, as printed between two offsets of a text.

    ``year`` is the printed year, ``away`` counts years from the issue's (去年 is -1); both None when no year is
    printed. ``weekday`` is 0 for Monday. ``last`` is month and day of a range's end.
    """

    start: int
    end: int
    printed: str
    year: int | None
    away: int | None
    month: int
    day: int | None
    weekday: int | None
    last: tuple[int, int] | None

    def in_year(self, year: int | None) -> DayWord:
        """The same words, taken to mean a year."""
        return replace(self, year=year)

    def days(self, year: int) -> tuple[date, date] | None:
        """First and last day of what is printed if it begins in ``year``; None when there is no such day."""
        first = day_of(year, self.month, self.day or 1)
        if not first:
            return None
        if self.day is None:
            return first, date(year, self.month, monthrange(year, self.month)[1])
        last = day_of(year + (self.last[0] < self.month), *self.last) if self.last else first
        return (first, last) if last and first <= last else (first, first)


def find_days(text: str) -> Iterator[DayWord]:
    """The days and months that a text without white space names by number, in order; the first 2000 of them."""
    return islice(_all_days(text), MOST_DAYS)


def _all_days(text: str) -> Iterator[DayWord]:
    end = 0
    month = text.find("月")
    while month >= 0:
        numbered = text[month - 1 : month] in _NUMERALS
        found = _WRITTEN.search(text, max(end, month - _BEFORE), month + _AFTER) if numbered else None
        if found and found.start() < month < found.end():
            end = found.end()
            if word := _day_word(found):
                yield word
        month = text.find("月", max(end, month + 1))


def _day_word(found: re.Match[str]) -> DayWord | None:
    year, away, month, day, weekday, last_month, last_day = found.groups()
    if not (1 <= number(month) <= 12 and (day is None or 1 <= number(day[:-1]) <= 31)):
        return None
    return DayWord(
        found.start(),
        found.end(),
        found[0],
        year_of(year) if year else None,
        YEARS_AWAY.get(away),
        number(month),
        number(day[:-1]) if day else None,
        weekday_of(weekday) if weekday else None,
        (number(last_month or month), number(last_day[:-1])) if last_day else None,
    )


def number(text: str) -> int:
    """The value of one or two digits or of a Chinese numeral below 100; 0 when it is none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return int(_HAN_DIGITS.get(tens, "1" if ten else "0")) * (10 if ten else 1) + int(_HAN_DIGITS.get(ones, "0"))


def year_of(text: str) -> int:
    """The value of four digits, Western or Chinese."""
    return int("".join(_HAN_DIGITS.get(char, char) for char in text))


def weekday_of(text: str) -> int:
    """0 for 一 to 6 for 日 and 天."""
    return "一二三四五六日".index(text.replace("天", "日"))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None when it does not exist or lies outside of 1900-2100."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
