"""Filters and counts, against plain sets of articles."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest
from engine_samples import (
    ALL,
    REPORTERS,
    SENTENCES,
    STREETS,
    TOPICS,
    ids,
    literally,
    store_all,
    story,
    values,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article, Source
from search.request import FACETS, MISSING, SearchRequest
from search.text import fold


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return store_all(tmp_path_factory.mktemp("archive") / "index")


def passes(article: Article, request: SearchRequest, leave_out: str | None = None) -> bool:
    """The filters of a request, taken from their description and without any index."""
    for facet in FACETS:
        if facet == leave_out:
            continue
        own = values(article, facet)
        if request.only.get(facet) and not own & set(request.only[facet]):
            return False
        if own & set(request.without.get(facet, ())):
            return False
    return leave_out == "date" or in_range(article, request)


def in_range(article: Article, request: SearchRequest) -> bool:
    if not (request.first_day or request.last_day):
        return True
    start, end = article.date.start, article.date.end
    if not start or not end:
        return False
    return (request.last_day or date.max) >= start and end >= (request.first_day or date.min)


chosen = st.fixed_dictionaries(
    {},
    optional={
        "street": st.lists(st.sampled_from([*STREETS, MISSING, "没有的街道"]), max_size=3, unique=True),
        "reporter": st.lists(st.sampled_from([*REPORTERS, "陈听雨", MISSING]), max_size=2, unique=True),
        "topic": st.lists(st.sampled_from(TOPICS), max_size=2, unique=True),
        "kind": st.lists(st.sampled_from(["news", "photo"]), max_size=2, unique=True),
        "section": st.lists(st.sampled_from(["城事", MISSING]), max_size=2, unique=True),
        "date": st.lists(st.sampled_from(["2021", "2022", "2022-03", "2022-11", MISSING]), max_size=2, unique=True),
    },
).map(lambda filters: {facet: tuple(values) for facet, values in filters.items()})
bounds = st.none() | st.dates(date(2021, 9, 1), date(2023, 6, 1))


@settings(deadline=None)
@given(
    word=st.sampled_from(["", *(f'"{fold(sentence[:4])}"' for sentence in SENTENCES)]),
    only=chosen,
    without=chosen,
    first_day=bounds,
    last_day=bounds,
    all_versions=st.booleans(),
)
def test_totals_and_counts_are_those_of_plain_sets(
    archive: Archive,
    word: str,
    only: dict[str, tuple[str, ...]],
    without: dict[str, tuple[str, ...]],
    first_day: date | None,
    last_day: date | None,
    all_versions: bool,
) -> None:
    request = SearchRequest(word, only, without, first_day, last_day, all_versions=all_versions, per_page=100)
    results = archive.answer(request)
    found = [ALL[identity] for identity in literally(word.strip('"'), None)]
    unit = (lambda article: article.id) if all_versions else story
    assert results.total == len({unit(article) for article in found if passes(article, request)})
    assert results.total == len(results.hits)
    for facet in FACETS:
        pairs = {(unit(a), v) for a in found if passes(a, request, leave_out=facet) for v in values(a, facet)}
        expected = dict.fromkeys((*only.get(facet, ()), *without.get(facet, ())), 0)
        for _, value in pairs:
            expected[value] = expected.get(value, 0) + 1
        assert {value.value: value.count for value in results.facets[facet]} == expected
        assert {v.value for v in results.facets[facet] if v.selected} == set(only.get(facet, ()))
        assert {v.value for v in results.facets[facet] if v.excluded} == set(without.get(facet, ()))
    months = {v.value: v.count for v in results.facets["date"] if "-" in v.value and v.count}
    assert {month.month: month.count for month in results.timeline} == months


def test_a_click_on_a_value_gives_as_many_hits_as_it_says(archive: Archive) -> None:
    for facet, facet_values in archive.search("社区").facets.items():
        for value in facet_values:
            assert archive.search("社区", **{facet: value.value}).total == value.count


def test_facet_values_follow_by_count_and_dates_by_time(archive: Archive) -> None:
    facets = archive.search().facets
    streets = [(value.value == MISSING, -value.count, value.value) for value in facets["street"]]
    assert streets == sorted(streets)
    dates = [value.value for value in facets["date"]]
    assert dates[-1] == MISSING
    assert dates[:-1] == sorted(dates[:-1])
    labels = {value.value: value.label for value in facets["date"]}
    assert (labels["2022"], labels["2022-05"], labels[MISSING]) == ("2022年", "2022年5月", MISSING)
    assert {value.value: value.label for value in facets["kind"]}["feature"] == "通讯"


def test_combined_filters_are_intersections(archive: Archive) -> None:
    for (one, two), street in product(combinations(REPORTERS, 2), STREETS):
        both = set(ids(archive, reporter=[one, two], street=street, all_versions=True))
        either = [set(ids(archive, reporter=name, street=street, all_versions=True)) for name in (one, two)]
        assert both == either[0] | either[1]


@pytest.mark.parametrize("value", ["x-y", "2022-", "-", "", "2022-99", "²⁰²²", "\ud800"])
def test_filter_values_that_make_no_sense_find_nothing(archive: Archive, value: str) -> None:
    for facet in FACETS:
        results = archive.search(**{facet: value})
        assert results.total == 0
        assert [v.count for v in results.facets[facet] if v.value == value] == [0]


def test_an_archive_without_articles_can_be_asked_for_what_has_no_value(tmp_path: Path) -> None:
    empty = Archive.create(tmp_path / "index")
    assert [empty.search(**{facet: MISSING}).total for facet in FACETS] == [0] * len(FACETS)


def test_an_empty_value_and_the_name_for_none_are_none(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    streets = {"a": ("",), "b": (MISSING,), "c": (), "d": ("", "西街街道", MISSING)}
    archive.add(Article(identity, Source("f"), body="雨", streets=own) for identity, own in streets.items())
    assert archive.search().counts["street"] == {"西街街道": 1, MISSING: 3}
    assert archive.search(street=MISSING).total == archive.search(f"街道:{MISSING}").total == 3
