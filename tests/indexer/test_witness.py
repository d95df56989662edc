import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Block, Label
from indexer.witness import Extraction, Witnesses, runs_on
from tests.indexer.extractions import noisy
from tests.indexer.pages import BREAD, CHOIR, LAMPS, SNOW, made_up_text, numbered

LONG = made_up_text(3, 300)
LEFT, RIGHT, OTHER = LONG[:120], LONG[120:], made_up_text(4, 200)


def heard(other: str, *parts: str) -> Witnesses:
    return Witnesses([Extraction(other)], numbered(*((Label.PARAGRAPH, part) for part in parts)))


class TestALine:
    def test_runs_on_from_one_text_to_the_other(self) -> None:
        assert Extraction(f"{OTHER}\n{LONG}\n").runs_on(LEFT, RIGHT)

    def test_runs_on_to_something_else(self) -> None:
        assert Extraction(f"{LEFT}{OTHER}\n{RIGHT}").runs_on(LEFT, RIGHT) is False

    @pytest.mark.parametrize("other", [f"{LEFT}\n{OTHER}\n{RIGHT}", f"{LEFT}\n{RIGHT}", f"{LEFT}{OTHER}", OTHER, ""])
    def test_tells_nothing_where_it_ends_or_a_text_is_not_there(self, other: str) -> None:
        assert Extraction(other).runs_on(LEFT, RIGHT) is None

    def test_may_hold_a_caption_between_the_two(self) -> None:
        assert Extraction(f"{LEFT}图为街坊围着梯子看老周换灯泡。{RIGHT}").runs_on(LEFT, RIGHT) is None

    def test_is_heard_in_any_extraction(self) -> None:
        silent, against, like = Extraction(OTHER), Extraction(f"{LEFT}{OTHER}\n{RIGHT}"), Extraction(LONG)
        assert runs_on([silent, against, like], LEFT, RIGHT) is True
        assert runs_on([silent, against], LEFT, RIGHT) is False
        assert runs_on([silent], LEFT, RIGHT) is None


class TestLetters:
    @pytest.mark.parametrize("place", range(112, 129))
    @pytest.mark.parametrize("read", ["囗", "", "{0}{0}"])
    def test_one_of_them_may_be_misread_lost_or_doubled(self, place: int, read: str) -> None:
        assert Extraction(LONG[:place] + read.format(LONG[place]) + LONG[place + 1 :]).touch(LEFT, RIGHT)

    def test_two_misread_ones_on_a_side_are_another_text(self) -> None:
        assert not Extraction(f"{LEFT[:-6]}囗{LEFT[-5:-1]}囗{RIGHT}").touch(LEFT, RIGHT)

    def test_a_few_stand_right_behind_the_other_text_or_nowhere(self) -> None:
        assert Extraction(f"{LAMPS[0]}汤。\n").touch(LAMPS[0], "汤。")
        assert not Extraction(f"{LAMPS[0]}\n{OTHER}汤。").touch(LAMPS[0], "汤。")

    def test_what_stands_everywhere_tells_nothing(self) -> None:
        assert not Extraction("大同平城区融媒体中心\n" * 9).touch("大同平城区融媒体中心", "大同平城区融媒体中心")

    def test_nothing_but_signs_is_nowhere(self) -> None:
        assert Extraction(LONG).runs_on("……", "——") is None


class TestSeveralBlocks:
    def test_one_run_is_strong_and_speaks_against_all_else(self) -> None:
        found = heard(f"{OTHER}\n{LONG}", LEFT, OTHER, RIGHT)
        assert found.odds(0, 2) > 4
        assert found.odds(0, 1) < 0
        assert found.odds(1, 2) < 0
        assert found.doubts(2)
        assert not found.doubts(1)

    def test_the_next_line_is_weaker(self) -> None:
        found = heard("\n".join((LEFT, RIGHT, OTHER)), LEFT, OTHER, RIGHT)
        assert 0 < found.odds(0, 2) < heard(LONG, LEFT, OTHER, RIGHT).odds(0, 2)

    def test_what_both_break_alike_tells_nothing(self) -> None:
        """Else the copy of a jumbled page would speak for its jumble."""
        found = heard("\n".join((*LAMPS, *CHOIR)), *LAMPS, *CHOIR)
        assert {found.odds(i, j) for i in range(6) for j in range(6)} == {0.0}
        assert not any(map(found.doubts, range(6)))

    def test_several_are_heard_together_but_none_is_certain(self) -> None:
        blocks = numbered(*((Label.PARAGRAPH, part) for part in (LEFT, OTHER, RIGHT)))
        one, other = Extraction(LONG), Extraction(f"{LEFT}\n{RIGHT}\n{OTHER}")
        assert Witnesses([one, other], blocks).odds(0, 2) == Witnesses([other, one], blocks).odds(0, 2)
        assert Witnesses([one] * 3, blocks).odds(0, 2) == Witnesses([one], blocks).odds(0, 2)

    def test_without_extractions_nothing_is_told(self) -> None:
        found = Witnesses([], numbered((Label.PARAGRAPH, LEFT), (Label.PARAGRAPH, RIGHT)))
        assert found.odds(0, 1) == 0
        assert not found.doubts(1)

    def test_names_go_on_below_nothing(self) -> None:
        blocks = numbered(
            (Label.BYLINE, "本报记者 王小满 通讯员 李青山"), (Label.HEADLINE, "灯"), (Label.PARAGRAPH, LEFT)
        )
        assert Witnesses([Extraction(f"本报记者 王小满 通讯员 李青山\n{LEFT}")], blocks).odds(0, 2) == 0


STORIES = ("".join(LAMPS), "".join(CHOIR), "".join(BREAD), "".join(SNOW))


@given(st.randoms(use_true_random=False), st.integers(12, 30))
def test_neither_the_order_of_the_stories_nor_the_measure_changes_what_is_told(
    chance: random.Random, wide: int
) -> None:
    """Wherever the other extraction has put them, the two halves of a story touch, and no halves of two do."""
    stories = list(STORIES)
    chance.shuffle(stories)
    lines = [story[start : start + wide] for story in stories for start in range(0, len(story), wide)]
    other = Extraction("\n".join(lines))
    cuts = [chance.randrange(20, len(story) - 20) for story in STORIES]
    halves = [(story[:cut], story[cut:]) for story, cut in zip(STORIES, cuts, strict=True)]
    for one, (left, _) in enumerate(halves):
        for another, (_, right) in enumerate(halves):
            assert other.touch(left, right) is (one == another)


@given(st.integers(0, 1000))
def test_with_one_letter_in_a_hundred_misread_most_cuts_are_still_found(seed: int) -> None:
    story = made_up_text(11, 2000)
    other = Extraction(noisy(story, seed))
    cuts = range(50, 1950, 50)
    found = [other.touch(story[:cut], story[cut:]) for cut in cuts]
    assert sum(found) >= 0.9 * len(cuts)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_any_text_can_be_asked(left: str, right: str, other: str) -> None:
    assert Extraction(other).runs_on(left, right) in (True, False, None)
    blocks = [Block(1, 1, left, Label.PARAGRAPH, ""), Block(2, 2, right, Label.PARAGRAPH, "")]
    assert abs(Witnesses([Extraction(other)], blocks).odds(0, 1)) <= 8
