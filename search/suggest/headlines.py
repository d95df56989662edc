"""Headlines of the archive that differ from a text by one edit."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.engine.snapshot import Snapshot
from search.query.tree import Exact
from search.request import SearchRequest
from search.suggest.corrections import MOST_CHARACTERS, Correction
from search.suggest.query import KINDS
from search.text import fold

_SHORTEST = 5
"""Characters: half of a shorter text is in too many headlines."""
_NEWEST = 20
_COST = 4


def headline_corrections(snapshot: Snapshot, text: str, deadline: Deadline) -> list[Correction]:
    """A folded text as it stands in headlines, where one edit makes the two equal.

    One edit leaves one half of the text as it is; that half is looked up.

    Raises:
        QueryRefused: the deadline has passed.
    """
    if not _SHORTEST <= len(text) <= MOST_CHARACTERS:
        return []
    middle = len(text) // 2
    found = (
        piece
        for half, before in ((text[:middle], 0), (text[middle:], middle))
        for title in _titles(snapshot, half, deadline)
        for piece in _pieces(title, half, before, len(text))
        if OSA.distance(piece, text, score_cutoff=1) == 1
    )
    return [_correction(text, piece) for piece in dict.fromkeys(found)]


def _titles(snapshot: Snapshot, piece: str, deadline: Deadline) -> Iterator[str]:
    """The newest headlines that contain a piece."""
    docs = answer(snapshot, SearchRequest(sort="newest"), Exact(piece, "title"), deadline).ordered(_NEWEST)
    return (fold(snapshot.article(doc).title or "") for doc in docs.tolist())


def _pieces(title: str, half: str, before: int, length: int) -> Iterator[str]:
    """What stands around half of a text in a headline: as long as the text, or one more or less on the other side."""
    at = title.find(half)
    if at < 0:
        return
    for more in (0, 1, -1):
        start = at if not before else max(0, at - before - more)
        yield title[start : at + len(half) if before else at + length + more]


def _correction(text: str, piece: str) -> Correction:
    return Correction(_COST, 0, len(KINDS), 0, piece, f"标题中作：{text}→{piece}")
