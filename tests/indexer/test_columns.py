import pytest

from indexer.columns import reunite
from indexer.page import Block, Label
from indexer.story import Story
from indexer.witness import Extraction
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW

HEADS = {
    LAMPS: "巷子里路灯全亮了",
    CHOIR: "合唱团唱到天黑",
    BREAD: "新麦面包香满街",
    SNOW: "扫雪队清早出门",
    BOOKS: "图书车开到校门口",
}
WRITERS = dict(zip(HEADS, ("王小满", "李青山", "赵春生", "孙立冬", "周明月"), strict=True))


class Made:
    """A page of stories put together line by line."""

    def __init__(self) -> None:
        self.stories: list[Story] = []
        self._line = 0

    def story(self, about: tuple[str, ...], *texts: str, signed: bool = True, section: str | None = None) -> "Made":
        parts = [(Label.HEADLINE, HEADS[about])]
        parts += [(Label.BYLINE, f"本报记者 {WRITERS[about]}")] if signed else []
        parts += [(Label.PARAGRAPH, text) for text in texts]
        self.stories.append(Story([self._block(label, text) for label, text in parts], section))
        return self

    def _block(self, label: Label, text: str) -> Block:
        self._line += 1
        return Block(self._line, self._line, text, label, "")

    def others(self) -> "Made":
        """Two whole stories, so that the page has the matter of a page."""
        return self.story(SNOW, *SNOW).story(BOOKS, *BOOKS)

    def found(self) -> list[list[str]]:
        """The texts of the stories as they are reunited, without the two others."""
        parts = [[block.text for block in story.pieces] for story in reunite(self.stories)]
        return [part for part in parts if part not in ([*SNOW], [*BOOKS])]


def test_the_rest_goes_back_to_the_story_that_another_has_cut() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2], *LAMPS[1:]).others()
    assert page.found() == [[*LAMPS], [CHOIR[2]]]


def test_two_cut_stories_have_their_rests_back_in_the_same_order() -> None:
    page = Made().story(LAMPS, LAMPS[0]).others().story(CHOIR, CHOIR[0], *LAMPS[1:], *CHOIR[1:])
    assert page.found() == [[*LAMPS], [*CHOIR]]


def test_two_cut_stories_have_their_rests_back_in_the_other_order() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[0]).story(BREAD, *BREAD[:2], CHOIR[1], LAMPS[1]).others()
    assert page.found() == [[*LAMPS[:2]], [*CHOIR[:2]], [*BREAD[:2]]]


def test_nothing_moves_on_a_page_of_whole_stories() -> None:
    page = Made().story(LAMPS, LAMPS[0] + LAMPS[1], LAMPS[2]).story(CHOIR, CHOIR[2]).story(BREAD, *BREAD).others()
    assert page.found() == [[LAMPS[0] + LAMPS[1], LAMPS[2]], [CHOIR[2]], [*BREAD]]


def test_text_goes_on_in_its_own_story_right_below_the_cut() -> None:
    page = Made().story(LAMPS, *LAMPS).story(CHOIR, *CHOIR).others()
    assert page.found() == [[*LAMPS], [*CHOIR]]


def test_position_alone_moves_nothing() -> None:
    """Below a story that breaks off stands text of yet another matter: it is not its end."""
    page = Made().story(LAMPS, LAMPS[0]).others().story(BREAD, *BREAD)
    assert page.found() == [[LAMPS[0]], [*BREAD]]


def test_both_halves_of_a_title_come_together_with_the_text_below_the_second() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2]).others()
    page.stories[0].heads[0] = page.stories[0].blocks[0] = Block(1, 1, "巷子里路灯", Label.HEADLINE, "")
    page.stories.append(Story([page._block(Label.HEADLINE, "一夜全亮了"), page._block(Label.PARAGRAPH, LAMPS[1])]))
    first = reunite(page.stories)[0]
    assert [block.text for block in first.heads] == ["巷子里路灯", "一夜全亮了"]
    assert [block.text for block in first.pieces] == [*LAMPS[:2]]


def test_the_halves_of_a_title_may_be_known_from_another_extraction() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2]).others()
    page.stories.append(Story([page._block(Label.HEADLINE, "夜里不黑"), page._block(Label.PARAGRAPH, LAMPS[1])]))
    assert len(reunite(page.stories)[0].heads) == 1
    other = Extraction(f"{HEADS[LAMPS]}\n夜里不黑\n{''.join(LAMPS)}")
    assert [block.text for block in reunite(page.stories, [other])[0].heads] == [HEADS[LAMPS], "夜里不黑"]


def test_what_is_moved_says_what_another_extraction_tells() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2], *LAMPS[1:]).others()
    found = reunite(page.stories, [Extraction("".join(LAMPS))])
    moved = next(block for story in found for block in story.blocks if block.text == LAMPS[1])
    assert "另一份也连着 +8.0" in moved.why


def test_what_is_moved_says_why() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2], *LAMPS[1:]).others()
    moved = next(block for story in reunite(page.stories) for block in story.blocks if block.text == LAMPS[1])
    assert "接第 3 行" in moved.why


def test_a_story_keeps_its_section() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2], *LAMPS[1:], section="今日关注").others()
    assert [story.section for story in reunite(page.stories)][:2] == [None, "今日关注"]


@pytest.mark.parametrize("paragraphs", [600, 20_000])
def test_a_file_of_more_text_than_a_page_holds_stays_as_it_is(paragraphs: int) -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[2], *[LAMPS[1]] * paragraphs)
    assert [len(story.blocks) for story in reunite(page.stories)] == [3, paragraphs + 3]


def test_no_block_is_lost_none_twice_and_no_story_emptied() -> None:
    page = Made().story(LAMPS, LAMPS[0]).story(CHOIR, CHOIR[0], *LAMPS[1:], *CHOIR[1:]).others()
    found = reunite(page.stories)
    assert all(story.blocks for story in found)
    lines = sorted(block.first for story in found for block in story.blocks)
    assert lines == [*range(1, page._line + 1)]


def test_no_stories_are_none() -> None:
    assert reunite([]) == []
