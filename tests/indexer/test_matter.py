import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matter import Matter
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW

PAGE = [*LAMPS, *CHOIR, *BREAD, *SNOW, *BOOKS]
pages = st.lists(st.text("灯泡街坊合唱排练麦香面包雪扫a1，。", max_size=20), max_size=8)


def test_every_piece_belongs_to_its_own_matter() -> None:
    matter = Matter(PAGE)
    for piece in range(len(PAGE)):
        stories = [[i for i in range(3 * n, 3 * n + 3) if i != piece] for n in range(5)]
        best = max(range(5), key=lambda n: matter.odds(piece, stories[n]))
        assert best == piece // 3


@given(pages)
def test_what_two_pieces_share_is_the_same_from_both_sides(texts: list[str]) -> None:
    matter = Matter([*texts, *PAGE])
    for left in range(len(texts)):
        for right in range(left):
            share, weights = matter._shared, matter._weights
            assert share[left][right] == pytest.approx(share[right][left])
            assert share[left][right] <= min(weights[left], weights[right]) + 1e-9


def test_the_unity_of_a_story_is_the_sum_of_what_each_piece_has_with_the_rest() -> None:
    matter = Matter(PAGE)
    story = [0, 1, 2, 7]
    odds = [matter.odds(piece, [other for other in story if other != piece]) for piece in story[1:]]
    assert matter.unity(story[1:], story) == pytest.approx(sum(odds))


@given(pages)
def test_odds_are_bounded_numbers(texts: list[str]) -> None:
    matter = Matter(texts)
    for piece in range(len(texts)):
        odds = matter.odds(piece, [other for other in range(len(texts)) if other != piece])
        assert math.isfinite(odds)
        assert -10 < odds < 10


@given(st.lists(st.sampled_from([*PAGE, ""]), min_size=3, max_size=10), st.randoms())
def test_the_order_of_the_pieces_counts_for_nothing(texts: list[str], chance: object) -> None:
    order = list(range(len(texts)))
    chance.shuffle(order)
    plain, mixed = Matter(texts), Matter([texts[i] for i in order])
    for place, piece in enumerate(order):
        others = [other for other in range(len(texts)) if other != piece]
        found = mixed.odds(place, [order.index(other) for other in others])
        assert found == pytest.approx(plain.odds(piece, others))


def test_what_is_rare_on_the_page_tells_more_than_what_is_common() -> None:
    common, rare = "社区居民", "竹编灯笼"
    texts = [f"{common}{CHOIR[0]}", f"{common}{BREAD[0]}", f"{rare}{SNOW[0]}", f"{rare}{BOOKS[0]}"]
    texts += [f"{common}{text}" for text in (LAMPS[0], LAMPS[1])]
    filler = [LAMPS[2], CHOIR[2], BREAD[2], SNOW[2], BOOKS[2], BREAD[1], SNOW[1], BOOKS[1]]
    matter = Matter([*texts, *filler])
    assert matter.odds(2, [3]) > matter.odds(0, [1])


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["，。！"], ["abc 123", "abc 123"], ["灯"], ["灯"] * 50])
def test_pieces_without_chinese_text_or_all_alike_tell_nothing_wrong(texts: list[str]) -> None:
    matter = Matter(texts)
    assert all(math.isfinite(matter.odds(piece, [*range(len(texts))])) for piece in range(len(texts)))


def test_without_others_nothing_tells() -> None:
    assert Matter(PAGE).odds(0, []) == 0


def test_a_short_piece_tells_less_than_a_long_one_of_the_same_words() -> None:
    matter = Matter(["电工老周换灯泡", *PAGE])
    assert 0 < matter.odds(0, [1, 2, 3]) < matter.odds(1, [2, 3])
