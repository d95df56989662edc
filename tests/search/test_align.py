import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.align import Block, align
from search.letters import letter_codes

LETTERS = "天地人家园林花草树木山水云雨风雪春夏秋冬红黄蓝绿东西南北前后左右高低远近新旧大小多少长短来去出入开关"


def made_up(seed: int, length: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(LETTERS) for _ in range(length))


def aligned(a: str, b: str) -> list[Block]:
    return align(letter_codes(a), letter_codes(b))


@given(st.text(st.sampled_from("天地人"), max_size=60), st.text(st.sampled_from("天地人"), max_size=60))
def test_blocks_hold_equal_letters_and_ascend_in_both(a: str, b: str) -> None:
    at_a = at_b = 0
    for block in aligned(a, b):
        assert block.size > 0
        assert a[block.a : block.a + block.size] == b[block.b : block.b + block.size]
        assert block.a >= at_a
        assert block.b >= at_b
        at_a, at_b = block.a + block.size, block.b + block.size


@given(st.integers(0, 1000), st.integers(0, 300), st.integers(0, 300))
def test_a_text_is_found_whole_in_a_longer_one(seed: int, before: int, after: int) -> None:
    text = made_up(seed, 100)
    longer = made_up(seed + 1, before) + text + made_up(seed + 2, after)
    assert sum(block.size for block in aligned(text, longer)) >= 99


def test_a_slip_parts_two_blocks() -> None:
    assert aligned("天地人家园林", "天地入家园林") == [Block(0, 0, 2), Block(3, 3, 3)]


def test_the_overlap_of_two_halves_is_found_though_all_else_differs() -> None:
    text = made_up(3, 600)
    assert aligned(text[:330], text[270:]) == [Block(270, 0, 60)]


def test_a_passage_that_moved_is_left_out() -> None:
    one, two, three = (made_up(seed, 80) for seed in (1, 2, 3))
    assert aligned(one + two + three, two + three + one) == [Block(80, 0, 160)]


@pytest.mark.parametrize("seed", range(5))
def test_chance_likenesses_of_different_texts_are_left_out(seed: int) -> None:
    assert sum(block.size for block in aligned(made_up(seed, 150), made_up(seed + 50, 150))) <= 12


def test_a_long_text_is_aligned_through_its_slips() -> None:
    text = made_up(5, 40_000)
    other = "".join("囗" if place % 50 == 0 else letter for place, letter in enumerate(text))
    assert sum(block.size for block in aligned(text, other)) == 40_000 - 800


def test_a_text_that_repeats_itself_has_no_anchors_and_ends_soon() -> None:
    assert aligned("天地" * 50_000, "天地人" * 50_000) == []
