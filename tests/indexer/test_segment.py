import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.page import Label
from tests.indexer.pages import MORE, NEWS, OTHER, blocks, drafts, made_up_text

BYLINE = "本报记者 王小满"
LETTERS = "路灯亮了记者王李摄图为月日本报讯街道社区，。！：；“”（）()【】《》—0123456789 　ab"
LINES = st.one_of(
    st.text(LETTERS, max_size=40),
    st.sampled_from(
        [
            "",
            NEWS,
            NEWS[:-1],
            MORE,
            BYLINE,
            "本报记者 李青山",
            "本报讯（记者 王小满）" + NEWS,
            "王小满摄",
            "图为路灯。",
            "王小满",
        ]
    ),
    st.sampled_from(["路灯亮了", "唱到天黑", "便民服务台", "第5版", "2023年7月21日", "编辑同志：", "①带好证件"]),
)


LONG = NEWS + MORE


def lost_or_shared(lines: list[str]) -> dict[int, int]:
    """The line numbers that no story or more than one has, with how many; furniture and column heads aside."""
    aside = (Label.FURNITURE, Label.COLUMN)
    outside = {n for block in blocks(*lines) if block.label in aside for n in range(block.first, block.last + 1)}
    held = Counter(n for draft in drafts(*lines) for first, last in draft.spans for n in range(first, last + 1))
    filled = {n for n, line in enumerate(lines, 1) if line.strip()} - outside
    return {n: held[n] for n in filled if held[n] != 1}


@settings(max_examples=150)
@given(st.lists(LINES, max_size=40))
@example([NEWS, "人人爱护路灯", "便民服务台", "停水通知", MORE])
@example([NEWS, "人人爱护路灯", "第5版", "唱到天黑", OTHER])
def test_every_line_lies_in_exactly_one_story_or_is_furniture(lines: list[str]) -> None:
    assert lost_or_shared(lines) == {}


@pytest.mark.parametrize("seed", range(2))
def test_three_thousand_lines_of_anything(seed: int) -> None:
    chance = random.Random(seed)
    lines = ["".join(chance.choices(LETTERS, k=chance.choice((0, 4, 9, 16, 40)))) for _ in range(3_000)]
    assert lost_or_shared(lines) == {}


@settings(max_examples=150)
@given(st.lists(LINES, max_size=40))
def test_spans_lie_within_the_page_and_ascend(lines: list[str]) -> None:
    found = drafts(*lines)
    for draft in found:
        edges = [edge for span in draft.spans for edge in span]
        assert edges == sorted(edges)
        assert edges[0] >= 1
        assert edges[-1] <= len(lines)
        assert all(above[1] < below[0] for above, below in pairwise(draft.spans))
        assert {block.first for block in draft.blocks} <= {
            n for first, last in draft.spans for n in range(first, last + 1)
        }
    assert [draft.spans[0] for draft in found] == sorted(draft.spans[0] for draft in found)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=40))
def test_the_same_page_is_cut_the_same_way_again(lines: list[str]) -> None:
    assert drafts(*lines) == drafts(*lines)


@settings(max_examples=100)
@given(st.lists(LINES, max_size=40), st.integers(1, 3))
def test_a_blank_line_at_the_end_moves_nothing(lines: list[str], blanks: int) -> None:
    filled = [NEWS, MORE, *lines, OTHER]
    assert cut(*filled) == cut(*filled, *[""] * blanks)


def cut(*lines: str) -> list[tuple[object, ...]]:
    return [(draft.spans, draft.headline, draft.paragraphs, draft.complete) for draft in drafts(*lines)]


@settings(max_examples=60)
@given(st.lists(LINES, max_size=30))
def test_the_body_has_the_characters_of_the_page_and_no_others(lines: list[str]) -> None:
    """What is printed in the drafts is on the page: no character more often than there."""
    printed = Counter("".join("".join(lines).split()))
    told = Counter()
    for draft in drafts(*lines):
        parts = (draft.headline, *draft.bylines, *draft.paragraphs, *draft.captions, *draft.credits)
        told.update("".join("".join(parts).split()))
    assert told <= printed


def test_a_page_of_nothing_has_no_stories() -> None:
    assert drafts() == drafts("", " ") == drafts("第5版") == []


def test_headline_byline_and_text_make_a_story() -> None:
    (draft,) = drafts("路灯亮了", BYLINE, NEWS, MORE)
    assert (draft.title, draft.bylines, draft.paragraphs) == ("路灯亮了", (BYLINE,), (NEWS, MORE))


def test_a_dateline_opens_a_story() -> None:
    found = drafts("路灯亮了", BYLINE, NEWS, "本报讯（记者 李青山）" + OTHER)
    assert [draft.body for draft in found] == [NEWS, OTHER]


def test_a_column_head_names_the_section_of_the_next_story_only() -> None:
    found = drafts("便民服务台", "路灯亮了", BYLINE, NEWS, "唱到天黑", "本报记者 李青山", OTHER)
    assert [draft.section for draft in found] == ["便民服务台", None]


def test_a_sentence_cut_by_a_line_is_joined() -> None:
    (draft,) = drafts("路灯亮了", BYLINE, NEWS[:14], NEWS[14:])
    assert (draft.paragraphs, draft.complete) == ((NEWS,), True)


def test_a_text_that_breaks_off_is_incomplete() -> None:
    (draft,) = drafts("路灯亮了", BYLINE, NEWS, LONG[:-4])
    assert not draft.complete


def test_a_byline_that_is_printed_again_counts_once() -> None:
    (draft,) = drafts("路灯亮了", BYLINE, NEWS, BYLINE, MORE)
    assert draft.bylines == (BYLINE,)


def test_the_other_half_of_a_torn_title_comes_back() -> None:
    (draft,) = drafts("巷子里路灯", BYLINE, LONG[:-9], "一夜全亮了", LONG[-9:])
    assert draft.title == "巷子里路灯 一夜全亮了"


def test_a_torn_title_is_found_above_other_stories_by_its_byline() -> None:
    found = drafts(
        "巷子里路灯", BYLINE, LONG[:-3], "唱到天黑不肯散", "本报记者 李青山", OTHER, "一夜全亮了", BYLINE, LONG[-3:]
    )
    assert [draft.title for draft in found] == ["巷子里路灯 一夜全亮了", "唱到天黑不肯散"]


def test_a_second_closing_byline_splits_at_the_short_line_above_which_becomes_the_title() -> None:
    found = drafts("路灯亮了", BYLINE, NEWS, "唱到天黑", OTHER, "本报记者 李青山")
    assert [(draft.title, draft.bylines) for draft in found] == [
        ("路灯亮了", (BYLINE,)),
        ("唱到天黑", ("本报记者 李青山",)),
    ]


def test_text_below_the_signature_of_a_notice_is_another_story() -> None:
    found = drafts("停电通知", NEWS, "平城供电公司", "2023年7月21日", OTHER)
    assert [draft.spans for draft in found] == [((1, 4),), ((5, 5),)]


def test_captions_and_credits_are_taken_out_of_the_text() -> None:
    (draft,) = drafts("路灯亮了", BYLINE, NEWS, "图为新装的路灯。", "王小满摄")
    assert (draft.body, draft.captions, draft.credits) == (NEWS, ("图为新装的路灯。",), ("王小满摄",))


def test_the_byline_at_the_end_of_a_paragraph_is_taken_out() -> None:
    (draft,) = drafts("路灯亮了", NEWS + "（记者 王小满）")
    assert (draft.body, draft.bylines) == (NEWS, ("（记者 王小满）",))


def test_furniture_inside_a_story_does_not_part_its_span() -> None:
    assert [draft.spans for draft in drafts("路灯亮了", BYLINE, NEWS, "第5版", MORE)] == [((1, 5),)]


def test_another_story_inside_parts_the_span() -> None:
    text = made_up_text(1, 60)
    found = drafts(
        "巷子里路灯", BYLINE, text[:-9], "唱到天黑不肯散", "本报记者 李青山", OTHER, "一夜全亮了", BYLINE, text[-9:]
    )
    assert [draft.spans for draft in found] == [((1, 3), (7, 9)), ((4, 6),)]


def test_several_paragraphs_with_slogans_for_first_sentences_stay_apart() -> None:
    slogans = ["小巷灯亮，街坊心暖。灯下有人下棋，有人", "小院干净，邻里心宽。树下有人唱歌，有人"]
    (draft,) = drafts("路灯亮了", BYLINE, *slogans)
    assert len(draft.paragraphs) == 2


def test_a_byline_below_the_text_is_that_of_the_story_above_when_another_headline_follows() -> None:
    found = drafts("路灯亮了", NEWS, BYLINE, "唱到天黑", "本报记者 李青山", OTHER)
    assert [draft.bylines for draft in found] == [(BYLINE,), ("本报记者 李青山",)]


def test_a_long_run_of_blanks_in_a_line_is_no_trap() -> None:
    (draft,) = drafts("路灯亮了", f"{NEWS}{' ' * 50_000}{MORE}")
    assert draft.paragraphs == (f"{NEWS}{' ' * 50_000}{MORE}",)
