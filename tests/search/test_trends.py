"""Hits over time are those that the searches count, and what is not held is never a zero."""

from __future__ import annotations

from datetime import date

import pytest

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.errors import QueryRefused
from search.request import MISSING, SearchRequest
from search.trends import MONTHS, MOST, Period, missing_months, periods


def story(identity: str, first: str | None, last: str | None = None, **more: object) -> Article:
    start, end = (date.fromisoformat(day) if day else None for day in (first, last or first))
    return Article(
        identity,
        Source(f"{identity}.txt"),
        title="路灯亮了",
        body=f"第{identity}盏路灯",
        date=PublicationDate(start, end, "manifest" if start else "none"),
        **more,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = Archive.create(tmp_path_factory.mktemp("trends") / "index")
    made.add(
        [
            story("甲", "2021-02-03", streets=("柳荫街道",)),
            story("乙", "2021-02-04", duplicate_of="甲"),
            story("丙", "2021-05-30", "2021-06-02", streets=("柳荫街道",)),
            story("丁", "2023-01-01"),
            story("戊", None),
        ]
    )
    return made


REQUESTS = [
    SearchRequest(),
    SearchRequest(all_versions=True),
    SearchRequest("甲"),
    SearchRequest("路灯", only={"date": ("2021-02",), "street": ("柳荫",)}),
    SearchRequest("路灯 -丙", without={"date": ("2021",)}),
    SearchRequest("路灯", first_day=date(2021, 6, 1), last_day=date(2022, 1, 1)),
    SearchRequest("绝无"),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_trends_are_what_the_search_counts(archive: Archive, request_: SearchRequest) -> None:
    answer = archive.answer(request_)
    (trend,) = archive.trends([request_])
    assert (trend.total, trend.counts) == (answer.total, answer.counts["date"])


def test_several_are_answered_in_their_order(archive: Archive) -> None:
    assert [trend.total for trend in archive.trends(REQUESTS[:3])] == [4, 5, 1]
    assert archive.trends([]) == []


def test_a_query_that_is_too_much_is_refused(archive: Archive) -> None:
    with pytest.raises(QueryRefused):
        archive.trends([SearchRequest(), SearchRequest("(" * 50 + "灯")])


def counted(archive: Archive, request: SearchRequest) -> list[Period]:
    held, hits = archive.trends([SearchRequest(), request])
    return periods(held.counts, [hits.counts], request)


def test_every_month_from_the_first_to_the_last_article_is_there(archive: Archive) -> None:
    shown = counted(archive, SearchRequest("路灯"))
    assert [period.name for period in (shown[0], shown[-1])] == ["2021-02", "2023-01"]
    assert len(shown) == 24
    assert [(period.name, period.held, period.hits) for period in shown if period.held] == [
        ("2021-02", 1, (1,)),
        ("2021-05", 1, (1,)),
        ("2021-06", 1, (1,)),
        ("2023-01", 1, (1,)),
    ]
    assert all(period.per_thousand() is None and period.missing == 1 for period in shown if not period.held)


def test_held_without_hits_is_a_zero(archive: Archive) -> None:
    shown = {period.name: period for period in counted(archive, SearchRequest("甲"))}
    assert shown["2023-01"].per_thousand() == 0
    assert shown["2022-01"].per_thousand() is None


def test_by_years_with_what_each_misses(archive: Archive) -> None:
    held, hits = archive.trends([SearchRequest(), SearchRequest("路灯")])
    shown = periods(held.counts, [hits.counts, held.counts], SearchRequest("路灯"), "year")
    assert shown == [
        Period("2021", 2, (2, 2), 8),
        Period("2022", 0, (0, 0), 12),
        Period("2023", 1, (1, 1), 0),
    ]
    assert shown[0].per_thousand() == 1000


@pytest.mark.parametrize(
    ("request_", "first", "last"),
    [
        (SearchRequest(only={"date": ("2021",)}), "2021-02", "2021-12"),
        (SearchRequest(only={"date": ("2022-03",)}), "2022-01", "2022-12"),
        (SearchRequest(only={"date": ("2022-03", MISSING, "2023")}), "2022-01", "2023-01"),
        (SearchRequest(first_day=date(2022, 5, 5)), "2022-01", "2023-01"),
        (SearchRequest(last_day=date(2021, 5, 5)), "2021-02", "2021-12"),
        (SearchRequest(only={"date": (MISSING,)}), "2021-02", "2023-01"),
    ],
    ids=str,
)
def test_dates_narrow_to_their_years(archive: Archive, request_: SearchRequest, first: str, last: str) -> None:
    shown = counted(archive, request_)
    assert (shown[0].name, shown[-1].name) == (first, last)


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(only={"date": ("1950",)}),
        SearchRequest(first_day=date(2030, 1, 1)),
        SearchRequest(only={"date": ("2021",)}, first_day=date(2023, 1, 1)),
    ],
    ids=str,
)
def test_dates_outside_show_nothing(archive: Archive, request_: SearchRequest) -> None:
    assert counted(archive, request_) == []


def test_nothing_dated_is_no_time() -> None:
    assert periods({MISSING: 3}, [{MISSING: 1}], SearchRequest()) == []


def test_a_long_time_is_shown_by_years() -> None:
    held = {"2020-01": 1, "2022-12": 1, "2020": 1, "2022": 1}
    assert len(periods(held, [], SearchRequest())) == MONTHS
    assert len(periods({**held, "2023-01": 1}, [], SearchRequest())) == 4
    assert len(periods({**held, "2023-01": 1}, [], SearchRequest(), "month")) == MONTHS + 1


def test_an_absurdly_long_time_ends_with_the_newest() -> None:
    shown = periods({"0021-01": 1, "2022-12": 2, "2022": 2}, [], SearchRequest())
    assert (len(shown), shown[-1].name) == (MOST, "2022")


def test_months_of_which_nothing_is_held() -> None:
    assert missing_months({"2020-11": 1, "2021-02": 3, "2020": 1, "2021": 3, MISSING: 2}) == ["2020-12", "2021-01"]
    assert missing_months({}) == missing_months({"2020-11": 1}) == []
    assert len(missing_months({"0021-01": 1, "2022-12": 2})) == MOST
