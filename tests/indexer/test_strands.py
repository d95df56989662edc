import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Block, Label
from indexer.strands import Weights
from indexer.witness import Extraction
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW, numbered

HEADLINE, BYLINE, PARAGRAPH, CREDIT = Label.HEADLINE, Label.BYLINE, Label.PARAGRAPH, Label.CREDIT
PAGE = numbered(
    (HEADLINE, "巷子里路灯全亮了"),
    *((PARAGRAPH, text) for text in LAMPS),
    (HEADLINE, "合唱团唱到天黑"),
    *((PARAGRAPH, text) for text in (*CHOIR, *BREAD, *SNOW, *BOOKS)),
)
LAMP, SINGING = (0, 1, 2, 3), (4, 5, 6, 7)


def weights(*parts: tuple[Label, str]) -> Weights:
    return Weights(numbered(*parts))


def test_the_rest_of_a_sentence_is_likelier_below_it_than_other_text() -> None:
    found = Weights(PAGE)
    assert found.joint(1, 2) > found.joint(1, 7)
    assert found.joint(5, 6) > found.joint(5, 3)


def test_a_paragraph_is_about_the_matter_of_its_own_story() -> None:
    found = Weights(PAGE)
    assert found.about(3, [0, 1, 2]) > 0 > found.about(3, [5, 6, 7])


def test_a_whole_story_is_likelier_than_one_that_has_lost_or_changed_its_end() -> None:
    found = Weights(PAGE)
    assert found.strand(LAMP) > found.strand(LAMP[:2])
    assert found.strand(LAMP) > found.strand((0, 1, 6, 7))


def test_stories_apart_are_likelier_than_mixed() -> None:
    found = Weights(PAGE)
    apart = found.strand(LAMP) + found.strand(SINGING)
    assert apart > found.strand((0, 1, 6, 3)) + found.strand((4, 5, 2, 7))


def test_text_without_a_head_and_a_head_without_text_are_unlikely() -> None:
    found = Weights(PAGE)
    assert found.strand(LAMP) > found.strand(LAMP[1:])
    assert found.strand((0,)) < 0
    assert found.strand(()) == 0


@pytest.mark.parametrize(
    ("label", "text", "is_open"),
    [
        (PARAGRAPH, LAMPS[0], True),
        (Label.LEAD, LAMPS[0], True),
        (PARAGRAPH, LAMPS[1], False),
        (HEADLINE, "路灯亮了", False),
        (Label.ITEM, "① 带好证件", False),
    ],
)
def test_only_prose_is_open_at_its_end(label: Label, text: str, is_open: bool) -> None:
    assert weights((label, text)).open_end(0) is is_open


def test_names_in_the_same_line_close_the_text_before_them() -> None:
    blocks = [Block(1, 1, LAMPS[0], PARAGRAPH, ""), Block(1, 1, "（记者 王小满）", Label.SIGNOFF, "")]
    assert not Weights(blocks).open_end(0)


class TestColumns:
    @staticmethod
    def of(left: float, right: float) -> float:
        blocks = [*numbered((PARAGRAPH, LAMPS[0]), measure=left), *numbered((PARAGRAPH, LAMPS[1]), measure=right)]
        return Weights(blocks).same_column(0, 1)

    def test_of_another_width_speak_against(self) -> None:
        assert self.of(13, 20) < 0

    @pytest.mark.parametrize("right", [13, 14, 0])
    def test_of_one_width_or_of_none_say_nothing(self, right: float) -> None:
        assert self.of(13, right) == 0

    def test_of_another_width_can_keep_text_out(self) -> None:
        parts = [(block.label, block.text) for block in PAGE]
        narrow = [*numbered(*parts[:2], measure=13), *PAGE[2:]]
        wide = [*narrow[:2], Block(3, 3, LAMPS[1], PARAGRAPH, "", 22), *PAGE[3:]]
        assert Weights(wide).strand(LAMP) < Weights(narrow).strand(LAMP)


@pytest.mark.parametrize("end", [(Label.SIGNATURE, "老城供电公司"), (Label.SIGNOFF, "（通讯员 王小满）")])
def test_a_text_below_a_signature_stands_by_itself(end: tuple[Label, str]) -> None:
    signed = weights((PARAGRAPH, LAMPS[1]), end, (PARAGRAPH, LAMPS[2]))
    plain = weights((PARAGRAPH, LAMPS[1]), (Label.SUBHEAD, "再亮三年"), (PARAGRAPH, LAMPS[2]))
    assert signed.set_off((0, 1, 2), 0, 2) < plain.set_off((0, 1, 2), 0, 2)


def test_the_papers_own_remark_belongs_below_the_signature() -> None:
    found = weights((PARAGRAPH, LAMPS[1]), (Label.SIGNATURE, "读者 王小满"), (PARAGRAPH, "编后：灯亮了，心也亮了。"))
    assert found.set_off((0, 1, 2), 0, 2) >= 0


def test_the_text_of_a_picture_stands_by_itself() -> None:
    pictured = weights((PARAGRAPH, LAMPS[1]), (PARAGRAPH, BREAD[0]), (CREDIT, "王小满摄"))
    assert pictured.set_off((0, 1), 0, 1) < weights((PARAGRAPH, LAMPS[1]), (PARAGRAPH, BREAD[0])).set_off((0, 1), 0, 1)


def test_text_below_a_colon_is_announced() -> None:
    found = weights((PARAGRAPH, "编辑同志："), (PARAGRAPH, LAMPS[2]))
    assert found.set_off((0, 1), 0, 1) > 0


@given(st.sets(st.integers(0, len(PAGE) - 1)).map(lambda own: tuple(sorted(own))))
def test_a_strand_weighs_the_same_however_often_it_is_asked(own: tuple[int, ...]) -> None:
    one = Weights(PAGE)
    assert one.strand(own) == one.strand(own) == Weights(PAGE).strand(own)


def test_a_picture_under_a_headline_is_a_story_without_text() -> None:
    picture = [(HEADLINE, "雪后的屋顶"), (Label.CAPTION, "图为雪后的屋顶。"), (CREDIT, "赵春生 摄")]
    assert weights(*picture).strand((0, 1, 2)) > weights(picture[0]).strand((0,))


def test_who_is_named_above_binds_a_paragraph() -> None:
    named = [
        (PARAGRAPH, text) for text in ("花是退休教师窦桂兰种的。", "花开了，窦桂兰坐在树下。", "花开了，老人坐在树下。")
    ]
    found = weights(*named)
    assert found.about(1, [0]) > found.about(2, [0]) + 3


def test_what_somebody_else_has_signed_does_not_go_below_a_signed_story() -> None:
    def below(writer: str) -> float:
        opened = [(HEADLINE, "路灯亮了"), (Label.DATELINE, "本报讯（记者 王小满）"), (Label.LEAD, LAMPS[1])]
        found = weights(*opened, (PARAGRAPH, LAMPS[2]), (Label.SIGNOFF, f"（{writer}）"))
        return found.below((0, 1, 2, 3), 2, 3)

    assert below("李青山") < below("王小满") - 5


def test_another_extraction_tells_whose_end_a_paragraph_is() -> None:
    heads = ((HEADLINE, "巷子里路灯全亮了"), (PARAGRAPH, LAMPS[1]), (HEADLINE, "合唱团唱到天黑"), (PARAGRAPH, CHOIR[1]))
    blocks = numbered(*heads, (PARAGRAPH, LAMPS[2]))
    alone, told = Weights(blocks), Weights(blocks, others=[Extraction("".join(LAMPS) + "\n" + "".join(CHOIR))])
    assert alone.witnessed(1, 1, 4) == alone.witnessed(3, 3, 4) == 0
    assert told.witnessed(1, 1, 4) > 0 > told.witnessed(3, 3, 4)
    assert told.strand((0, 1, 4)) > alone.strand((0, 1, 4))
    assert told.strand((2, 3, 4)) < alone.strand((2, 3, 4))
    assert told.doubted(4)
    assert not alone.doubted(4)
