"""Whether a string stands anywhere in a snapshot: asked thousands of times to find what may be a misreading."""

from __future__ import annotations

from search.engine.deadline import Deadline
from search.engine.pairs import pair_keys, units
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot

_FEW = 64
"""Documents that are read before the next are looked at: mostly the first ones have the string."""


def stands(snapshot: Snapshot, string: str, deadline: Deadline) -> bool:
    """Whether a live document contains the folded string in any of its parts.

    Raises:
        QueryRefused: the deadline has passed.
    """
    deadline.check()
    return any(
        _stands(snapshot, segment, base, string, deadline)
        for segment, base in zip(snapshot.segments, snapshot.bases, strict=False)
    )


def _stands(snapshot: Snapshot, segment: Segment, base: int, string: str, deadline: Deadline) -> bool:
    index, text = segment.texts, units(string)
    if len(text) == 2 and not len(snapshot.dead):
        return index.all.rows(pair_keys(text)) is not None
    docs = index.candidates(index.all, text)
    if len(snapshot.dead):
        docs = docs[snapshot.live[docs + base]]
    if len(text) <= 2:
        return len(docs) > 0
    chunks = (docs[at : at + _FEW] for at in range(0, len(docs), _FEW))
    return any(len(index.confirmed(chunk, text, deadline, index.bounds(chunk))) for chunk in chunks)
