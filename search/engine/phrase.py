"""Phrases: documents in which the words of a phrase follow one another, from the positions of words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.engine.pairs import common
from search.engine.postings import Ints
from search.engine.segment import Segment

_POSITION_BITS = 32


def find_phrase(segment: Segment, field: str, words: Sequence[bytes]) -> Ints:
    """The documents of a segment in which the words stand one after the other, deleted ones included."""
    numbers = [segment.lexicon.find(field, word) for word in words]
    if min(numbers) < 0:
        return np.empty(0, np.int64)
    docs = reduce(common, (segment.lexicon.docs(number) for number in numbers))
    places = (_places(segment, number, docs) - shift for shift, number in enumerate(numbers))
    return np.unique(reduce(common, places) >> _POSITION_BITS)


def _places(segment: Segment, number: int, docs: Ints) -> NDArray[np.int64]:
    """Where a term is in the given documents: document and position as one number, ascending."""
    own = segment.lexicon.docs(number)
    tf = segment.lexicon.tf(number)
    wanted = np.repeat(np.isin(own, docs, assume_unique=True), tf)
    joined = (np.repeat(own, tf) << _POSITION_BITS) | segment.lexicon.positions(number)
    return joined[wanted]
