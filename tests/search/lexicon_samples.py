"""Small lexicons, written and opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from search.engine.arrayfile import ArrayWriter
from search.engine.builder import LexiconWriter
from search.engine.invert import Inverted
from search.engine.segment import Segment

Positions = Mapping[int, list[int]]
"""Where a term is, by document."""

Fields = Mapping[str, Mapping[bytes, Positions]]


def segment(path: Path, fields: Fields, documents: int, *, positions: bool = True) -> Segment:
    """A segment of terms only."""
    with ArrayWriter(path, {"documents": documents}) as out:
        writer = LexiconWriter(out)
        for name, terms in fields.items():
            writer.add(name, sorted(terms), inverted([terms[term] for term in sorted(terms)], positions))
        writer.finish()
    return Segment(path)


def inverted(lists: list[Positions], positions: bool) -> Inverted:
    return Inverted(
        np.arange(len(lists), dtype=np.uint32),
        ints(len(one) for one in lists),
        ints(doc for one in lists for doc in sorted(one)),
        ints(len(one[doc]) for one in lists for doc in sorted(one)),
        ints(place for one in lists for doc in sorted(one) for place in one[doc]) if positions else None,
    )


def ints(numbers: object) -> np.ndarray:
    return np.array(list(numbers), dtype=np.int64)
