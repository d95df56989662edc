"""The mild preference for what is new, for those who ask for it."""

from __future__ import annotations

import numpy as np

from search.engine.cards import UNDATED
from search.engine.compile import LITERAL
from search.engine.found import Found
from search.engine.snapshot import Snapshot

SHARE = 0.5
"""What the newest article gains, as a share of its score."""
_YEAR = 365.25


def recent(snapshot: Snapshot, found: Found) -> Found:
    """The same documents with SHARE / (1 + age in years) of its score added to each.

    The curve is the reciprocal one that Solr's manual gives for boosting by date. The age is counted from the archive's
    newest day, not from today, so that the same archive always answers in the same order; what is undated gains
    nothing. Literal runs stay in front: they are counted, and only the remaining score grows.
    """
    literal = np.floor(found.score / LITERAL) * LITERAL
    days = snapshot.last[found.docs]
    age = np.where(days == UNDATED, np.inf, (snapshot.newest_day - days) / _YEAR)
    return Found(found.docs, found.score + (found.score - literal) * SHARE / (1 + age))
