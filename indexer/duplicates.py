"""Which stories could be versions of one another: fingerprints of their text, and the pairs that share some.

A story is kept as a sketch, the winnowed fingerprints of its shingles: of every WINDOW shingles in a row the one with
the smallest hash (Schleimer, Wilkerson and Aiken, Winnowing: local algorithms for document fingerprinting, 2003). Two
texts that have SHINGLE + WINDOW - 1 letters in a row in common always share a fingerprint, wherever the letters
stand; a MinHash, which measures the likeness of wholes, loses the halves of a story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.likeness import text_of
from search.article import Article
from search.letters import Hashes, letter_codes, shingles

WINDOW = 8
SHORTEST = 12
"""Letters below which nothing can be told."""
SHARE = 0.2
"""Of the shorter sketch, so much shared proposes a pair, however many others have it too."""
REACH = 8
"""How many of the following holders of a fingerprint each holder is paired with."""

_Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of a story before its text is read: the file it is from, its days as ordinals, its sketch."""

    id: str
    origin: str
    days: Sequence[int]
    sketch: Sequence[int]


def sketch(article: Article) -> tuple[int, ...]:
    """The fingerprints of an article's title and text, ascending; empty where it is too short.

    A ready article whose versions have been told elsewhere takes no part either.
    """
    if article.duplicate_of or article.completed_from:
        return ()
    codes = letter_codes(f"{article.title or ''}\n{text_of(article)}")
    return _winnowed(shingles(codes)) if len(codes) >= SHORTEST else ()


def candidates(traces: Sequence[Trace]) -> list[tuple[str, str]]:
    """Pairs of ids from different files whose dates may agree and that share enough.

    Enough is at least two fingerprints (or all of the shorter sketch) that make up SHARE of the shorter sketch, or that
    are rare: a fingerprint weighs the less the more stories hold it. A crowd of holders is paired along a chain in
    which the likest stand together, so that the cost grows with the number of stories and none is lost.
    """
    known = sorted(
        (trace for trace in traces if trace.sketch), key=lambda trace: (tuple(trace.days), trace.origin, trace.id)
    )
    if not known:
        return []
    sizes = np.array([len(trace.sketch) for trace in known])
    pairs, shared, weight = sharing([np.array(trace.sketch, dtype=np.uint64) for trace in known], sizes)
    left, right = pairs // len(known), pairs % len(known)
    shorter = np.minimum(sizes[left], sizes[right])
    enough = (shared >= np.minimum(2, shorter)) & ((shared >= SHARE * shorter) | (weight >= 1))
    proposed = ((known[a], known[b]) for a, b in zip(left[enough].tolist(), right[enough].tolist(), strict=True))
    return [(a.id, b.id) for a, b in proposed if a.origin != b.origin and _may_agree(a.days, b.days)]


def _order(trace: Trace) -> tuple[Sequence[int], str, str]:
    return tuple(trace.days), trace.origin, trace.id


def _winnowed(hashes: Hashes) -> tuple[int, ...]:
    """The smallest of every WINDOW hashes in a row, each once, ascending."""
    lowest, width = hashes.copy(), 1
    while width < WINDOW and len(lowest) > width:
        lowest, width = np.minimum(lowest[:-width], lowest[width:]), 2 * width
    lowest.sort()
    return int(lowest[0]), *lowest[1:][lowest[1:] != lowest[:-1]].tolist()


def sharing(sketches: Sequence[Hashes], sizes: _Ints) -> tuple[_Ints, _Ints, NDArray[np.float64]]:
    """Pairs as ``left * count + right``, how many fingerprints each shares, and what these weigh together."""
    owners, values = np.repeat(np.arange(len(sketches)), sizes), np.concatenate(sketches)
    # The fingerprint that follows in the same sketch puts the likest holders side by side.
    order = np.lexsort((owners, np.append(values[1:], values[:1]), values))
    owners, values = owners[order], values[order]
    _, place, holders = np.unique(values, return_inverse=True, return_counts=True)
    found, weights = [], []
    for step in range(1, REACH + 1):
        same = values[step:] == values[:-step]
        one, other = owners[:-step][same], owners[step:][same]
        found.append(np.minimum(one, other) * len(sketches) + np.maximum(one, other))
        weights.append(1 / (holders[place[step:][same]] - 1))
    pairs, place, shared = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
    return pairs, shared, np.bincount(place, np.concatenate(weights), len(pairs)).astype(np.float64)


def _may_agree(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two spans of days overlap; an unknown one overlaps with any."""
    return not a or not b or (a[0] <= b[1] and b[0] <= a[1])
