"""What words of a page tell of the days on which it can have been printed, and how they are read in their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from indexer.describe.dates.events import Events
from indexer.describe.dates.words import DayWord

FUTURE = re.compile(
    r"[将將拟擬]|定于|计划|预计|力争|规划|目标|争取|届时|有望|截止|有效期|施行|实施|执行|敬请|欢迎|报名"
    r"|(?<![目以之从此日])前(?![往来后去期夕])"
)
"""Words that look ahead; 将 may be 把 as well, so that what stands beside it is at most unsure."""
PLANNED = re.compile(r"(?<!原)(?:[将將]于|[将將]在|定于|[拟擬]于|[将將](?:持续|延续)[到至]|展[出至]?至)$")
"""Words right before a day that is still to come."""
YEAR_NEAR = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年")
_SENTENCE = 60


class Evidence(NamedTuple):
    """Printed words, and the days that they leave open: sorted, disjoint, both ends included."""

    words: str
    days: tuple[tuple[date, date], ...]


class Named(NamedTuple):
    """A day word with what stands before and after it in its sentence."""

    word: DayWord
    before: str
    after: str


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a piece of text in its sentence, at most 60 characters each."""
    before = re.split("[。！？]", text[max(0, start - _SENTENCE) : start])[-1]
    return before, re.split("[。！？]", text[end : end + _SENTENCE], maxsplit=1)[0]


def joined(spans: Iterable[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """The same days as sorted, disjoint spans."""
    result: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def possible_days(word: DayWord, events: Events) -> list[tuple[date, date]]:
    """What a day word names in its year, or else in every year that comes into question."""
    return [days for year in ([word.year] if word.year else years(events)) if (days := word.days(year))]


def years(events: Events) -> range:
    """The years of the archive, and one on each side: an event of December is printed in January."""
    return range(events.first.year - 1, events.last.year + 2)
