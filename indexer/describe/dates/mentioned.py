"""The days that a story mentions: 昨日, 20日, 上周五 and 去年5月 are counted from the day on which it was printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice

from indexer.describe.dates.words import FIRST_YEAR, LAST_YEAR, MOST_DAYS, DayWord, day_of, find_days, weekday_of
from search.article import PublicationDate

Span = tuple[date, date]
Resolve = Callable[[date], Span | None]
"""What printed words mean in the issue of a day; in a later issue they never mean an earlier day."""

_ANY_ISSUE = (date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR - 1, 12, 31))
_SOON, _LONG_AGO = timedelta(92), timedelta(273)
_NEAR, _CLAUSE, _SPEECH = 120, 8, 500

_AHEAD = re.compile(r"[将將拟擬]|定于|计划|预计|截止")
_LUNAR = re.compile(r"(?:农历|農曆|阴历)(?:.{1,4}年)?$")
_THIRD = re.compile("([上中下])旬")
_RELATIVE = re.compile(r"[昨前今明上本这下](?:[天日晚夜晨]|个?(?:周|星期)([一二三四五六日天])|个?月(?:(\d{1,2})日)?)")
_OTHER = re.compile(
    r"[目之以日此从]前|[如当至]今|[说透光黎]明|(?s:.)?(?:今日[益的头]|前天气)"
    r"|(?s:.)?[今明]天(?!(?:[上下中]午|[早晚晨]|凌晨|清晨|傍晚|起|[，,（(]|记者|从|将|正式|开[幕馆始放]))"
)
"""目前天气, 当今日益, 今天的孩子: other words at a word's place, seen from the character before it."""
_BARE = re.compile(r"(\d\d?)日(?:[至到—~～-](\d{1,2})日)?(?![内游均照元间龄之以左常报])")
_NO_DAY_AFTER = frozenset("0123456789.第近约满达期时续前后每月年")
_DAYS_AWAY = {"前天": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨晨": -1}
_DAYS_AWAY |= {"今天": 0, "今日": 0, "今晚": 0, "今晨": 0, "明天": 1, "明日": 1, "明晚": 1, "明晨": 1}
_UNITS_AWAY = {"上": -1, "本": 0, "这": 0, "下": 1}


def mentioned_days(text: str, issue: PublicationDate) -> tuple[str, ...]:
    """The days of a text as ISO 8601 days, months and ranges as first/last day, in the order of mention, each once.

    A day without its year is the nearest before the issue, or after it when the words look ahead. What depends on
    the day of the issue is given only when it means the same on every day of the issue's interval; without one, only
    days printed with their year are given. Words of no certain day (近日, 日前) and what people say (“明天会更好”)
    name no day.
    """
    flat = "\n".join("".join(paragraph.split()) for paragraph in text.split("\n"))
    words = list(_with_years(flat))
    found = [*_numbered(flat, words), *_relative(flat), *_bare(flat, words)]
    issues = (issue.start, issue.end) if issue.start and issue.end else _ANY_ISSUE
    spans = (_agreed(resolve, issues) for _, resolve in sorted(found, key=lambda item: item[0]))
    return tuple(dict.fromkeys(_iso(span) for span in spans if span))


def _agreed(resolve: Resolve, issues: Sequence[date]) -> Span | None:
    first, last = resolve(issues[0]), resolve(issues[-1])
    return first if first == last else None


def _iso(span: Span) -> str:
    return span[0].isoformat() if span[0] == span[1] else f"{span[0]}/{span[1]}"


def _with_years(flat: str) -> Iterator[DayWord]:
    """The day words of a text; a year holds for the days after it in its sentence."""
    end, year = 0, None
    for word in find_days(flat):
        if "。" in flat[end : word.start] or "\n" in flat[end : word.start] or word.away is not None:
            year = None
        year = word.year or year
        yield word if word.year == year else word.in_year(year)
        end = word.end


def _numbered(flat: str, words: Sequence[DayWord]) -> Iterator[tuple[int, Resolve]]:
    """5月20日, 2021年11月, 五月中旬; a month alone (5月入党) says nothing of when a thing happened."""
    for word in words:
        third = None if word.day else _THIRD.match(flat, word.end)
        told = word.day or third or "年" in word.printed
        if told and not _LUNAR.search(flat, max(0, word.start - _CLAUSE), word.start):
            yield word.start, partial(_numbered_day, word, _looks_ahead(flat, word.start), third[1] if third else "")


def _numbered_day(word: DayWord, ahead: bool, third: str, issue: date) -> Span | None:
    days = word.days(word.year or issue.year + (word.away or 0))
    if days and word.year is None and word.away is None:
        if not ahead and days[0] - issue > _SOON:
            days = word.days(issue.year - 1)
        elif ahead and issue - days[1] > _LONG_AGO:
            days = word.days(issue.year + 1)
    return _third_of(days, third) if days and third else days


def _third_of(month: Span, third: str) -> Span:
    first = {"上": 1, "中": 11, "下": 21}[third]
    return month[0].replace(day=first), month[1] if third == "下" else month[0].replace(day=first + 9)


def _relative(flat: str) -> Iterator[tuple[int, Resolve]]:
    """昨日, 上周五, 本月20日: so many days, weeks or months from the issue."""
    for found in islice(_RELATIVE.finditer(flat), MOST_DAYS):
        word, units = found[0], _UNITS_AWAY.get(found[0][0])
        if _OTHER.match(flat, max(0, found.start() - 1)) or _is_speech(flat, found.start()):
            continue
        if word in _DAYS_AWAY:
            yield found.start(), partial(_days_away, _DAYS_AWAY[word])
        elif units is not None and found[1]:
            yield found.start(), partial(_weekday_away, units, weekday_of(found[1]))
        elif units is not None and "月" in word:
            yield found.start(), partial(_in_month, units, int(found[2] or 0), 0)


def _is_speech(flat: str, position: int) -> bool:
    """Whether a place lies within quotation marks: speech counts its days from when it was spoken."""
    first = max(0, position - _SPEECH)
    first = max(first, flat.rfind("\n", first, position) + 1)
    opened = flat.rfind("“", first, position)
    return opened > flat.rfind("”", first, position) or flat.count('"', first, position) % 2 == 1


def _days_away(days: int, issue: date) -> Span:
    return issue + timedelta(days), issue + timedelta(days)


def _weekday_away(weeks: int, weekday: int, issue: date) -> Span:
    return _days_away(7 * weeks + weekday - issue.weekday(), issue)


def _in_month(months: int, day: int, last: int, issue: date) -> Span | None:
    """A day, or all days when it is 0, of the month that lies so many months from the issue's."""
    year, month = divmod(issue.year * 12 + issue.month - 1 + months, 12)
    first = day_of(year, month + 1, day or 1)
    end = day_of(year, month + 1, last or day or monthrange(year, month + 1)[1])
    return (first, end) if first and end and first <= end else None


def _bare(flat: str, words: Sequence[DayWord]) -> Iterator[tuple[int, Resolve]]:
    """20日: of the month that was named shortly before, else the nearest, or the next when ahead."""
    starts = [word.start for word in words]
    for found in islice(_BARE.finditer(flat), MOST_DAYS):
        before = bisect_right(starts, found.start()) - 1
        near = words[before] if before >= 0 else None
        if flat[found.start() - 1 : found.start()] in _NO_DAY_AFTER or (near and found.start() < near.end):
            continue
        ahead = _looks_ahead(flat, found.start())
        told = near and near.day and "\n" not in flat[near.end : min(found.start(), near.end + _NEAR + 1)]
        if near and told and found.start() - near.end < _NEAR:
            yield found.start(), partial(_of_month_named, near, ahead, int(found[1]), int(found[2] or 0))
        else:
            yield found.start(), partial(_of_month_around, ahead, int(found[1]), int(found[2] or 0))


def _of_month_named(near: DayWord, ahead: bool, day: int, last: int, issue: date) -> Span | None:
    named = _numbered_day(near, ahead, "", issue)
    return _in_month(0, day, last, named[0]) if named and named[0].day <= day else None


def _of_month_around(ahead: bool, day: int, last: int, issue: date) -> Span | None:
    months = (0, 1) if ahead else (-1, 0, 1)
    spans = [span for away in months if (span := _in_month(away, day, last, issue))]
    spans = [span for span in spans if span[1] >= issue] if ahead else spans
    return min(spans, key=lambda span: abs(span[0] - issue), default=None)


def _looks_ahead(flat: str, position: int) -> bool:
    return _AHEAD.search(flat, max(0, position - _CLAUSE), position) is not None
