from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Label
from indexer.reading import Reader
from indexer.strands import Weights
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW, numbered

HEADLINE, BYLINE, LEAD, PARAGRAPH, SUBHEAD = Label.HEADLINE, Label.BYLINE, Label.LEAD, Label.PARAGRAPH, Label.SUBHEAD
Part = tuple[Label, str]
PAGE_LABELS = (HEADLINE, BYLINE, LEAD, PARAGRAPH, SUBHEAD, Label.ITEM, Label.CAPTION, Label.CREDIT, Label.SIGNATURE)
SOME_TEXT = st.sampled_from([*LAMPS, *CHOIR, "路灯亮了", "本报记者 王小满"])


def told(title: str, writer: str, *texts: str) -> list[Part]:
    return [(HEADLINE, title), (BYLINE, f"本报记者 {writer}"), *((PARAGRAPH, text) for text in texts)]


OTHERS = [told("扫雪队清早出门", "孙立冬", *SNOW), told("图书车开到校门口", "周明月", *BOOKS)]


def read(*stories: list[Part]) -> list[list[str]]:
    """The texts of the strands of a page, stories in the order in which the cutter left them."""
    blocks = numbered(*(part for story in stories for part in story))
    starts = [sum(map(len, stories[:n])) for n in range(len(stories))]
    strands = Reader(starts, (), blocks, Weights(blocks)).best()
    return [[blocks[number].text for number in strand if blocks[number].label is not BYLINE] for strand in strands]


def test_whole_stories_are_read_as_they_stand() -> None:
    lamps = told("巷子里路灯全亮了", "王小满", LAMPS[0] + LAMPS[1], LAMPS[2])
    assert read(lamps, *OTHERS)[0] == ["巷子里路灯全亮了", LAMPS[0] + LAMPS[1], LAMPS[2]]


def test_a_cut_story_goes_on_below_another() -> None:
    lamps = told("巷子里路灯全亮了", "王小满", LAMPS[0])
    choir = told("合唱团唱到天黑", "李青山", CHOIR[2], *LAMPS[1:])
    found = read(lamps, choir, *OTHERS)
    assert found[:2] == [["巷子里路灯全亮了", *LAMPS], ["合唱团唱到天黑", CHOIR[2]]]


def test_rests_come_back_in_either_order() -> None:
    lamps = told("巷子里路灯全亮了", "王小满", LAMPS[0])
    for rests in ((LAMPS[1], CHOIR[1]), (CHOIR[1], LAMPS[1])):
        found = read(lamps, *OTHERS, told("合唱团唱到天黑", "李青山", CHOIR[0], *rests))
        assert ["巷子里路灯全亮了", *LAMPS[:2]] in found
        assert ["合唱团唱到天黑", *CHOIR[:2]] in found


def test_both_halves_of_a_torn_title_are_one_strand() -> None:
    found = read(
        told("巷子里路灯", "王小满", LAMPS[0]),
        told("合唱团唱到天黑", "李青山", CHOIR[2]),
        [(HEADLINE, "一夜全亮了"), (PARAGRAPH, LAMPS[1]), (PARAGRAPH, LAMPS[2])],
        *OTHERS,
    )
    assert found[0] == ["巷子里路灯", LAMPS[0], "一夜全亮了", *LAMPS[1:]]


def test_text_that_belongs_to_none_is_an_orphan() -> None:
    choir = told("合唱团唱到天黑", "李青山", CHOIR[0] + CHOIR[1], CHOIR[2], *BREAD)
    found = read(told("巷子里路灯全亮了", "王小满", LAMPS[0] + LAMPS[1], LAMPS[2]), choir, *OTHERS)
    assert [*BREAD] in found


def test_a_subhead_goes_where_the_paragraph_below_it_goes() -> None:
    lamps = told("巷子里路灯全亮了", "王小满", LAMPS[0])
    choir = told("合唱团唱到天黑", "李青山", CHOIR[0] + CHOIR[1], CHOIR[2])
    choir += [(PARAGRAPH, LAMPS[1]), (SUBHEAD, "三年不坏"), (PARAGRAPH, LAMPS[2])]
    found = read(lamps, choir, *OTHERS)
    assert found[0] == ["巷子里路灯全亮了", *LAMPS[:2], "三年不坏", LAMPS[2]]


def test_a_page_of_nothing_has_no_strands() -> None:
    assert Reader((), (), [], Weights([])).best() == []


@given(st.lists(st.tuples(st.sampled_from(PAGE_LABELS), SOME_TEXT), max_size=14), st.sets(st.integers(1, 13)))
def test_every_block_is_in_one_strand_and_all_ascend(parts: list[Part], starts: set[int]) -> None:
    blocks = numbered(*parts)
    found = Reader([0, *starts], (), blocks, Weights(blocks)).best()
    assert sorted(number for strand in found for number in strand) == [*range(len(blocks))]
    assert all(list(strand) == sorted(strand) for strand in found)
