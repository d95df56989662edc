import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.explain import LABELS, explain
from indexer.page import Label
from indexer.segment import segment
from tests.indexer.pages import CHOIR, LAMPS, MORE, NEWS, blocks, page

_LINE = re.compile(r"^ *(\d+)(?:–(\d+))? +\[( |\d+)\] (\S+) +(.*)$")
PAGE = (
    "第5版",
    "",
    "巷子里路灯全亮了",
    "本报记者 王小满",
    LAMPS[0],
    "",
    "合唱团唱到天黑",
    "本报讯（记者 李青山）" + CHOIR[2],
    "",
    *LAMPS[1:],
    "图为新装的路灯。",
    "王小满摄",
)
LINES = st.lists(
    st.sampled_from(
        ["", NEWS, NEWS[:-4], MORE, "路灯亮了", "本报记者 王小满", "第5版", "①带好证件", "王小满摄", "a\tb"]
    ),
    max_size=25,
)


def explained(*lines: str) -> list[str]:
    found = blocks(*lines)
    return [*explain(page(*lines), found, segment(page(*lines), found))]


def rows(*lines: str) -> list[tuple[int, int, str, str, str]]:
    """First and last line, story, label and the rest of every line of the explanation of the page itself."""
    told = [match.groups() for line in explained(*lines) if (match := _LINE.match(line))]
    return [(int(first), int(last or first), story, label, rest) for first, last, story, label, rest in told]


def test_it_begins_with_what_was_found() -> None:
    first, *stories = explained(*PAGE)[:3]
    assert first == f"05.txt：{len(PAGE)} 行，2 篇"
    assert "巷子里路灯全亮了" in stories[0]
    assert "3–5、10–13 行" in stories[0]
    assert "合唱团唱到天黑" in stories[1]


@given(LINES)
def test_every_line_with_text_stands_in_it_with_label_and_reason(lines: list[str]) -> None:
    told = {number for first, last, *_ in rows(*lines) for number in range(first, last + 1)}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= told
    for *_, label, rest in rows(*lines):
        assert label in LABELS.values()
        assert rest.split()[-1]


@given(LINES)
def test_every_block_is_told_once_and_from_top_to_bottom(lines: list[str]) -> None:
    told = rows(*lines)
    assert len(told) == len(blocks(*lines))
    assert [row[0] for row in told] == sorted(row[0] for row in told)


def test_the_story_of_a_line_is_its_number() -> None:
    stories = {first: story for first, _, story, *_ in rows(*PAGE)}
    assert (stories[1], stories[3], stories[7], stories[10]) == (" ", "1", "2", "1")


def test_a_story_that_lacks_something_is_marked() -> None:
    assert any("[残缺]" in line for line in explained("路灯亮了", "本报记者 王小满", LAMPS[0]))
    assert not any("[残缺]" in line for line in explained("路灯亮了", "本报记者 王小满", NEWS))


def test_a_story_without_a_headline_says_so() -> None:
    assert any("标题缺失" in line for line in explained("本报讯（记者 王小满）" + NEWS))


def test_text_that_was_put_back_says_on_what_it_goes_on() -> None:
    assert any("接第 5 行" in line for line in explained(*PAGE))


def test_a_long_line_is_shown_by_its_ends() -> None:
    (row,) = rows(NEWS * 400)
    assert len(row[-1]) < 90
    assert "……" in row[-1]


@pytest.mark.parametrize("label", Label)
def test_every_label_has_a_chinese_name(label: Label) -> None:
    assert LABELS[label]


def test_an_empty_page_is_told_as_one() -> None:
    assert explained() == ["05.txt：0 行，0 篇"]
