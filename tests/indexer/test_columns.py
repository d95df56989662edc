import pytest

from indexer.columns import reunite
from indexer.page import Block, Label
from indexer.story import Story

LAMPS = (
    "电工老周昨天把坏掉的路灯都换了新灯泡，街坊们围着老周看换灯泡，",
    "老周换完灯泡又擦了路灯罩，路灯比从前亮得多。",
)
CHOIR = ("合唱团在排练厅练新曲，指挥嫌声部不齐。", "合唱团又练一遍新曲，指挥这才点了头。")


def story(line: int, head: str, *texts: str) -> Story:
    pieces = [Block(n, n, text, Label.PARAGRAPH, "") for n, text in enumerate(texts, line)]
    return Story([*pieces], [head], pieces=[*pieces])


def lines(stories: list[Story]) -> list[list[int]]:
    return [[block.first for block in part.blocks] for part in stories]


def test_the_rest_goes_back_to_the_story_whose_words_it_has() -> None:
    found = reunite([story(1, "换路灯", LAMPS[0]), story(10, "排练", *CHOIR, LAMPS[1])])
    assert lines(found) == [[1, 12], [10, 11]]


def test_nothing_moves_without_an_unfinished_story() -> None:
    found = reunite([story(1, "换路灯", LAMPS[1]), story(10, "排练", *CHOIR, LAMPS[1])])
    assert lines(found) == [[1], [10, 11, 12]]


def test_text_stays_that_fits_where_it_stands() -> None:
    found = reunite([story(1, "换路灯", LAMPS[0]), story(10, "排练", *CHOIR)])
    assert lines(found) == [[1], [10, 11]]


def test_text_never_moves_up_into_a_later_story() -> None:
    found = reunite([story(1, "排练", *CHOIR, LAMPS[1]), story(10, "换路灯", LAMPS[0])])
    assert lines(found) == [[1, 2, 3], [10]]


@pytest.mark.parametrize("paragraphs", [600, 20_000])
def test_a_file_of_more_text_than_a_page_holds_stays_as_it_is(paragraphs: int) -> None:
    stories = [story(1, "换路灯", LAMPS[0]), story(10, "排练", *CHOIR, *[LAMPS[1]] * paragraphs)]
    assert [len(part) for part in lines(reunite(stories))] == [1, paragraphs + 2]


def test_no_story_is_emptied() -> None:
    assert all(reunite([story(1, "换路灯", LAMPS[0]), story(10, "", LAMPS[1])]))
