"""In how many stories each value of a column is told, and in which days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from search.engine.cards import UNDATED
from search.results import Told

if TYPE_CHECKING:
    from search.engine.postings import Ints
    from search.engine.snapshot import Snapshot

_NEVER = date.max.toordinal()


def told(snapshot: Snapshot, column: str) -> Mapping[str, Told]:
    """Every value that a live document has; versions of a story count once."""
    values = snapshot.facet(column)
    codes = np.concatenate((values.first, values.codes)).astype(np.int64)
    docs = np.concatenate((np.arange(snapshot.size), values.docs)).astype(np.int64)
    there = snapshot.live[docs] & (codes > 0)
    codes, docs = codes[there], docs[there]
    numbers = 2 * max(1, snapshot.size)  # stories whose best version is not held are numbered behind all documents
    pairs = np.unique(codes * numbers + snapshot.stories[docs])
    counts = np.bincount(pairs // numbers, minlength=len(values.names))
    firsts, lasts = _days(snapshot, codes, docs, len(values.names))
    return {
        values.names[code]: Told(int(counts[code]), _day(firsts[code]), _day(lasts[code]))
        for code in np.flatnonzero(counts).tolist()
    }


def _days(snapshot: Snapshot, codes: Ints, docs: Ints, size: int) -> tuple[Ints, Ints]:
    """The first and the last day of each value; what is undated tells neither."""
    dated = snapshot.first[docs] != UNDATED
    firsts, lasts = np.full(size, _NEVER), np.full(size, UNDATED)
    np.minimum.at(firsts, codes[dated], snapshot.first[docs[dated]])
    np.maximum.at(lasts, codes[dated], snapshot.last[docs[dated]])
    return np.where(lasts == UNDATED, UNDATED, firsts), lasts


def _day(ordinal: int) -> date | None:
    return None if ordinal == UNDATED else date.fromordinal(int(ordinal))
