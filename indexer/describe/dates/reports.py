"""Evidence from the days of which reports tell without a year: the latest of them lies shortly before printing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from indexer.describe.dates.events import Events
from indexer.describe.dates.evidence import FUTURE, PLANNED, YEAR_NEAR, Evidence, Named, joined, years
from indexer.describe.dates.words import day_of

_PRINTED_WITHIN, _LONE, _UNSURE, _FLASHBACK = (timedelta(days) for days in (35, 62, 60, 120))
"""Until an event is printed when another day supports it, and when none does; before an unsure day; between seasons."""
_STORY = 200
_LEAP_YEAR = 2000

_REPORTED = re.compile(r"^电|记者|記者|获悉|了解到|(?<![为為除得不])了(?![解不])")
_NO_EVENT = re.compile(
    r"(?:[^，,。]{0,12}以来|[起至到前底止是为系后]|之前|以前|之后|以后|出生|"
    r"(?:[（(]?(?:星期|周)[一二三四五六日天][)）]?)?[上下]?[午晚]?\d{1,2}[:：]\d{2})"
)
"""What follows a day on which nothing is told to have happened; a time of day such as 9:00 stands in a programme."""
_NOT_THEN = re.compile(r"(?:自|从|至|到|每?年|的|农历|前|止|生于|明[天日][（(]?)$")


class _Anchor(NamedTuple):
    """Month and day of something that happened (in a leap year), whether surely before printing, and its words."""

    day: date
    sure: bool
    words: str


def reported_days(text: str, named: Sequence[Named], events: Events) -> Iterator[Evidence]:
    """5月22日 in a report of a text without white space: the page was printed soon after, in whichever year it was.

    Where days lie far apart the earlier ones may be told from memory or be of the year before, so both are kept.
    """
    groups = _groups(sorted(anchor for item in named if (anchor := _anchor(text, item))))
    groups = [group for group in groups if any(anchor.sure for anchor in group)] or groups
    if groups:
        words = dict.fromkeys(group[-1].words for group in groups)
        yield Evidence("、".join(words), joined(window for group in groups for window in _windows(group, events)))


def _groups(anchors: Sequence[_Anchor]) -> list[list[_Anchor]]:
    groups: list[list[_Anchor]] = []
    for anchor in anchors:
        if groups and anchor.day - groups[-1][-1].day <= _FLASHBACK:
            groups[-1].append(anchor)
        else:
            groups.append([anchor])
    return groups


def _anchor(text: str, item: Named) -> _Anchor | None:
    word, days = item.word, item.word.days(_LEAP_YEAR)
    if word.year or word.away is not None or not word.day or not days or _is_of_another_time(text, item):
        return None
    until_now = item.before.endswith("截至") and "已" in item.after
    if _NOT_THEN.search(item.before) and not until_now:
        return None
    reported, ahead = _REPORTED.search(item.after), FUTURE.search(item.after)
    if ahead and not (until_now or (reported and reported.start() < ahead.start())):
        return None
    sure = until_now or reported is not None or item.before.endswith("图为")
    return _Anchor(days[1], sure and not word.last, word.printed)


def _is_of_another_time(text: str, item: Named) -> bool:
    """Whether a day is planned, is not an event's, is spoken of, or belongs to the year of an older story."""
    if PLANNED.search(item.before) or FUTURE.search(item.before) or _NO_EVENT.match(item.after):
        return True
    story = text[max(0, item.word.start - _STORY) : item.word.start]
    return story.rfind("“") > story.rfind("”") or YEAR_NEAR.search(story) is not None


def _windows(group: Sequence[_Anchor], events: Events) -> Iterator[tuple[date, date]]:
    last = group[-1].day
    sure = [anchor.day for anchor in group if anchor.sure]
    first = sure[-1] if sure else last - _UNSURE
    alone = not any(last - _PRINTED_WITHIN <= anchor.day < last for anchor in group)
    for year in years(events):
        if day := day_of(year, last.month, last.day):
            yield day - (last - first), day + (_LONE if alone or not sure else _PRINTED_WITHIN)
