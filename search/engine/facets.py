"""Filters as sets of documents, and how many hits each value of a facet has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce

import numpy as np

from search.engine.found import Mask
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot, Values
from search.engine.tally import columns
from search.labels import FACET_LABELS, value_label
from search.request import FACETS, MISSING, SearchRequest


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
    if not request.only and not request.without:
        return request

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

    def apply(self, docs: Ints, without: str | None = None) -> Ints:
        """The documents that pass all filters but those of the facet ``without``."""
        masks = [mask for facet, mask in self._own.items() if facet != without]
        return reduce(lambda left, mask: left[mask[left]], masks, docs)

    def has(self, facet: str) -> bool:
        """Whether the facet has a filter of its own."""
        return facet in self._own

    def _mask(self, facet: str) -> Mask | None:
        """What the facet's own filter lets pass; None when it has none."""
        request = self._request
        days = (request.first_day, request.last_day) if facet == "date" else (None, None)
        asked = (facet, request.only.get(facet, ()), request.without.get(facet, ()), days)
        if not any(asked[1:3]) and days == (None, None):
            return None
        return self._snapshot.filters.get(asked, lambda: _passing(self._snapshot, *asked))


def _passing(
    snapshot: Snapshot,
    facet: str,
    only: Sequence[str],
    without: Sequence[str],
    days: tuple[date | None, date | None],
) -> Mask:
    """The documents that have one of some values of a facet and none of others, within a range of days."""
    mask = np.ones(snapshot.size, dtype=bool) if days == (None, None) else snapshot.overlapping(*days)
    if only:
        mask &= having(snapshot, facet, only)
    if without:
        mask &= ~having(snapshot, facet, without)
    return mask


def having(snapshot: Snapshot, facet: str, wanted: Sequence[str]) -> Mask:
    """The documents that have any of the values of a facet."""
    mask = np.zeros(snapshot.size, dtype=bool)
    for column in columns(facet):
        values = snapshot.facet(column)
        codes = [values.code_of["" if name == MISSING else name] for name in wanted if _is_known(values, name)]
        chosen = np.zeros(len(values.names), dtype=bool)
        chosen[codes] = True
        mask |= chosen[values.first]
        mask[values.docs[chosen[values.codes]]] = True
    return mask


def _is_known(values: Values, name: str) -> bool:
    return name == MISSING or (name in values.code_of and name != "")


@dataclass(frozen=True)
class Hits:
    """Documents whose values are counted; ``collapsed`` counts the versions of a story once.

    With ``facet`` only the values of that one are.
    """

    snapshot: Snapshot
    docs: Ints
    collapsed: bool = False
    facet: str | None = None

    def counts(self, facet: str) -> dict[str, int]:
        """How many of the documents have each value; MISSING stands for none."""
        return self.snapshot.tally.named(self._numbers, facet)

    @cached_property
    def _numbers(self) -> Ints:
        tally = self.snapshot.tally
        numbers = tally.of(self.docs, self.facet)
        if not self.collapsed:
            return numbers
        repeated = self.docs[self.snapshot.repeated(self.docs)]
        if not len(repeated):
            return numbers
        return numbers - tally.of(repeated) + tally.of_stories(repeated, self.snapshot.stories[repeated])
