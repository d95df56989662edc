import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Label
from indexer.sections import rejoin_sections
from indexer.strands import Weights
from tests.indexer.pages import BREAD, CHOIR, LAMPS, SNOW, numbered

HEADLINE, BYLINE, PARAGRAPH, SUBHEAD = Label.HEADLINE, Label.BYLINE, Label.PARAGRAPH, Label.SUBHEAD
Part = tuple[Label, str]
WRITER = (BYLINE, "本报记者 王小满")
FEATURE = [
    (HEADLINE, "巷子里路灯全亮了"),
    WRITER,
    (PARAGRAPH, LAMPS[0] + LAMPS[1]),
    (SUBHEAD, "灯下有人等"),
    (PARAGRAPH, LAMPS[1]),
]
OTHER = [
    (HEADLINE, "合唱团唱到天黑"),
    (BYLINE, "本报记者 李青山"),
    *((PARAGRAPH, text) for text in (CHOIR[2], *BREAD, *SNOW)),
]


def rejoined(*stories: list[Part]) -> int:
    """How many strands are left of stories."""
    blocks = numbered(*(part for story in stories for part in story))
    ends = [sum(map(len, stories[: n + 1])) for n in range(len(stories))]
    strands = [tuple(range(*edges)) for edges in zip([0, *ends], ends, strict=False)]
    return len(rejoin_sections(strands, blocks, Weights(blocks), ()))


def test_a_section_with_a_like_head_about_the_same_goes_back_to_its_feature() -> None:
    assert rejoined(FEATURE, OTHER, [(HEADLINE, "三年不会坏"), (PARAGRAPH, LAMPS[2])]) == 2


@pytest.mark.parametrize(
    "story",
    [
        pytest.param([(HEADLINE, "三年不会坏"), (BYLINE, "本报记者 赵春生"), (PARAGRAPH, LAMPS[2])], id="signed"),
        pytest.param([(HEADLINE, "停水的通知"), (PARAGRAPH, LAMPS[2])], id="notice"),
        pytest.param([(HEADLINE, "读者来信"), (PARAGRAPH, "编辑同志："), (PARAGRAPH, LAMPS[2])], id="letter"),
        pytest.param([(PARAGRAPH, LAMPS[2])], id="without a head"),
        pytest.param([(HEADLINE, "三年不会坏")], id="without text"),
        pytest.param([(HEADLINE, "三年不会坏"), (PARAGRAPH, LAMPS[2]), (Label.CREDIT, "赵春生 摄")], id="picture"),
    ],
)
def test_what_is_a_story_of_its_own_stays_one(story: list[Part]) -> None:
    assert rejoined(FEATURE, OTHER, story) == 3


def test_without_a_feature_above_it_a_section_stays_where_it_is() -> None:
    assert rejoined([(HEADLINE, "三年不会坏"), (PARAGRAPH, LAMPS[2])], FEATURE, OTHER) == 3


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Label)), st.sampled_from([*LAMPS, "灯下有人等", "三年不会坏"])), max_size=16
    )
)
def test_no_block_is_lost_none_twice(parts: list[Part]) -> None:
    blocks = numbered(*parts)
    strands = [tuple(range(n, min(n + 4, len(blocks)))) for n in range(0, len(blocks), 4)]
    found = rejoin_sections(strands, blocks, Weights(blocks), ())
    assert sorted(number for strand in found for number in strand) == [*range(len(blocks))]
    assert all(strand and list(strand) == sorted(strand) for strand in found)


def test_a_head_with_the_text_and_the_credit_of_a_picture_is_a_story() -> None:
    picture = [(HEADLINE, "三年不会坏"), (PARAGRAPH, LAMPS[2]), (Label.CREDIT, "王小满摄")]
    assert rejoined(FEATURE, OTHER, picture) == 3
