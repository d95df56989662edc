"""Which documents tell the same story: those whose ``duplicate_of`` lead to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from search.engine.postings import Ints

if TYPE_CHECKING:
    from search.engine.snapshot import Snapshot


def stories(snapshot: Snapshot) -> Ints:
    """For each document the number of its story: that of the document to which all versions lead.

    Versions of an article that the archive does not hold share a number behind all documents.
    """
    numbers = np.arange(snapshot.size)
    links = _links(snapshot)
    for doc in links:
        if doc < snapshot.size:
            numbers[doc] = _root(links, doc)
    return numbers


def versions(snapshot: Snapshot, doc: int) -> list[int]:
    """The documents that tell the same story as one, the best first, itself included."""
    same: list[int] = snapshot.alive(np.flatnonzero(snapshot.stories == snapshot.stories[doc])).tolist()
    whole = snapshot.numbers("complete")
    return sorted(same, key=lambda doc: (not snapshot.is_lead[doc], not whole[doc], snapshot.identity(doc)))


def _links(snapshot: Snapshot) -> dict[int, int]:
    """For each document that is a version of another the number of that one, or of an id that is not there."""
    better = snapshot.facet("duplicate_of")
    docs = snapshot.everything[better.first[snapshot.everything] != 0]
    known = snapshot.docs_of(better.names)
    absent = np.flatnonzero(known < 0)
    known[absent] = snapshot.size + absent
    return dict(zip(docs.tolist(), known[better.first[docs]].tolist(), strict=True))


def _root(links: dict[int, int], doc: int) -> int:
    """Where the links lead from a document; of a circle its least member."""
    seen = {doc: None}
    while (doc := links.get(doc, doc)) not in seen:
        seen[doc] = None
    circle = list(seen)
    return min(circle[circle.index(doc) :])
