"""What a snapshot holds and what its articles lack, counted."""

from __future__ import annotations

from datetime import date

import numpy as np

from search.engine.answer import vaguely_dated
from search.engine.cards import UNDATED
from search.engine.facets import Hits
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.request import MISSING
from search.results import Stats


def stats(snapshot: Snapshot) -> Stats:
    """The figures of a whole snapshot."""
    everything = snapshot.everything
    hits = Hits(snapshot, everything)
    dated = everything[snapshot.first[everything] != UNDATED]
    years = {name: count for name, count in hits.counts("date").items() if name.isdigit()}
    return Stats(
        corpus=snapshot.corpus,
        files=len(np.unique(snapshot.facet("file").first[everything])),
        first_day=_iso(snapshot.first[dated].min()) if len(dated) else None,
        last_day=_iso(snapshot.last[dated].max()) if len(dated) else None,
        undated=len(everything) - len(dated),
        vague=vaguely_dated(snapshot, dated),
        without_street=hits.counts("street").get(MISSING, 0),
        without_reporter=hits.counts("reporter").get(MISSING, 0),
        incomplete=int((snapshot.numbers("complete")[everything] == 0).sum()),
        retold=_retold(snapshot, everything),
        years=dict(sorted(years.items())),
    )


def _retold(snapshot: Snapshot, docs: Ints) -> int:
    """The stories of which several versions are held."""
    return len(np.unique(snapshot.stories[docs[snapshot.versions[docs] > 1]]))


def _iso(ordinal: np.int64) -> str:
    return date.fromordinal(int(ordinal)).isoformat()
