"""Terms over time, drawn as lines: a time of which nothing is held is a gap in all of them, never a zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from search.labels import day_label, span_label
from search.message import Counted
from search.request import MISSING, SearchRequest
from search.trends import Period, Trend
from webui import params
from webui.chart import ceiling, labels, number, percent
from webui.links import search_url
from webui.timeline import words

NUMERALS = "①②③④⑤"
SHARE, UNITS, BOTTOM, PLOT = 0.95, 1000, 260.0, 240
"""The part of the width that the lines take, the whole in units of a path; pixels down to zero, and of the lines."""
TICKS = 8
"""Labels of the axis for which there is room on a phone."""
MOST_POINTS = 60
"""Over more periods the lines are drawn without points: they would touch; the table links all the same."""
_APART = 15
"""Pixels between two numerals at the ends of lines."""


@dataclass(frozen=True, slots=True)
class Point:
    """A period of a line, with the search that lists its hits; without ``url`` there are none."""

    x: str
    y: float
    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """The hits of one term: ``path`` in units across and pixels down, and at its ``end`` the ``numeral``."""

    numeral: str
    term: str
    url: str
    total: int
    best: str
    undated: int
    undated_url: str
    path: str
    points: Sequence[Point]
    end: float


@dataclass(frozen=True, slots=True)
class Chart:
    """``ticks`` are places and words under the axis, ``lost`` those columns of which nothing is held.

    ``rows`` has for each period the points of all lines, whether they are drawn or not.
    """

    lines: Sequence[Line]
    rows: Sequence[tuple[Period, str, Sequence[Point]]]
    ticks: Sequence[tuple[str, str]]
    lost: Sequence[str]
    column: str
    top: str
    middle: str
    by: str
    span: str

    @property
    def pointed(self) -> bool:
        return len(self.rows) <= MOST_POINTS


def chart(searches: Sequence[SearchRequest], trends: Sequence[Trend], shown: Sequence[Period], relative: bool) -> Chart:
    """The lines of some searches, given their hits over the periods that are shown, of which there is at least one."""
    values = [[_value(period, which, relative) for period in shown] for which in range(len(searches))]
    top = ceiling(max((value or 0 for one in values for value in one), default=0))
    heights = [[_height(value, top) for value in one] for one in values]
    ends = _ends([next((height for height in reversed(one) if height is not None), BOTTOM) for one in heights])
    lines = [
        _line(which, search, trends[which], shown, heights[which], ends[which]) for which, search in enumerate(searches)
    ]
    names = [period.name for period in shown]
    return Chart(
        lines=lines,
        rows=[(period, day_label(period.name), [line.points[at] for line in lines]) for at, period in enumerate(shown)],
        ticks=[(percent(_x(place, len(names))), label) for place, label in enumerate(labels(names, TICKS)) if label],
        lost=[percent(place / len(shown) * SHARE) for place, period in enumerate(shown) if not period.held],
        column=percent(SHARE / len(shown)),
        top=number(top),
        middle=number(top / 2) if relative or top % 2 == 0 else "",
        by="month" if "-" in names[0] else "year",
        span=span_label(names[0], names[-1]),
    )


def _value(period: Period, which: int, relative: bool) -> float | None:
    if not period.held:
        return None
    return period.per_thousand(which) if relative else period.hits[which]


def _height(value: float | None, top: float) -> float | None:
    return None if value is None else round(BOTTOM - value / top * PLOT, 1)


def _x(place: int, periods: int) -> float:
    """Where the middle of a period is, as a share of the width."""
    return (place + 0.5) / periods * SHARE


def _line(
    which: int,
    search: SearchRequest,
    trend: Trend,
    shown: Sequence[Period],
    heights: Sequence[float | None],
    end: float,
) -> Line:
    best = max(shown, key=lambda period: period.hits[which])
    return Line(
        numeral=NUMERALS[which],
        term=search.query,
        url=search_url(search),
        total=trend.total,
        best=Counted("{time}，{n:,} 篇", time=day_label(best.name), n=best.hits[which]) if best.hits[which] else "",
        undated=trend.counts.get(MISSING, 0),
        undated_url=search_url(params.within(search, MISSING)),
        path=" ".join(_strokes(heights)),
        points=_points(search, which, shown, heights),
        end=end,
    )


def _points(search: SearchRequest, which: int, shown: Sequence[Period], heights: Sequence[float | None]) -> list[Point]:
    return [
        Point(
            percent(_x(place, len(shown))),
            BOTTOM if height is None else height,
            words(period, which),
            search_url(params.within(search, period.name)) if period.hits[which] else None,
        )
        for place, (period, height) in enumerate(zip(shown, heights, strict=True))
    ]


def _strokes(heights: Sequence[float | None]) -> Iterator[str]:
    """The path, a stroke for each run of periods without a gap; round caps make a dot of a stroke of no length."""
    places = enumerate(heights)
    for known, run in groupby(places, lambda place: place[1] is not None):
        if known:
            ends = [f"{_x(place, len(heights)) * UNITS:.1f} {height}" for place, height in run]
            yield "M" + "L".join(ends if len(ends) > 1 else ends * 2)


def _ends(heights: Sequence[float]) -> list[float]:
    """The heights of the numerals: those of the lines' ends, moved apart where they would cover one another."""
    moved, lowest = list(heights), BOTTOM
    for which in sorted(range(len(moved)), key=heights.__getitem__, reverse=True):
        moved[which] = min(heights[which], lowest)
        lowest = moved[which] - _APART
    return moved
