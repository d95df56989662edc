from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.prose import width
from indexer.wrap import units

LETTERS = "槐杨柳松柏桃杏李梨枣榆桑竹梅兰菊荷葵"
sentences = st.text(LETTERS + "，", min_size=12, max_size=60).map(lambda text: text.strip("，") + "花开了。")
paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=4).map("".join), min_size=4, max_size=12)
anything = st.lists(st.text(LETTERS + "。，“” \u3000a1", max_size=40), max_size=60)
TREE = "院子里的老槐树今年又开了花，街坊邻居都搬着小凳来看，说笑声一直响到天黑。"


def wrap(text: str, columns: int) -> list[str]:
    indented = "　　" + text
    return [indented[i : i + columns] for i in range(0, len(indented), columns)]


@given(paragraphs, st.integers(14, 18))
def test_wrapped_and_indented_paragraphs_come_back(texts: list[str], columns: int) -> None:
    lines = [line for text in texts for line in wrap(text, columns)]
    assert [unit.text for unit in units(lines)] == texts


@given(paragraphs, st.integers(14, 18))
def test_the_units_of_a_page_cover_every_line_once(texts: list[str], columns: int) -> None:
    lines = [line for text in texts for line in [*wrap(text, columns), ""]]
    covered = [n for unit in units(lines) for n in range(unit.first, unit.last + 1)]
    assert covered == [n for n, line in enumerate(lines, 1) if line]


@given(anything)
def test_no_character_is_lost_or_made_up(lines: list[str]) -> None:
    joined = "".join("".join(unit.text.split()) for unit in units(lines))
    assert joined == "".join("".join(line.split()) for line in lines)


@given(anything)
def test_units_ascend_and_begin_and_end_in_lines_with_text(lines: list[str]) -> None:
    found = units(lines)
    assert all(unit.first <= unit.last for unit in found)
    assert all(above.last < below.first for above, below in pairwise(found))
    assert all(lines[n - 1].strip() for unit in found for n in (unit.first, unit.last))


@given(paragraphs, st.integers(14, 18))
def test_the_breaks_of_a_unit_are_where_its_lines_begin(texts: list[str], columns: int) -> None:
    lines = [line for text in texts for line in wrap(text, columns)]
    for unit in units(lines):
        if unit.breaks:
            assert [unit.text[a:b] for a, b in pairwise((0, *unit.breaks, len(unit.text)))] == [
                line.strip() for line in lines[unit.first - 1 : unit.last]
            ]


def test_a_paragraph_of_ten_thousand_lines_is_one_unit() -> None:
    found = units(wrap(LETTERS * 9000, 16))
    assert [(unit.first, unit.indented) for unit in found] == [(1, True)]


def test_long_lines_are_paragraphs_already() -> None:
    lines = ["院子里的老槐树今年又开了花，街坊们都来看。" * 3] * 10
    assert [unit.text for unit in units(lines)] == lines


def test_a_few_narrow_lines_are_no_column() -> None:
    lines = ["院子里的老槐树今年又开了花", "街坊邻居都搬着小凳来看了看"]
    assert [unit.text for unit in units(lines)] == lines


def test_a_heap_of_short_lines_without_a_mark_is_no_column() -> None:
    signature = ["柳荫街道园林绿化服务队", "2022年4月10日"]
    lines = [*signature, "街巷新语 03 2022年4月12日", "晨光信箱", "谢谢帮我找猫的小朋友们", "编辑老师"]
    assert [unit.text for unit in units(lines)] == lines


def test_a_headline_between_full_paragraphs_stays_alone() -> None:
    lines = [*wrap(TREE, 16), "东巷新添健身角", *wrap(TREE, 16), *wrap(TREE, 16)]
    assert [unit.text for unit in units(lines)] == [TREE, "东巷新添健身角", TREE, TREE]


def test_a_blank_line_behind_every_line_parts_no_paragraph() -> None:
    lines = [part for _ in range(3) for line in wrap(TREE, 16) for part in (line, "")]
    assert [unit.text for unit in units(lines)] == [TREE] * 3


def test_a_paragraph_below_a_finished_one_needs_no_indent_when_the_line_above_stops_short() -> None:
    plain = [TREE[i : i + 15] for i in range(0, len(TREE), 15)]
    assert [unit.text for unit in units(plain * 3)] == [TREE] * 3


@pytest.mark.parametrize("opener", ["本报讯（记者 王小满）", "图为老槐树下的居民。", "□本报记者 王小满"])
def test_what_opens_a_story_goes_on_with_no_line_above(opener: str) -> None:
    texts = TREE[:30], opener + TREE
    lines = [text[i : i + 15] for text in texts for i in range(0, len(text), 15)]
    assert any(unit.text.startswith(opener[:4]) for unit in units(lines * 2))


def test_a_line_that_begins_with_a_closing_mark_goes_on_with_the_line_above() -> None:
    lines = [
        *wrap(TREE, 16),
        "　　老人们说，“从前一到夏天，这棵",
        "树下总坐着一圈人，谁也不舍得走。",
        "”（李青山）",
        *wrap(TREE, 16),
    ]
    assert units(lines)[1].text.endswith("谁也不舍得走。”（李青山）")


def test_a_byline_of_its_own_line_is_no_part_of_the_text_below() -> None:
    lines = [*wrap(TREE, 10), "本报记者 王小满", *wrap(TREE, 10), "本报记者 李青山", TREE[:24], "槐花开了"]
    assert {"本报记者 王小满", "本报记者 李青山"} <= {unit.text for unit in units(lines)}


def test_rows_that_end_in_a_telephone_number_are_no_paragraph() -> None:
    rows = [f"{letter}树街便民服务站电话035213{n:05}" for n, letter in enumerate("槐杨柳松柏桃")]
    assert [unit.text for unit in units(rows)] == rows


def test_empty_lines_end_no_page_but_part_paragraphs() -> None:
    assert [(unit.first, unit.text) for unit in units(["", "槐", "", " ", "杨"])] == [(2, "槐"), (5, "杨")]


def test_the_example_width_is_that_of_print() -> None:
    assert {width(line) for line in wrap(LETTERS, 10)} == {10}


def test_the_headline_of_a_notice_below_a_full_line_stands_by_itself() -> None:
    lines = [*wrap(TREE * 2 + "社区今后还要给它立一块牌子，", 15), "关于清理楼道杂物的通知", *wrap(TREE * 2, 15)]
    assert "关于清理楼道杂物的通知" in [unit.text for unit in units(lines)]


BODY = wrap(TREE, 16)


@pytest.mark.parametrize(
    "head",
    [
        ["旧巷口的“百宝箱”开张 邻居们都来", "借"],
        ["小巷深处种满月季花香 院墙上头挂", "起了灯笼"],
        ["绿荫街道给老院子装上“放心灯”两", "百户人家夜里不再摸黑"],
    ],
)
def test_a_headline_that_fills_its_column_goes_on_in_the_next_line(head: list[str]) -> None:
    lines = [*BODY, *head, "本报讯 " + TREE[:12], *wrap(TREE, 16)[1:]]
    assert "".join(head) in {unit.text for unit in units(lines)}


@pytest.mark.parametrize(
    "pair",
    [
        ("绿荫街道推行“一把椅子”工作法来", "老人有座 邻里有情"),
        ("槐树底下的事情槐树底下商量着办好", "闻立冬"),
        ("关于调整老年食堂开饭时间的公告", "为方便居民，自下月起，食堂开饭时"),
    ],
)
def test_what_is_another_part_of_a_head_stays_apart(pair: tuple[str, str]) -> None:
    texts = [unit.text for unit in units([*BODY, *pair, "本报讯 " + TREE[:12], *wrap(TREE, 16)[1:]])]
    assert pair[0] in texts
    assert any(text.startswith(pair[1]) for text in texts)


@pytest.mark.parametrize("end", ["直响到天黑，谁也不走。（李青山）", "街坊们在树底下乘凉。  王小满摄"])
def test_nothing_goes_on_behind_the_name_of_the_writer_or_photographer(end: str) -> None:
    lines = [*BODY[:2], end, *BODY[1:], *BODY]
    assert any(unit.text.endswith(end) for unit in units(lines))


def test_a_full_line_without_indent_or_mark_is_no_paragraph_where_paragraphs_are_indented() -> None:
    lines = [*BODY, *BODY, "槐树底下摆开了二十年的象棋摊子了", *BODY[1:], *BODY]
    assert "槐树底下摆开了二十年的象棋摊子了" in {unit.text for unit in units(lines)}


def test_half_a_torn_headline_stands_between_the_lines_of_a_sentence() -> None:
    lines = [*BODY[:3], "槐花开了", *BODY[3:], *BODY]
    assert "槐花开了" in {unit.text for unit in units(lines)}


def test_wrapped_paragraphs_of_two_lines_come_back_where_blank_lines_part_them() -> None:
    texts = [TREE, TREE[:23] + "。"] * 4
    lines = [line for text in texts for line in [*wrap(text, 14), ""]]
    assert [unit.text for unit in units(lines)] == texts
