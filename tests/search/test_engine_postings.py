"""Lists of document numbers as bytes."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.postings import Ints, decode, decode_counted, decode_many, encode, starts_of

HIGHEST = 2**32 - 1
ascending = st.sets(
    st.integers(0, HIGHEST) | st.integers(0, 300) | st.integers(HIGHEST - 200, HIGHEST), min_size=1, max_size=60
).map(sorted)


def joined(lists: list[list[int]]) -> Ints:
    return np.array([number for one in lists for number in one], dtype=np.int64)


@given(lists=st.lists(ascending, max_size=12))
def test_lists_come_back_one_by_one_and_together(lists: list[list[int]]) -> None:
    counts = np.array([len(one) for one in lists], dtype=np.int64)
    coded, places = encode(joined(lists), counts)
    assert places[0] == 0
    assert places[-1] == len(coded)
    for number, one in enumerate(lists):
        assert decode(coded[places[number] : places[number + 1]]).tolist() == one
    docs, sizes = decode_many(coded, places)
    assert (docs.tolist(), sizes.tolist()) == (joined(lists).tolist(), counts.tolist())
    assert decode_counted(coded, counts).tolist() == joined(lists).tolist()


@given(gaps=st.lists(st.integers(0, 3), min_size=1))
def test_equal_numbers_may_follow_one_another(gaps: list[int]) -> None:
    numbers = list(accumulate(gaps))
    coded, _ = encode(np.array(numbers), np.array([len(numbers)]))
    assert decode(coded).tolist() == numbers


def test_lengths_must_be_those_of_the_lists() -> None:
    coded, _ = encode(np.array([1, 2, 3]), np.array([3]))
    with pytest.raises(ValueError, match="3 numbers"):
        decode_counted(coded, np.array([2**40]))


def test_small_gaps_take_one_byte() -> None:
    coded, _ = encode(np.arange(5, 128 * 127, 127), np.array([128]))
    assert len(coded) == 128


def test_the_highest_number_takes_five_bytes() -> None:
    coded, _ = encode(np.array([HIGHEST]), np.array([1]))
    assert coded.tolist() == [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]


def test_a_long_list() -> None:
    numbers = np.cumsum(np.random.default_rng(1).integers(1, 5000, 100_000))
    coded, _ = encode(numbers, np.array([len(numbers)]))
    np.testing.assert_array_equal(decode(coded), numbers)


def test_starts_are_sums() -> None:
    assert starts_of(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
    assert starts_of(np.array([], dtype=np.int64)).tolist() == [0]
