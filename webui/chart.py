"""The geometry that charts share: scales that end in a round number, labels under an axis that leave room.

Lengths along the axis of time are percentages, so that a chart fills any width with its text undistorted; heights are
pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from search.labels import month_label

_ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_STRIDES = {"year": (1, 2, 5, 10, 20, 50, 100), "month": (1, 3, 6, 12, 24, 60, 120, 240)}


def ceiling(value: float) -> float:
    """The least round number that is not below a value: where an axis ends; at least 1."""
    if value <= 1:
        return 1
    power = 10 ** floor(log10(value))
    return next(step * power for step in _ROUND if step * power >= value)


def number(value: float) -> str:
    """A number at an axis: with commas, and a decimal only where it has one."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def rate(value: float) -> str:
    """Hits among a thousand articles: always with one decimal, so that they stand below one another."""
    return f"{value:,.1f}"


def percent(share: float) -> str:
    """A share of the whole width."""
    return f"{share * 100:.2f}%"


def labels(names: Sequence[str], room: int) -> list[str]:
    """What stands under each of consecutive years or months: at most ``room`` labels, the others are empty.

    January stands for its year where there is more than one.
    """
    places = [_place(name) for name in names]
    unit = "month" if names and "-" in names[0] else "year"
    shown = next(
        (step for step in _STRIDES[unit] if sum(place % step == 0 for place in places) <= room), _STRIDES[unit][-1]
    )
    several = len({name[:4] for name in names}) > 1
    return [_label(name, several) if place % shown == 0 else "" for name, place in zip(names, places, strict=True)]


def _place(name: str) -> int:
    """The number of a period since the year 0: two neighbours differ by one."""
    year, _, month = name.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _label(name: str, several: bool) -> str:
    year, _, month = name.partition("-")
    if not month:
        return year
    return year if several and month == "01" else month_label(int(month))
