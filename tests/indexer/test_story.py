from indexer.page import Block, Label
from indexer.story import Story
from tests.indexer.pages import LAMPS, NEWS, numbered

HEADLINE, BYLINE, PARAGRAPH, CREDIT = Label.HEADLINE, Label.BYLINE, Label.PARAGRAPH, Label.CREDIT


def story(*parts: tuple[Label, str]) -> Story:
    return Story(numbered(*parts))


def test_its_blocks_are_sorted_into_its_parts() -> None:
    found = story((HEADLINE, "路灯亮了"), (BYLINE, "本报记者 王小满"), (PARAGRAPH, NEWS), (CREDIT, "王小满摄"))
    assert [[b.text for b in part] for part in (found.heads, found.pieces, found.credits)] == [
        ["路灯亮了"],
        [NEWS],
        ["王小满摄"],
    ]
    assert found.is_signed("本报记者王小满")
    assert not found.is_signed("本报记者 李青山")
    assert found.text == f"路灯亮了\n{NEWS}"


def test_an_unfinished_paragraph_is_its_tail() -> None:
    assert story((PARAGRAPH, LAMPS[0])).tail == LAMPS[0]


def test_a_finished_paragraph_a_list_and_nothing_have_no_tail() -> None:
    assert story((PARAGRAPH, NEWS)).tail is None
    assert story((PARAGRAPH, NEWS), (Label.ITEM, "① 带好证件")).tail is None
    assert story((HEADLINE, "路灯亮了")).tail is None


def test_a_signature_below_an_unfinished_text_leaves_it_open() -> None:
    assert story((PARAGRAPH, LAMPS[0]), (Label.SIGNATURE, "老城供电公司")).tail == LAMPS[0]


def test_names_in_the_line_of_the_last_paragraph_close_it() -> None:
    blocks = [Block(1, 1, LAMPS[0], PARAGRAPH, ""), Block(1, 1, "（王小满）", Label.SIGNOFF, "")]
    assert Story(blocks).tail is None


def test_it_can_be_split_at_a_line() -> None:
    above, below = Story(numbered((HEADLINE, "路灯亮了"), (PARAGRAPH, NEWS), (PARAGRAPH, LAMPS[1])), "人物").split(3)
    assert [b.first for b in above.blocks] == [1, 2]
    assert [b.first for b in below.blocks] == [3]
    assert (above.section, below.section) == ("人物", None)
