"""Okapi BM25 as Whoosh counts it: its idf, and document lengths that are rounded to one byte."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

Scores = NDArray[np.float64]

_K1, _B = 1.2, 0.75


def bm25(tf: NDArray[Any], lengths: NDArray[Any], mean_length: float, documents: int) -> Scores:
    """The score of each document that has a term, which are as many as ``tf``, among so many documents.

    ``lengths`` are exact; ``mean_length`` is the mean over all documents (whoosh.scoring.BM25F).
    """
    idf = math.log(documents / (len(tf) + 1)) + 1
    relative = rounded(lengths) / mean_length
    score: Scores = idf * tf * (_K1 + 1) / (tf + _K1 * (1 - _B + _B * relative))
    return score


def rounded(lengths: NDArray[Any]) -> Scores:
    """Lengths as Whoosh keeps them, in one byte: up to the next of 256 numbers."""
    steps = _steps()
    result: Scores = steps[np.searchsorted(steps, lengths).clip(max=len(steps) - 1)]
    return result


@cache
def _steps() -> Scores:
    return np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float64)
