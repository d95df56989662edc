"""Filters as sets of documents, and how many hits each value of a facet has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

import numpy as np

from search.engine.snapshot import Ints, Mask, Snapshot
from search.labels import FACET_LABELS, value_label
from search.request import FACETS, MISSING, SearchRequest
from search.results import FacetValue, MonthCount


def in_words(request: SearchRequest) -> list[str]:
    """The filters of a request as a person would say them."""
    said = [
        f"{sign}{name}：{' 或 '.join(value_label(facet, value) for value in values)}"
        for facet, name in FACET_LABELS.items()
        for sign, values in (("", request.only.get(facet)), ("排除", request.without.get(facet)))
        if values
    ]
    if request.first_day or request.last_day:
        said.append(f"日期：{request.first_day or '最早'} 至 {request.last_day or '最晚'}")
    return said


def in_known_values(snapshot: Snapshot, request: SearchRequest) -> SearchRequest:
    """The request with the archive's own values in place of those that a person has typed."""

    def known(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {
            facet: tuple(dict.fromkeys(snapshot.known_value(facet, value) for value in values))
            for facet, values in chosen.items()
        }

    return replace(request, only=known(request.only), without=known(request.without))


class Filters:
    """The filters of a request over one snapshot, each facet's apart."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest) -> None:
        self._snapshot = snapshot
        self._request = request
        self._own = {facet: mask for facet in FACETS if (mask := self._mask(facet)) is not None}

    def apply(self, found: Mask, without: str | None = None) -> Mask:
        """The found documents that pass all filters but those of the facet ``without``."""
        return reduce(np.logical_and, (mask for facet, mask in self._own.items() if facet != without), found)

    def _mask(self, facet: str) -> Mask | None:
        """What the facet's own filter lets pass; None when it has none."""
        request, snapshot = self._request, self._snapshot
        only, without = request.only.get(facet, ()), request.without.get(facet, ())
        ranged = facet == "date" and (request.first_day is not None or request.last_day is not None)
        if not (only or without or ranged):
            return None
        mask = snapshot.overlapping(request.first_day, request.last_day) if ranged else snapshot.live
        if only:
            mask = mask & snapshot.facets[facet].having(only, snapshot.size)
        if without:
            mask = mask & ~snapshot.facets[facet].having(without, snapshot.size)
        return mask


def tabulate(
    snapshot: Snapshot, request: SearchRequest, found: Mask, filters: Filters
) -> tuple[dict[str, list[FacetValue]], list[MonthCount]]:
    """The values of every facet, and the months of the date facet as a timeline.

    A value's count leaves its facet's own filter out and counts the versions of a story once, unless the
    request wants them all. Values follow by count, those of the date by time; MISSING is the last.
    """
    facets: dict[str, list[FacetValue]] = {}
    timeline: list[MonthCount] = []
    for facet in FACETS:
        numbers = counts(snapshot, facet, filters.apply(found, without=facet), collapse=not request.all_versions)
        facets[facet] = _values(facet, numbers, request)
        if facet == "date":
            months = sorted(name for name in numbers if "-" in name)
            timeline = [MonthCount(month, numbers[month]) for month in months]
    return facets, timeline


def counts(snapshot: Snapshot, facet: str, mask: Mask, collapse: bool = False) -> dict[str, int]:
    """How many of the masked documents have each value; ``collapse`` counts the versions of a story once."""
    values = snapshot.facets[facet]
    chosen = mask[values.docs]
    codes = values.codes[chosen]
    if collapse and snapshot.has_versions:
        codes = _once_a_story(snapshot.group[values.docs[chosen]], codes, len(values.names))
    numbers = np.bincount(codes, minlength=len(values.names))
    return {values.names[code]: int(numbers[code]) for code in np.flatnonzero(numbers).tolist()}


def _once_a_story(groups: Ints, codes: Ints, size: int) -> Ints:
    return np.unique(groups * size + codes) % size


def _values(facet: str, numbers: Mapping[str, int], request: SearchRequest) -> list[FacetValue]:
    only, without = request.only.get(facet, ()), request.without.get(facet, ())
    names: Iterable[str] = {*numbers, *only, *without}
    found = [
        FacetValue(name, value_label(facet, name), numbers.get(name, 0), name in only, name in without)
        for name in names
    ]
    return sorted(found, key=_by_time if facet == "date" else _by_count)


def _by_count(value: FacetValue) -> tuple[bool, int, str]:
    return value.value == MISSING, -value.count, value.value


def _by_time(value: FacetValue) -> tuple[bool, int, str]:
    return value.value == MISSING, 0, value.value
