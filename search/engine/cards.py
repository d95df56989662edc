"""The cards of a segment: what the archive tells of its documents without reading their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.engine.columns import Coded
from search.engine.segment import Segment
from search.entry import Card

UNDATED = 0


def cards(segment: Segment, docs: Sequence[int]) -> Iterator[Card]:
    """The card of each of some documents. What is asked of a column is asked for all of them at once."""
    columns = zip(
        identities(segment, docs),
        segment.digests()[docs],
        *(_names(segment.coded(name), docs) for name in ("origin", "fingerprint", "file", "duplicate_of")),
        *(segment.numbers(name)[docs].tolist() for name in ("first_day", "last_day", "completed")),
        docs,
        strict=True,
    )
    sketch = segment.ragged("sketch")
    for identity, digest, origin, fingerprint, file, better, first, last, completed, doc in columns:
        days = () if first == UNDATED else (first, last)
        yield Card(
            identity,
            digest.tobytes().hex(),
            origin,
            fingerprint,
            file,
            better or None,
            days,
            bool(completed),
            sketch[doc].tolist(),
        )


def identities(segment: Segment, docs: Sequence[int]) -> Iterator[str]:
    """The id of each of some documents."""
    pieces = segment.ragged("id")
    values, starts = pieces.values.tobytes() if len(docs) > 1 else pieces.values, pieces.starts
    for start, end in zip(starts[docs].tolist(), starts[[doc + 1 for doc in docs]].tolist(), strict=True):
        yield bytes(values[start:end]).decode()


def _names(column: Coded, docs: Sequence[int]) -> Iterator[str]:
    names = column.names
    return (names[code] for code in column.first[docs].tolist())
