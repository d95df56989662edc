"""What is known of the calendar beyond the page: events, seasons, counted days and anniversaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from search.text import fold

if TYPE_CHECKING:
    from indexer.describe.reference import Table


@dataclass(frozen=True, eq=False, slots=True)
class Event:
    """Words that are printed only from one day on, only up to a day, or both; the days include margins.

    They count when printed ``at_least`` so many times, in sentences without a word of ``unless``.
    """

    name: str
    words: tuple[str, ...]
    first: date | None
    last: date | None
    at_least: int
    unless: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Season:
    """Words that are printed only in one part of the year, from (month, day) to (month, day), both included."""

    name: str
    words: tuple[str, ...]
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Count:
    """A yearly day that is counted: 第38个教师节 when ``nth``, else an anniversary such as 建党101周年.

    ``first`` is the first such day, or the day whose anniversary it is.
    """

    words: tuple[str, ...]
    first: date
    nth: bool


@dataclass(frozen=True, eq=False, slots=True)
class Events:
    """All of ``events.toml``. No page of the archive was printed before ``first`` or after ``last``."""

    first: date
    last: date
    events: tuple[Event, ...]
    seasons: tuple[Season, ...]
    counts: tuple[Count, ...]


def read_events(table: Table) -> Events:
    """The calendar of ``events.toml``, checked; its words are folded, as the text is in which they are looked for."""
    archive = table.table("archive")
    first, last = archive.day("first"), archive.day("last")
    if last < first:
        raise archive.wrong("last", f"不早于 first（{first}）的日期")
    return Events(
        first,
        last,
        tuple(_event(item) for item in table.tables("event")),
        tuple(
            Season(item.text("name"), _words(item), item.month_day("from"), item.month_day("to"))
            for item in table.tables("season")
        ),
        tuple(_count(item, nth) for key, nth in (("nth", True), ("anniversary", False)) for item in table.tables(key)),
    )


def _event(item: Table) -> Event:
    first, last = (item.day(key) if key in item.values else None for key in ("from", "to"))
    if not first and not last:
        raise item.wrong("from", "日期；from 和 to 至少要有一个")
    if first and last and last < first:
        raise item.wrong("to", f"不早于 from（{first}）的日期")
    at_least = int(item.number("at_least")) if "at_least" in item.values else 1
    return Event(
        item.text("name"), _words(item), first, last, at_least, tuple(fold(word) for word in item.texts("unless"))
    )


def _count(item: Table, nth: bool) -> Count:
    return Count(_words(item), item.day("first" if nth else "founded"), nth)


def _words(item: Table) -> tuple[str, ...]:
    words = item.texts("words")
    if not words:
        raise item.wrong("words", '至少一个词，如 ["甲"]')
    return tuple(fold(word) for word in words)
