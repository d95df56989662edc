"""Evidence from days that are printed with their year, their weekday, or words that say whether they have passed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise

from indexer.describe.dates.events import Events
from indexer.describe.dates.evidence import FUTURE, PLANNED, Evidence, Named, around, joined, possible_days, years
from indexer.describe.dates.words import MOST_DAYS, WEEKDAY, day_of, find_days, weekday_of

_AT_AN_HOUR, _ANNOUNCED = timedelta(60), timedelta(240)
_SOON, _NEAR, _YEAR_GIVEN, _UNCERTAIN, _TRIAL = (timedelta(days) for days in (30, 60, 120, 366, 730))
_SIGNATURE = 30

_BEGUN = re.compile(r"以来|(?<![为為除得不])了(?![解不])|已|曾|获|被|一直|当选")
_YEAR = re.compile(r"([12]\d{3})年(?<![\d到至]....年)(?=[，,]|[^。，,]{0,20}以来)")
_DOCUMENT = re.compile(r"[〔\[]((?:19|20)\d\d)[〕\]]\d{1,4}号")
_TRIED = re.compile(r"[^。]{0,30}试(?:运行|营业|点|用)[^。]{0,10}以来")
_BY_MONTH = re.compile(r"[底末份]?(?:之|以)?前(?![往来后去期夕])")
_HOUR = re.compile(r"[上下中]?[午晚]?\d{1,2}[时時点:：]")
_WEEKDAY_FIRST = re.compile(rf"{WEEKDAY}[(（](\d{{1,2}})日[)）]")
_SIGNER = re.compile("[局处室站所馆院校园部会社司行厂组区街道村府心]$")


def told_days(text: str, named: Sequence[Named], lines: Sequence[str], events: Events) -> Iterator[Evidence]:
    """What the days of a page bound: ``text`` is without white space, ``named`` are its days, ``lines`` its lines."""
    yield from _begun(text, named)
    yield from _signed(lines)
    for item in named:
        yield from _trial(item)
        yield from _announced(item, events)
        yield from _within_year(item, events)
        yield from _weekday(item, events)
    yield from _weekday_first(text, events)


def _begun(text: str, named: Iterable[Named]) -> Iterator[Evidence]:
    """Days and years of which the text speaks as past: the latest of them is the earliest day of printing."""
    past = [(day, item.word.printed) for item in named if (day := _past_day(item))]
    for found in islice(_YEAR.finditer(text), MOST_DAYS):
        before, after = around(text, *found.span())
        if _BEGUN.search(after) and not FUTURE.search(before + after):
            past.append((date(int(found[1]), 1, 1) - _YEAR_GIVEN, found[0]))
    past += [(date(int(found[1]), 1, 1), found[0]) for found in _DOCUMENT.finditer(text)]
    if past:
        day, words = max(past)
        yield Evidence(words, ((day, date.max),))


def _past_day(item: Named) -> date | None:
    """The day before which the page cannot be printed; a day that no word calls past may lie up to a year ahead."""
    if item.word.year is None or item.before.endswith(("到", "至", "前")) or FUTURE.search(item.before + item.after):
        return None
    if item.after.startswith(("起", "开始")) and "以来" not in item.after:
        return None
    days = item.word.days(item.word.year)
    begun = _BEGUN.search(item.after)
    if not days or not (begun or item.word.day):
        return None
    if begun and begun[0] == "以来":
        return days[0]
    return days[0] - (_SOON if begun and item.word.day else _UNCERTAIN)


def _signed(lines: Sequence[str]) -> Iterator[Evidence]:
    """The day with which an office signs a notice, alone on its line: printed when it is signed or soon after."""
    for before, line in pairwise(line.strip() for line in lines if line.strip()):
        if "年" in line and len(line) < _SIGNATURE and _SIGNER.search(before[-_SIGNATURE:]):
            text = "".join(line.split())
            word = next(find_days(text), None)
            if word and word.day and word.year and word.printed == text and (days := word.days(word.year)):
                yield Evidence(text, ((days[0] - timedelta(7), days[0] + _NEAR),))


def _trial(item: Named) -> Iterator[Evidence]:
    """2024年1月……试运行以来: a trial does not last for more than two years."""
    if item.word.year and (days := item.word.days(item.word.year)) and _TRIED.match(item.after):
        yield Evidence(item.word.printed, ((days[0], days[1] + _TRIAL),))


def _announced(item: Named, events: Events) -> Iterator[Evidence]:
    """将于9月20日, 将持续到7月26日: the day is still to come, soon if its hour is given, any time if its year is."""
    marker = PLANNED.search(item.before)
    if not marker or not item.word.day or item.word.away:
        return
    days = possible_days(item.word, events)
    if not days:
        return
    words, ahead = marker[0] + item.word.printed, _AT_AN_HOUR if _HOUR.match(item.after) else _ANNOUNCED
    if item.word.year and ahead is _ANNOUNCED:
        yield Evidence(words, ((date.min, days[0][1]),))
    else:
        yield Evidence(words, joined((first - ahead, last) for first, last in days))


def _within_year(item: Named, events: Events) -> Iterator[Evidence]:
    """自今年6月以来, 今年9月底前: a month of the year of printing that has come or has not gone."""
    if item.word.away != 0:
        return
    days = possible_days(item.word, events)
    if item.before.endswith(("自", "从", "自从")) and item.after.startswith("以来"):
        yield Evidence(item.word.printed + "以来", tuple((first, date(first.year, 12, 31)) for first, _ in days))
    elif by := _BY_MONTH.match(item.after):
        yield Evidence(item.word.printed + by[0], tuple((date(first.year, 1, 1), last) for first, last in days))


def _weekday(item: Named, events: Events) -> Iterator[Evidence]:
    """5月22日（星期日）: the years in which it is one."""
    word = item.word
    if word.weekday is not None and not word.away:
        days = [first for first, _ in possible_days(word, events) if first.weekday() == word.weekday]
        if days or not word.year:
            yield Evidence(word.printed, joined((day - _NEAR, day + _NEAR) for day in days))


def _weekday_first(text: str, events: Events) -> Iterator[Evidence]:
    """周五(14日): the months in which it is one."""
    for words, weekday, number in {found[0]: found.group(0, 1, 2) for found in _WEEKDAY_FIRST.finditer(text)}.values():
        months = (day_of(year, month, int(number)) for year in years(events) for month in range(1, 13))
        days = [day for day in months if day and day.weekday() == weekday_of(weekday)]
        yield Evidence(words, joined((day - _SOON, day + _SOON) for day in days))
