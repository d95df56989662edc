import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.exchange import Strand, exchange
from indexer.page import Label
from indexer.strands import Weights
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW, numbered

HEADLINE, PARAGRAPH = Label.HEADLINE, Label.PARAGRAPH
PAGE = numbered(
    (HEADLINE, "巷子里路灯全亮了"),
    (PARAGRAPH, LAMPS[0]),
    (HEADLINE, "合唱团唱到天黑"),
    (PARAGRAPH, CHOIR[0]),
    (PARAGRAPH, LAMPS[1]),
    (PARAGRAPH, LAMPS[2]),
    (PARAGRAPH, CHOIR[1]),
    (PARAGRAPH, CHOIR[2]),
    (HEADLINE, "新麦面包香满街"),
    *((PARAGRAPH, text) for text in BREAD),
    (HEADLINE, "扫雪队清早出门"),
    *((PARAGRAPH, text) for text in SNOW),
    (HEADLINE, "图书车开到校门口"),
    *((PARAGRAPH, text) for text in BOOKS),
)
LAMP, SINGING, OTHERS = (0, 1, 4, 5), (2, 3, 6, 7), [(8, 9, 10, 11), (12, 13, 14, 15), (16, 17, 18, 19)]


def mended(*strands: Strand) -> list[Strand]:
    return exchange([*strands, *OTHERS], PAGE, Weights(PAGE))


def test_the_right_strands_stay() -> None:
    assert mended(LAMP, SINGING) == sorted([LAMP, SINGING, *OTHERS])


def test_rests_that_are_changed_over_change_back() -> None:
    assert mended((0, 1, 6, 7), (2, 3, 4, 5)) == sorted([LAMP, SINGING, *OTHERS])


def test_a_single_paragraph_without_a_story_joins_the_sentence_that_it_ends() -> None:
    assert mended((0, 1, 5), SINGING, (4,)) == sorted([LAMP, SINGING, *OTHERS])


def test_three_rests_that_have_changed_places_change_back() -> None:
    third = "面包房的师傅天不亮就开始揉面，烤炉一开，整条街都闻得到麦香，早起的学生排着队等头一炉面"
    page = numbered(
        (HEADLINE, "巷子里路灯全亮了"),
        (PARAGRAPH, LAMPS[0]),
        (HEADLINE, "合唱团唱到天黑"),
        (PARAGRAPH, CHOIR[0]),
        (HEADLINE, "新麦面包香满街"),
        (PARAGRAPH, third),
        (PARAGRAPH, CHOIR[1]),
        (PARAGRAPH, "包出炉。" + BREAD[1]),
        (PARAGRAPH, LAMPS[1]),
    )
    assert exchange([(0, 1, 6), (2, 3, 7), (4, 5, 8)], page, Weights(page)) == [(0, 1, 8), (2, 3, 6), (4, 5, 7)]


@pytest.mark.parametrize(
    ("upper", "lower", "byline", "strands"),
    [
        ("路灯全亮了", "街坊睡稳了", None, 2),
        ("路灯全亮了", "街坊睡稳了", "本报记者 李青山", 3),
        ("路灯全亮了", "一条巷子的街坊睡得更稳", None, 3),
        ("路灯 全亮了", "街坊 睡稳了", None, 3),
    ],
)
def test_the_halves_of_a_torn_title_come_together(upper: str, lower: str, byline: str | None, strands: int) -> None:
    second: list[tuple[Label, str]] = [(HEADLINE, lower)]
    if byline:
        second.append((Label.BYLINE, byline))
    second += [(PARAGRAPH, LAMPS[1]), (PARAGRAPH, LAMPS[2])]
    first = [(HEADLINE, upper), (Label.BYLINE, "本报记者 王小满"), (PARAGRAPH, LAMPS[0] + LAMPS[1])]
    parts = [*first, (HEADLINE, "扫雪队清早出门"), *((PARAGRAPH, text) for text in SNOW), *second]
    page, (one, two) = numbered(*parts), (len(first), len(parts) - len(second))
    apart = [tuple(range(one)), tuple(range(one, two)), tuple(range(two, len(parts)))]
    assert len(exchange(apart, page, Weights(page))) == strands


@given(st.lists(st.integers(0, 3), min_size=20, max_size=20))
def test_nothing_is_lost_and_the_page_gets_no_less_likely(owners: list[int]) -> None:
    weights = Weights(PAGE)
    before = [own for n in range(4) if (own := tuple(i for i, owner in enumerate(owners) if owner == n))]
    after = exchange(before, PAGE, weights)
    assert sorted(number for strand in after for number in strand) == [*range(len(PAGE))]
    assert all(strand and list(strand) == sorted(strand) for strand in after)
    assert sum(map(weights.strand, after)) >= sum(map(weights.strand, before)) - 1e-9


def test_no_strands_are_none() -> None:
    assert exchange([], [], Weights([])) == []
