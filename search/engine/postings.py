"""Lists of document numbers as bytes, many lists at a time.

A list is ascending; what is kept of it are the gaps: the first number, then what each has more than the one before.
A gap takes seven bits a byte, the low ones first; the top bit says that another byte follows (LEB128, DWARF 4,
section 7.6). All lists of a segment stand one after the other in one array of bytes. Neither coding nor decoding
has a loop over lists or postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_BITS, _MORE = 7, 0x80
_MOST_BYTES = 5
"""A gap fits in 35 bits: document numbers have 32."""


def starts_of(counts: NDArray[Any] | Sequence[int]) -> Ints:
    """Where each of several pieces begins when they stand one after the other; one entry more, for the end."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def encode(docs: Ints, counts: NDArray[Any]) -> tuple[Bytes, Ints]:
    """The bytes of lists that stand one after the other in ``docs``, and where each list begins in them.

    ``counts`` holds the length of each list, none of which is empty; the second result has one entry more, for the end.
    """
    starts = starts_of(counts)
    gaps = np.diff(docs, prepend=0)
    gaps[starts[:-1]] = docs[starts[:-1]]
    long = np.flatnonzero(gaps >= _MORE)
    if not len(long):
        return gaps.astype(np.uint8), starts
    sizes = np.ones(len(gaps), dtype=np.int64)
    sizes[long] = long_sizes = _sizes(gaps[long])
    further = starts_of(long_sizes - 1)
    coded = np.repeat(gaps.astype(np.uint8), sizes)
    _put(coded, long + further[:-1], gaps[long], long_sizes)
    return coded, starts + further[np.searchsorted(long, starts)]


def _put(coded: Bytes, places: Ints, gaps: Ints, sizes: Ints) -> None:
    """Writes gaps of several bytes to their places."""
    for byte in range(int(sizes.max())):
        if byte > 1:
            longer = sizes > byte
            places, gaps, sizes = places[longer], gaps[longer], sizes[longer]
        more = np.where(sizes > byte + 1, _MORE, 0)
        coded[places + byte] = (gaps >> (_BITS * byte)) & (_MORE - 1) | more


def decode(coded: Bytes) -> Ints:
    """The numbers of one list."""
    return np.cumsum(_gaps_and_ends(coded)[0])


def decode_many(coded: Bytes, places: NDArray[Any]) -> tuple[Ints, Ints]:
    """The numbers of lists that stand one after the other, and the length of each.

    ``places`` says where each list begins in the bytes, none being empty, with one entry more for the end.
    """
    gaps, ends = _gaps_and_ends(coded)
    counts = np.diff(np.searchsorted(ends, places))
    return _summed(gaps, counts), counts


def decode_counted(coded: Bytes, counts: Ints) -> Ints:
    """The numbers of lists that stand one after the other, whose lengths are known.

    Raises:
        ValueError: these are not the lengths.
    """
    gaps, _ = _gaps_and_ends(coded)
    if counts.sum() != len(gaps):
        raise ValueError(f"{len(gaps)} numbers where {counts.sum()} should be")
    return _summed(gaps, counts)


def _summed(gaps: Ints, counts: Ints) -> Ints:
    starts = starts_of(counts)[:-1]
    sums = np.cumsum(gaps)
    return sums - np.repeat(sums[starts] - gaps[starts], counts)


def _sizes(gaps: Ints) -> Ints:
    sizes = np.ones(len(gaps), dtype=np.int64)
    for byte in range(1, _MOST_BYTES):
        bigger = gaps >= 1 << (_BITS * byte)
        if not bigger.any():
            break
        sizes += bigger
    return sizes


def _gaps_and_ends(coded: Bytes) -> tuple[Ints, Ints]:
    """The numbers that the bytes stand for, and the last byte of each. In most lists nearly all gaps take one byte."""
    ends = np.flatnonzero(coded < _MORE)
    if len(ends) == len(coded):
        return coded.astype(np.int64), ends
    gaps = coded[ends].astype(np.int64)
    sizes = np.diff(ends, prepend=-1)
    long = np.flatnonzero(sizes > 1)
    for byte in range(1, _MOST_BYTES):
        if not len(long):
            break
        gaps[long] = (gaps[long] << _BITS) | (coded[ends[long] - byte] & (_MORE - 1))
        long = long[sizes[long] > byte + 1]
    return gaps, ends
