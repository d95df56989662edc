from datetime import date
from itertools import pairwise

import pytest

from indexer.duplicates import Trace, candidates, sketch
from search.article import Article, Completion
from tests.indexer.extractions import HALF_WIDTH, TEXT, article, noisy
from tests.indexer.pages import made_up_text


def trace(article: Article) -> Trace:
    day = article.date.start
    return Trace(article.id, article.source.file, (day.toordinal(),) * 2 if day else (), sketch(article))


def proposed(*articles: Article) -> set[tuple[str, ...]]:
    return {tuple(sorted(pair)) for pair in candidates([trace(article) for article in articles])}


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        *(noisy(TEXT, seed, 2) for seed in range(5)),
        TEXT.translate(HALF_WIDTH),
        TEXT[:240],
        TEXT[160:],
        TEXT[120:200],
        TEXT[200:] + TEXT[:200],
        TEXT.replace("，", "\n"),
    ],
)
def test_versions_of_one_story_are_proposed(other: str) -> None:
    assert proposed(article("a", noisy(TEXT, 99)), article("b", other)) == {("a", "b")}


def test_halves_that_overlap_are_proposed() -> None:
    assert proposed(article("a", TEXT[:220]), article("b", TEXT[180:])) == {("a", "b")}


@pytest.mark.parametrize("seed", range(5))
def test_different_stories_are_not_proposed(seed: int) -> None:
    assert proposed(article("a"), article("b", made_up_text(seed + 100, 400))) == set()


def test_stories_of_the_same_file_are_never_proposed() -> None:
    assert proposed(article("a", file="05.txt"), article("b", file="05.txt")) == set()


def test_stories_of_different_days_are_not_proposed() -> None:
    first, second = date(2023, 7, 21), date(2023, 7, 22)
    assert proposed(article("a", day=first), article("b", day=second)) == set()
    assert proposed(article("a", day=first), article("b", day=first), article("c")) == {
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    }


def test_an_interval_agrees_with_a_day_in_it() -> None:
    known = sketch(article("a"))
    july, day, august = (10, 40), (20, 20), (41, 70)
    assert candidates([Trace("a", "a", july, known), Trace("b", "b", day, known)]) == [("a", "b")]
    assert candidates([Trace("a", "a", july, known), Trace("b", "b", august, known)]) == []


def test_a_story_extracted_many_times_loses_none() -> None:
    names = [f"{number:03}" for number in range(200)]
    pairs = proposed(*(article(name, noisy(TEXT, int(name))) for name in names))
    assert len(pairs) < 200 * 60
    reached, waiting = set(), {names[0]}
    while waiting:
        reached |= waiting
        waiting = {name for pair in pairs if reached & set(pair) for name in pair} - reached
    assert reached == set(names)


def test_a_set_phrase_of_a_crowd_proposes_hardly_anything() -> None:
    phrase = TEXT[:20]
    assert len(proposed(*(article(str(seed), phrase + made_up_text(seed, 300)) for seed in range(40)))) <= 2


def test_a_short_caption_is_proposed() -> None:
    caption = ("图为游客在河边新修的步道上看花灯。",)
    assert proposed(article("a", "", captions=caption), article("b", "", captions=caption)) == {("a", "b")}


def test_a_sketch_is_ascending_and_thin() -> None:
    known = sketch(article("a"))
    assert all(left < right for left, right in pairwise(known))
    assert 50 < len(known) < 120


@pytest.mark.parametrize(
    "more",
    [
        {"body": "天地人家园，林花草树。"},
        {"body": ""},
        {"duplicate_of": "b"},
        {"completed_from": (Completion("b", "end", 0, "天", 20),)},
    ],
)
def test_what_is_too_short_or_told_elsewhere_has_no_sketch(more: dict[str, object]) -> None:
    assert sketch(article("a", **more)) == ()  # type: ignore[arg-type]


def test_without_stories_there_are_no_pairs() -> None:
    assert candidates([]) == []
    assert proposed(article("a")) == set()
