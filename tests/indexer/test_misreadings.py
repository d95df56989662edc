from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from indexer.describe.authority import Authority, Staff
from indexer.describe.lookalikes import Lookalikes
from indexer.misreadings import RARE, Misreading, find_misreadings
from indexer.renames import census_of, merge_names
from search.article import Article, PublicationDate, Source

TABLE = Lookalikes(["邸邱邢", "昱显"])
NOBODY = Authority({}, frozenset(), frozenset(), frozenset())


def authority(*names: str, different: Iterable[tuple[str, str]] = ()) -> Authority:
    forms = {name: (Staff(name),) for name in names}
    return Authority(forms, frozenset(names), frozenset(), frozenset(map(frozenset, different)))


def stories(name: str, count: int, street: str = "古城街道", topic: str = "教育", **other: object) -> list[Article]:
    """Stories by one person on one beat, each on a page of its own."""
    return [
        Article(f"{name}{n}", Source("p"), reporters=(name,), streets=(street,), topics=(topic,), **other)
        for n in range(count)
    ]


OTHERS = stories("王明", 12, "御河街道", "党建")
RIGHT = stories("邸东芳", 12)
WRONG = stories("邱东芳", 2)


def find(articles: Sequence[Article], people: Authority = NOBODY, **pages: str) -> list[Misreading]:
    origins = {article.id: pages.get(article.id, f"/{article.id}.txt") for article in articles}
    return find_misreadings(census_of(articles, origins), people, TABLE)


def merged(articles: Sequence[Article], people: Authority = NOBODY, **pages: str) -> dict[str, str]:
    return {item.printed: item.name for item in find(articles, people, **pages) if not item.doubt}


def test_a_rare_look_alike_on_the_same_beat_is_a_misreading() -> None:
    assert find([*OTHERS, *RIGHT, *WRONG]) == [
        Misreading("邱东芳", "邸东芳", stories=2, of=12, versions=0, beat=("古城街道", "教育"))
    ]


def test_the_article_has_the_right_name_and_keeps_the_printed_one() -> None:
    articles = [*OTHERS, *RIGHT, *WRONG]
    article = merge_names(articles, find(articles))[-1]
    assert article.reporters == ("邸东芳",)
    assert article.names_printed == article.names_merged == {"邸东芳": "邱东芳"}


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("another beat", stories("邱东芳", 2, "御河街道", "党建")),
        ("no street and no topic", [replace(story, streets=(), topics=()) for story in WRONG]),
        ("not alike", stories("王东芳", 2)),
        ("too frequent beside the other", stories("邱东芳", 3)),
    ],
)
def test_without_evidence_they_stay_two(why: str, wrong: list[Article]) -> None:
    assert merged([*OTHERS, *RIGHT, *wrong]) == {}, why


def test_two_frequent_names_stay_two() -> None:
    assert merged([*stories("邸东芳", 20 * RARE), *stories("邱东芳", RARE + 1)]) == {}


def test_one_street_or_one_topic_alone_is_too_little() -> None:
    [doubt] = find([*OTHERS, *RIGHT, *stories("邱东芳", 1, topic="党建")])
    assert (doubt.printed, doubt.name) == ("邱东芳", "邸东芳")
    assert doubt.doubt


def test_nobody_else_need_have_written() -> None:
    assert merged([*RIGHT, *WRONG]) == {"邱东芳": "邸东芳"}


def test_a_beat_that_everybody_has_is_none() -> None:
    everybody = stories("王明", 40)
    assert merged([*everybody, *RIGHT, *WRONG]) == {}


def test_names_on_one_page_are_two_people() -> None:
    assert merged([*OTHERS, *RIGHT, *WRONG], 邸东芳0="/one.txt", 邱东芳0="/one.txt") == {}


def test_names_in_one_byline_are_two_people() -> None:
    both = replace(WRONG[0], id="both", reporters=("邱东芳", "邸东芳"))
    assert merged([*OTHERS, *RIGHT, *WRONG, both]) == {}


def test_a_photographer_of_the_page_counts_as_well() -> None:
    assert merged([*OTHERS, *RIGHT, replace(WRONG[0], photographers=("邸东芳",))]) == {}


def test_people_whom_the_authority_file_knows_are_not_merged() -> None:
    articles = [*OTHERS, *RIGHT, *WRONG]
    assert merged(articles, authority("邸东芳")) == {"邱东芳": "邸东芳"}
    assert merged(articles, authority("邸东芳", "邱东芳")) == {}
    assert merged(articles, authority("邱东芳")) == {}
    assert find(articles, authority(different=[("邱东芳", "邸东芳")])) == []


def test_a_name_that_looks_like_two_others_is_left_alone() -> None:
    [doubt] = find([*OTHERS, *stories("李雷", 12, "御河街道", "党建"), *RIGHT, *stories("邢东芳", 12), *WRONG[:1]])
    assert "也像" in doubt.doubt


def test_two_misreadings_on_one_page_are_not_one_person() -> None:
    found = merged(
        [*OTHERS, *RIGHT, *stories("邱东芳", 1), *stories("邢东芳", 1)], 邱东芳0="/one.txt", 邢东芳0="/one.txt"
    )
    assert len(found) == 1


def test_a_year_in_which_the_other_did_not_write_is_a_doubt() -> None:
    def dated(articles: Iterable[Article], year: int) -> list[Article]:
        day = date(year, 5, 6)
        return [replace(article, date=PublicationDate(day, day, "manifest")) for article in articles]

    assert merged([*OTHERS, *dated(RIGHT, 2022), *dated(WRONG, 2023)]) == {"邱东芳": "邸东芳"}
    assert merged([*OTHERS, *dated(RIGHT, 2022), *dated(WRONG, 2012)]) == {}


def test_another_version_under_the_right_name_is_evidence() -> None:
    bare = [replace(story, streets=(), topics=()) for story in RIGHT]
    version = replace(WRONG[0], streets=(), topics=(), duplicate_of=bare[0].id)
    [found] = find([*OTHERS, *bare, version])
    assert (found.versions, found.doubt) == (1, "")


def test_the_order_of_the_articles_does_not_matter() -> None:
    articles = [*OTHERS, *RIGHT, *WRONG, *stories("邢东芳", 1), *stories("邸显", 9), *stories("邸昱", 1)]
    wanted = find(articles)
    random.Random(5).shuffle(articles)
    assert find(articles) == wanted
    assert len(wanted) == 3


def test_many_names_in_bounded_time() -> None:
    crowd = [Article(f"{n}", Source("p"), reporters=(f"邱{chr(0x4E00 + n)}芳",)) for n in range(20_000)]
    assert find(crowd) == []
