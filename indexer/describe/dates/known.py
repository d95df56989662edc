"""Evidence from the calendar of events.toml: what was known, celebrated or in season when a page was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import ahocorasick_rs

from indexer.describe.dates.events import Count, Event, Events
from indexer.describe.dates.evidence import YEAR_NEAR, Evidence, around, years
from indexer.describe.dates.words import day_of, number

_COUNTED, _BEFORE_JUBILEE, _AFTER_JUBILEE = timedelta(60), timedelta(150), timedelta(366)
_RECALLED = re.compile(r"期间|那年|当年|那时|当时|曾|回忆|回想|年前|从前|以前|过去")


def known_events(text: str, events: Events) -> Iterator[Evidence]:
    """The events of which a folded text speaks as its own time's."""
    there = frozenset(_finder(events.events).find_matches_as_strings(text, overlapping=True))
    for event in events.events:
        if word := _printed(text, event, there):
            yield Evidence(word, ((event.first or events.first, event.last or events.last),))


@lru_cache(maxsize=4)
def _finder(events: tuple[Event, ...]) -> ahocorasick_rs.AhoCorasick:
    """Finds the words of all events at once."""
    return ahocorasick_rs.AhoCorasick([word for event in events for word in event.words], store_patterns=True)


def _printed(text: str, event: Event, there: frozenset[str]) -> str | None:
    """The word of an event that is printed often enough; what is only recalled does not tell that it was going on."""
    times = 0
    for word in event.words:
        if word in there:
            for place in re.finditer(re.escape(word), text):
                sentence = "".join(around(text, *place.span()))
                recalled = event.last and _RECALLED.search(sentence)
                times += not recalled and not any(other in sentence for other in event.unless)
                if times >= event.at_least:
                    return word
    return None


def seasons(text: str, events: Events) -> Iterator[Evidence]:
    """The parts of the year in which a folded text must have been printed."""
    for season in events.seasons:
        word = next((word for word in season.words if word in text), None)
        if word:
            wraps = season.last < season.first
            days = [(day_of(year, *season.first), day_of(year + wraps, *season.last)) for year in years(events)]
            yield Evidence(word, tuple((first, last) for first, last in days if first and last))


def counted_years(text: str, events: Events) -> Iterator[Evidence]:
    """第38个教师节, 庆祝建党101周年 in a folded text: the count gives the year."""
    for count in events.counts:
        if not any(word in text for word in count.words):
            continue
        for found in _count_pattern(count).finditer(text):
            value = number(found[1])
            before, _ = around(text, *found.span())
            year = count.first.year + value - count.nth
            if value > 1 and date.min.year < year < date.max.year and not YEAR_NEAR.search(before):
                yield Evidence(found[0], (_around_count(count, year),))


def _around_count(count: Count, year: int) -> tuple[date, date]:
    """The days on which a counted day or an anniversary of a year is written of; anniversaries last the whole year."""
    if count.nth:
        day = date(year, count.first.month, min(count.first.day, 28))
        return day - _COUNTED, day + _COUNTED
    return date(year, 1, 1) - _BEFORE_JUBILEE, date(year, 12, 31) + _AFTER_JUBILEE


def _count_pattern(count: Count) -> re.Pattern[str]:
    words, value = "|".join(map(re.escape, count.words)), r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
    if count.nth:
        return re.compile(rf"第{value}[个個届屆次]?[^，,。]{{0,2}}(?:{words})")
    return re.compile(rf"(?:庆祝|喜迎|迎接|献礼|向)(?:{words}){value}周年(?!.?大会)")
