"""The timeline of a search: its hits by year or month as a histogram, each bar a link, and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.days import read_span
from search.labels import day_label, span_label
from search.message import Counted, Message
from search.request import MISSING, SearchRequest
from search.results import Results
from search.trends import MOST, Period, periods
from webui import chart, params
from webui.links import search_url

COLUMN, TOP, PLOT = 24, 18, 104
"""Pixels: a column at least (WCAG 2.5.8), the space above the bars, and theirs."""
FEWEST = 4
"""Fewer columns do not fill the width."""
_DENSE = 12
"""From so many columns on the bars stand close."""
_LEAST = 2
"""Pixels of the lowest bar: a single hit is to be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period in the histogram and the table; without ``url`` there is nothing to list.

    ``left`` is where its column begins, ``inset`` where the bar within it does; ``axis`` stands under it.
    """

    period: Period
    label: str
    words: str
    url: str | None
    chosen: bool
    axis: str
    left: str
    inset: str
    height: float

    @property
    def top(self) -> float:
        return round(TOP + PLOT - self.height, 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The histogram of an answer.

    ``top`` is the number at its upper line, ``column``, ``thick`` and ``end`` the widths of a column, a bar and all
    columns, ``room`` the least width of the drawing in pixels; ``free_url`` is the search at any time, to which a
    script adds a span, ``anytime_url`` the same where there is something to be freed of; ``bounded`` says whether days
    limit the search, ``cut`` whether earlier periods are left out.
    """

    bars: Sequence[Bar]
    by: str
    span: str
    top: str
    column: str
    thick: str
    end: str
    room: int
    relative: bool
    absolute_url: str
    relative_url: str
    undated: int
    undated_url: str
    anytime_url: str | None
    free_url: str
    bounded: bool
    cut: bool

    @property
    def lost(self) -> bool:
        """Whether there is a period of which the archive holds nothing."""
        return any(not bar.period.held for bar in self.bars)


def timeline(results: Results, held: Mapping[str, int], relative: bool) -> Timeline | None:
    """The hits of an answer over time; ``held`` is what the archive holds, counted alike. None where none is dated.

    A search whose dates leave no hits shows where there would be some.
    """
    asked, counts = results.request, results.counts["date"]
    shown = periods(held, [counts], asked if results.total else params.anytime(asked))
    if not any(period.hits[0] for period in shown):
        return None
    values = [(period.per_thousand() or 0) if relative else period.hits[0] for period in shown]
    top = chart.ceiling(max(values))
    column = 1 / max(len(shown), FEWEST)
    filled = 0.72 if len(shown) >= _DENSE else 0.48
    return Timeline(
        bars=_bars(asked, shown, [value / top for value in values], column, filled),
        by="month" if "-" in shown[0].name else "year",
        span=span_label(shown[0].name, shown[-1].name),
        top=chart.number(top),
        column=chart.percent(column),
        thick=chart.percent(column * filled),
        end=chart.percent(column * len(shown)),
        room=len(shown) * COLUMN,
        relative=relative,
        absolute_url=search_url(asked, relative=False),
        relative_url=search_url(asked, relative=True),
        undated=counts.get(MISSING, 0),
        undated_url=search_url(params.within(asked, MISSING)),
        anytime_url=search_url(params.anytime(asked)) if _is_dated(asked) else None,
        free_url=search_url(params.anytime(asked)),
        bounded=bool(asked.first_day or asked.last_day),
        cut=len(shown) == MOST,
    )


def words(period: Period, number: int = 0) -> str:
    """What is known of the hits of a request in a period, in one line."""
    name, often = day_label(period.name), period.per_thousand(number)
    if often is None:
        return Message("{time}：库中没有这段时间的报纸", time=name)
    known = Counted(
        "{time}：{n:,} 篇，库中 {held:,} 篇，每千篇 {rate} 篇",
        time=name,
        n=period.hits[number],
        held=period.held,
        rate=chart.rate(often),
    )
    return Counted("{known}；缺 {n} 个月的报纸", known=known, n=period.missing) if period.missing else known


def _bars(
    asked: SearchRequest, shown: Sequence[Period], heights: Sequence[float], column: float, filled: float
) -> list[Bar]:
    axis = chart.labels([period.name for period in shown], max(_room(shown[0]), len(shown) // 2))
    return [
        Bar(
            period=period,
            label=day_label(period.name),
            words=words(period),
            url=search_url(params.within(asked, period.name)) if period.hits[0] else None,
            chosen=_is_chosen(asked, period.name),
            axis=axis[number],
            left=chart.percent(number * column),
            inset=chart.percent((number + (1 - filled) / 2) * column),
            height=max(_LEAST, round(heights[number] * PLOT, 1)) if period.hits[0] else 0,
        )
        for number, period in enumerate(shown)
    ]


def _room(period: Period) -> int:
    """How many labels have room on a phone: months are shorter than years."""
    return 12 if "-" in period.name else 9


def _is_dated(asked: SearchRequest) -> bool:
    return bool(asked.only.get("date") or asked.without.get("date") or asked.first_day or asked.last_day)


def _is_chosen(asked: SearchRequest, name: str) -> bool:
    """Whether the dates that are asked for touch a year or month; where none are, all do."""
    first, last = read_span(name)
    if (asked.first_day and last < asked.first_day) or (asked.last_day and asked.last_day < first):
        return False
    if any(name.startswith(value) for value in asked.without.get("date", ())):
        return False
    only = asked.only.get("date", ())
    return not only or any(name.startswith(value) or value.startswith(name) for value in only)
