from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.page import Label, Page
from search.errors import BaokuError
from tests.indexer.pages import MORE, NEWS, OTHER, RULES, blocks, labels

HEADLINE, BYLINE, LEAD, PARAGRAPH = Label.HEADLINE, Label.BYLINE, Label.LEAD, Label.PARAGRAPH
SUBHEAD, ITEM, SIGNATURE, CAPTION = Label.SUBHEAD, Label.ITEM, Label.SIGNATURE, Label.CAPTION
CREDIT, COLUMN, FURNITURE = Label.CREDIT, Label.COLUMN, Label.FURNITURE


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("第5版", FURNITURE),
        ("2023年7月21日 星期五 责编：某某", FURNITURE),
        ("【简讯】", FURNITURE),
        ("走近平城", FURNITURE),
        ("便民服务台", COLUMN),
        ("本报记者 王小满", BYLINE),
        ("王小满摄", CREDIT),
        ("图为新装的路灯。", CAPTION),
        ("东巷居民 王小满", SIGNATURE),
        ("编辑同志：", PARAGRAPH),
        ("① 请带好证件", ITEM),
        (NEWS, PARAGRAPH),
        ("路灯亮了", HEADLINE),
    ],
)
def test_marks_on_the_line_itself_decide(line: str, label: Label) -> None:
    assert labels(line) == [label]


def test_a_dateline_and_its_lead_are_two_blocks_of_one_line() -> None:
    found = blocks("本报讯（记者 王小满）" + NEWS)
    assert [(block.first, block.label, block.text) for block in found] == [
        (1, Label.DATELINE, "本报讯（记者 王小满）"),
        (1, LEAD, NEWS),
    ]


def test_a_name_at_the_end_of_a_paragraph_is_a_sign_off() -> None:
    found = blocks("路灯亮了", NEWS + "（记者 王小满）")
    assert [(block.label, block.text) for block in found[1:]] == [(PARAGRAPH, NEWS), (Label.SIGNOFF, "（记者 王小满）")]


def test_a_credit_at_the_end_of_a_caption_is_a_block_of_its_own() -> None:
    assert labels(NEWS, "图为新装的路灯。 王小满 摄") == [PARAGRAPH, CAPTION, CREDIT]


def test_a_day_below_text_signs_it() -> None:
    assert labels(NEWS, "2023年7月21日") == [PARAGRAPH, SIGNATURE]


def test_a_day_at_the_head_of_the_page_is_its_masthead() -> None:
    assert labels("2023年7月21日", "路灯亮了", NEWS)[0] is FURNITURE


@given(st.lists(st.sampled_from(["", NEWS, NEWS[:-4], "路灯亮了", "本报记者 王小满", "第5版", "①带证件", "王小满摄"])))
def test_the_blocks_of_a_page_have_every_line_with_text_in_order(lines: list[str]) -> None:
    found = blocks(*lines)
    covered = {number for block in found for number in range(block.first, block.last + 1)}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= covered
    assert all(above.last < below.first or above.first == below.first for above, below in pairwise(found))
    assert all(block.text and block.why for block in found)


def test_every_block_gives_its_reason() -> None:
    assert all(block.why for block in blocks("路灯亮了", "本报记者 王小满", NEWS, "老线换新", MORE, "王小满摄"))


def test_a_short_line_above_a_byline_is_a_headline() -> None:
    assert labels(NEWS, "路灯亮了", "本报记者 王小满", MORE) == [PARAGRAPH, HEADLINE, BYLINE, PARAGRAPH]


def test_a_short_line_between_paragraphs_is_a_subhead() -> None:
    assert labels("路灯亮了", NEWS, "老线换新线", MORE) == [HEADLINE, PARAGRAPH, SUBHEAD, PARAGRAPH]


def test_a_short_line_with_no_text_below_is_furniture() -> None:
    assert labels(NEWS, "人人爱护路灯")[-1] is FURNITURE


def test_a_short_line_above_a_column_head_heads_nothing() -> None:
    assert labels(NEWS, "人人爱护路灯", "便民服务台", "停水通知", MORE)[1] is FURNITURE


def test_the_other_half_of_a_cut_sentence_is_text() -> None:
    assert labels(NEWS, "新装的路灯照着院子，也照着", MORE)[1] is PARAGRAPH


def test_many_short_lines_are_verse_below_their_title() -> None:
    assert labels("夜灯", "灯在高处", "人在低处", "风在远处", "家在近处", "梦在深处") == [HEADLINE, *[ITEM] * 5]


def test_a_notice_is_signed_by_the_office_above_its_date() -> None:
    assert labels("停电通知", NEWS, "平城供电公司", "2023年7月21日")[2:] == [SIGNATURE, SIGNATURE]


@pytest.mark.parametrize(
    "line", ["街巷 05 2024年4月12日", "05 2024年4月12日", "2024年4月12日 街巷 05", "2024年4月12日 5"]
)
def test_the_folio_in_the_middle_of_a_page_is_furniture(line: str) -> None:
    assert labels("路灯亮了", NEWS, line, "小院新声", NEWS)[2] is FURNITURE


def test_a_sentence_above_a_credit_is_the_caption() -> None:
    assert labels("新灯照亮小院。", "王小满摄") == [CAPTION, CREDIT]


@pytest.mark.parametrize("line", ["大同晨讯", "05", "走近平城 05", "5 走近平城"])
def test_the_masthead_of_the_page_is_furniture(line: str) -> None:
    page = Page("a.txt", [line, "路灯亮了", NEWS], number="5", name="走近平城", newspaper="大同晨讯")
    assert lay_out(page, RULES)[0].label is FURNITURE


class TestSplitBylines:
    def test_the_name_below_a_role_belongs_to_it(self) -> None:
        found = blocks("路灯亮了", "本报记者", "王小满", NEWS)
        assert [(block.label, block.text) for block in found[1:2]] == [(BYLINE, "本报记者 王小满")]

    def test_a_second_name_between_byline_and_text_belongs_to_it(self) -> None:
        found = blocks("路灯亮了", "本报记者 王小满", "李青山", NEWS)
        assert [(block.label, block.text) for block in found[1:2]] == [(BYLINE, "本报记者 王小满 李青山")]

    def test_a_bracket_of_names_cut_by_a_line_break_is_one_byline(self) -> None:
        page = Page("p.txt", ["东巷换了路灯", "", "本报讯 (记者 王小满", "", "通讯员 李青)", "", "东巷昨天换了路灯。"])
        found = lay_out(page, RULES)
        assert [(block.first, block.last, block.label) for block in found] == [
            (1, 1, Label.HEADLINE),
            (3, 5, Label.BYLINE),
            (7, 7, Label.PARAGRAPH),
        ]

    def test_a_bare_name_under_a_headline_is_a_byline(self) -> None:
        assert labels("路灯亮了", "王小满", NEWS) == [HEADLINE, BYLINE, PARAGRAPH]

    def test_a_headline_in_the_form_of_a_name_keeps_its_own_byline(self) -> None:
        assert labels(NEWS, "本报记者 王小满", "高山青", "本报记者 李青山", OTHER)[2] is HEADLINE


class TestRules:
    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(BaokuError, match=r"layout\.toml"):
            LayoutRules.load(tmp_path)

    def test_a_pattern_that_cannot_be_used_is_refused(self, tmp_path: Path) -> None:
        text = "columns = []\nlabels = []\nslogans = []\nslogan_words = []\nfurniture = ['(']\n"
        (tmp_path / "layout.toml").write_text(text, "utf-8")
        with pytest.raises(BaokuError, match="不能使用"):
            LayoutRules.load(tmp_path)

    @pytest.mark.parametrize("key", ["columns", "labels", "slogans", "slogan_words", "furniture"])
    def test_a_missing_key_is_named(self, tmp_path: Path, key: str) -> None:
        keys = {"columns", "labels", "slogans", "slogan_words", "furniture"} - {key}
        (tmp_path / "layout.toml").write_text("".join(f"{name} = []\n" for name in keys), "utf-8")
        with pytest.raises(BaokuError, match=rf"layout\.toml 缺少 {key} 这一项"):
            LayoutRules.load(tmp_path)

    def test_a_word_of_slogans_can_be_added(self, tmp_path: Path) -> None:
        lists = 'columns = []\nlabels = []\nslogans = []\nslogan_words = ["护好每一盏灯"]\nfurniture = []\n'
        (tmp_path / "layout.toml").write_text(lists, "utf-8")
        assert LayoutRules.load(tmp_path).sounds_like_slogan("全城同心 护好每一盏灯", "全城同心护好每一盏灯")

    def test_a_long_line_is_never_furniture(self) -> None:
        assert not RULES.is_furniture("*" * 121)


POEM = ["灯一盏一盏亮起来，", "照着回家的人，", "也照着不回家的猫。", "巷子很长，", "长得像一句没有说完的话。"]


@pytest.mark.parametrize("first", [[], ["夜里的巷子"]])
def test_the_name_between_title_and_verse_is_the_poets(first: list[str]) -> None:
    assert labels("巷灯", "李青山", *first, *POEM) == [HEADLINE, BYLINE, *[ITEM] * len([*first, *POEM])]


def test_a_pen_name_right_above_verse_is_the_poets() -> None:
    assert labels("巷口诗页", "巷灯", "半山石", *POEM)[:4] == [HEADLINE, HEADLINE, BYLINE, ITEM]


def test_a_poem_right_below_another_has_its_own_title() -> None:
    poem = [HEADLINE, BYLINE, *[ITEM] * len(POEM)]
    assert labels("巷灯", "李青山", *POEM, "井台", "王小满", *POEM) == poem * 2


def test_rows_that_begin_with_a_day_and_remarks_in_brackets_are_of_the_list() -> None:
    rows = ["3月1日至5日 上午开放", "3月6日起照常", "（遇大风大雪天气顺延一天）"]
    assert labels("老年食堂开放时间", rows[0], rows[2], NEWS) == [HEADLINE, ITEM, ITEM, PARAGRAPH]
    assert labels("老年食堂开放时间", rows[1], NEWS)[1] is HEADLINE
