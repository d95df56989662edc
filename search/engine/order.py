"""In which order hits come, and which version of a story stands for it."""

from __future__ import annotations

import numpy as np

from search.engine.evaluate import Found
from search.engine.snapshot import Ints, Mask, Snapshot


def ordered(snapshot: Snapshot, found: Found, hits: Mask, sort: str, all_versions: bool) -> Ints:
    """The hits in the order of ``sort``, one version of each story unless all are wanted.

    Ties go to the newer article, then to the smaller id, so that the order depends on the articles alone.
    """
    docs = np.flatnonzero(hits)
    if not all_versions and snapshot.has_versions:
        docs = _one_a_story(snapshot, found, docs)
    if sort == "relevance":
        return _by_relevance(snapshot, found, docs)
    places = snapshot.newest if sort == "newest" else snapshot.oldest
    return docs[np.argsort(places[docs])]


def _by_relevance(snapshot: Snapshot, found: Found, docs: Ints) -> Ints:
    return docs[np.lexsort((snapshot.newest[docs], -found.score[docs]))]


def _one_a_story(snapshot: Snapshot, found: Found, docs: Ints) -> Ints:
    """The best version where it is among the hits, otherwise the best-ranked one."""
    docs = _by_relevance(snapshot, found, docs)
    docs = docs[np.argsort(~snapshot.is_lead[docs], kind="stable")]
    _, first = np.unique(snapshot.group[docs], return_index=True)
    return docs[first]
