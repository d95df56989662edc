"""The floors of quality: a little below what ``make quality`` prints. Raise them when the indexer gets better."""

from functools import cache
from typing import NamedTuple

import pytest

from indexer.pipeline import parse_files
from tests.quality.gold import SETS, gold_pages
from tests.quality.score import Scores, score
from tests.quality.stories import topics_of_stories

MISSING = "这一集的版面不在，不打分 (the pages of this set are absent)"


class Floors(NamedTuple):
    """The least that a set must reach."""

    stories: float
    titles: float
    complete: float
    reporters: float
    streets: float


FLOORS = {
    "sample": Floors(0.97, 0.95, 0.93, 0.98, 0.97),
    "tuned": Floors(0.92, 0.90, 0.87, 0.98, 0.97),
    "held": Floors(0.88, 0.82, 0.87, 0.97, 0.96),
    "real": Floors(0.97, 0.97, 0.97, 0.97, 0.97),
}
TOPICS, KINDS = {"sample": 0.97, "tuned": 0.90, "held": 0.76}, {"sample": 0.97, "tuned": 0.94, "held": 0.95}
"""The answers to the real pages name neither."""


@cache
def scores(name: str) -> Scores:
    return score(list(gold_pages(name)), SETS[name], parse_files([SETS[name]]).articles)


def each_set() -> pytest.MarkDecorator:
    """One test for each set; that of the real pages only where they lie beside the checkout."""
    marks = [pytest.mark.real_pages, pytest.mark.skipif(not SETS["real"].is_dir(), reason=MISSING)]
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=marks if name == "real" else []) for name in FLOORS]
    )


@each_set()
def test_stories_are_cut_as_by_hand(name: str) -> None:
    found, floors = scores(name), FLOORS[name]
    assert found.stories.f1 >= floors.stories, found.faults
    assert found.titles.value >= floors.titles, found.faults
    assert found.complete.value >= floors.complete


@each_set()
def test_stories_are_described_as_by_hand(name: str) -> None:
    found, floors = scores(name), FLOORS[name]
    assert found.lists["reporters"].f1 >= floors.reporters, found.faults
    assert found.lists["streets"].f1 >= floors.streets, found.faults
    assert found.lists["topics"].f1 >= TOPICS.get(name, 0)
    assert found.kinds.value >= KINDS.get(name, 0)


def test_topics_of_stories_by_other_hands() -> None:
    told = topics_of_stories()
    assert told.topics.f1 >= 0.83
    assert told.first.value >= 0.91


@each_set()
def test_no_day_is_invented_and_a_printed_one_is_found(name: str) -> None:
    found = scores(name)
    assert found.false_days == 0
    assert found.dated.right == found.dated.all
    assert found.intervals.right == found.intervals.all


@pytest.mark.parametrize("name", SETS)
def test_the_answers_name_lines_of_their_pages(name: str) -> None:
    """Every answer has a page, and every span of it lies within that page, holds text and is nobody else's."""
    for page in gold_pages(name):
        file = SETS[name] / page.file
        if name == "real" and not file.exists():
            pytest.skip(MISSING)
        lines = file.read_bytes().replace(b"\r\n", b"\n").split(b"\n")
        taken: set[int] = set()
        for story in page.stories:
            for first, last in story.spans:
                assert 1 <= first <= last <= len(lines), (page.file, story.title)
                own = {number for number in range(first, last + 1) if lines[number - 1].strip()}
                assert own, (page.file, story.title)
                assert not own & taken, (page.file, story.title)
                taken |= own
