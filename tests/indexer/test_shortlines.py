import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Block, Label
from indexer.shortlines import decide
from tests.indexer.pages import LAMPS, MORE, NEWS, OTHER, numbered

HEADLINE, BYLINE, LEAD, PARAGRAPH = Label.HEADLINE, Label.BYLINE, Label.LEAD, Label.PARAGRAPH
SUBHEAD, ITEM, FURNITURE, CAPTION = Label.SUBHEAD, Label.ITEM, Label.FURNITURE, Label.CAPTION
WRITER = (BYLINE, "本报记者 王小满")


def decided(*parts: tuple[Label, str]) -> list[Label]:
    return [block.label for block in decide(numbered(*parts))]


def short(text: str) -> tuple[Label, str]:
    return HEADLINE, text


def text(words: str) -> tuple[Label, str]:
    return PARAGRAPH, words


@pytest.mark.parametrize(
    "below", [WRITER, (LEAD, "本报讯 " + MORE), (CAPTION, "图为新灯。"), (Label.CREDIT, "王小满摄")]
)
def test_above_what_begins_a_story_it_is_a_headline(below: tuple[Label, str]) -> None:
    assert decided(text(NEWS), short("路灯亮了"), below, text(MORE))[1] is HEADLINE


def test_alone_between_finished_paragraphs_it_is_a_subhead() -> None:
    assert decided(short("路灯亮了"), WRITER, text(NEWS), short("老线换新线"), text(MORE))[3] is SUBHEAD


def test_where_it_interrupts_a_sentence_it_is_a_headline() -> None:
    assert decided(text(NEWS[:-5]), short("合唱队唱到天黑"), text(OTHER))[1] is HEADLINE


def test_several_in_a_row_are_headlines() -> None:
    assert decided(text(NEWS), short("老城街道"), short("合唱队唱到天黑"), text(OTHER))[1:3] == [HEADLINE] * 2


def test_half_a_sentence_is_text() -> None:
    assert decided(text(NEWS), short("新装的路灯照着院子，也照着"), text(MORE))[1] is PARAGRAPH


def test_a_word_that_goes_on_from_the_line_above_makes_it_text() -> None:
    assert decided(WRITER, text(LAMPS[0]), short("汤消暑解渴"), text(MORE))[2] is PARAGRAPH


def test_above_a_dateline_even_a_line_that_reads_cut_is_a_headline() -> None:
    assert decided(text(NEWS), short("院子亮了，下班回家的人再也不摸黑"), (LEAD, "本报讯 " + MORE))[1] is HEADLINE


def test_below_a_story_that_is_signed_at_its_end_it_is_a_headline() -> None:
    assert decided(text(NEWS + "（记者 王小满）"), short("合唱队唱到天黑"), text(OTHER))[1] is HEADLINE


def test_the_name_of_a_notice_is_a_headline() -> None:
    assert decided(text(NEWS), short("停水通知"), text(OTHER))[1] is HEADLINE


def test_five_or_more_are_verse_below_their_title() -> None:
    lines = ["夜灯", "灯在高处", "人在低处", "风在远处", "家在近处"]
    assert decided(*map(short, lines)) == [HEADLINE, *[ITEM] * 4]


def test_above_a_list_it_is_a_headline() -> None:
    assert decided(text(NEWS), short("办证点"), (ITEM, "① 东巷"), (ITEM, "② 西巷"))[1] is HEADLINE


@pytest.mark.parametrize("below", [(), ((Label.COLUMN, "便民服务台"), text(MORE)), ((FURNITURE, "第5版"), WRITER)])
def test_with_no_text_below_it_is_furniture(below: tuple[tuple[Label, str], ...]) -> None:
    assert decided(text(NEWS), short("人人爱护路灯"), *below)[1] is FURNITURE


@given(
    st.lists(st.tuples(st.sampled_from(list(Label)), st.sampled_from([NEWS, NEWS[:-4], "路灯亮了", "灯下，", "——灯"])))
)
def test_no_block_is_lost_and_none_but_short_lines_change(parts: list[tuple[Label, str]]) -> None:
    before = numbered(*parts)
    after = decide(before)
    assert [(block.first, block.text) for block in after] == [(block.first, block.text) for block in before]
    assert all(new == old for old, new in zip(before, after, strict=True) if old.label is not HEADLINE)


def test_every_decision_has_its_reason() -> None:
    found = decide(numbered(short("路灯亮了"), WRITER, text(NEWS), short("老线换新线"), text(MORE), short("孤行")))
    assert all(block.why for block in found if block.text in ("路灯亮了", "老线换新线", "孤行"))


def test_nothing_gives_nothing() -> None:
    empty: list[Block] = []
    assert decide(empty) == []


def test_above_the_text_of_a_picture_it_is_a_headline() -> None:
    picture = (text(MORE), (Label.CREDIT, "王小满摄"))
    assert decided(text(NEWS), short("灯下合影"), *picture)[1] is HEADLINE
    assert decided(text(NEWS), short("灯下合影"), text(MORE), text(OTHER))[1] is SUBHEAD
