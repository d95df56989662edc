"""The URL of a search says the same thing as the request, both ways."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from search.request import FACETS, MISSING, SORTS, SearchRequest
from webui import params

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = TEXT.map(str.strip).filter(bool)
DAYS = st.dates(min_value=date(1000, 1, 1))
PERIODS = st.one_of(DAYS.map(lambda day: f"{day:%Y}"), DAYS.map(lambda day: f"{day:%Y-%m}"), st.just(MISSING))


def chosen() -> st.SearchStrategy[dict[str, tuple[str, ...]]]:
    def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)

    plain = {facet: several(NAMES) for facet in FACETS if facet != "date"}
    return st.fixed_dictionaries({}, optional={"date": several(PERIODS), **plain})


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if first and last and last < first:
        first, last = last, first
    return SearchRequest(
        query=draw(TEXT),
        only=draw(chosen()),
        without=draw(chosen()),
        first_day=first,
        last_day=last,
        sort=draw(st.sampled_from(SORTS)),
        page=draw(st.integers(1, params.LAST_PAGE)),
        per_page=draw(st.integers(1, params.MOST_PER_PAGE)),
        all_versions=draw(st.booleans()),
    )


def arguments(query_string: str) -> MultiDict[str, str]:
    """What a browser's request for this address delivers."""
    return Request(EnvironBuilder(query_string=query_string).get_environ()).args


def read(query_string: str) -> params.Reading:
    return params.read(arguments(query_string))


@given(requests())
def test_a_request_comes_back_from_its_url(request: SearchRequest) -> None:
    assert read(params.query_string(request)) == params.Reading(request)


@given(requests())
def test_a_request_comes_back_from_its_token(request: SearchRequest) -> None:
    args, unread = params.expand(MultiDict({"next": params.token(request, "s")}))
    assert (params.read(args).request, unread) == (request, ())


@given(requests(), st.sampled_from(FACETS[1:]), NAMES)
def test_toggling_twice_changes_nothing_but_the_page(request: SearchRequest, facet: str, value: str) -> None:
    once = params.toggled(request, facet, value)
    twice = params.toggled(once, facet, value)
    assert once.page == 1
    if value not in (*request.only.get(facet, ()), *request.without.get(facet, ())):
        assert value in once.only[facet]
        assert params.write(twice) == [pair for pair in params.write(request) if pair[0] != "page"]


@given(st.binary(max_size=60))
def test_no_token_breaks_the_reading(junk: bytes) -> None:
    args, _ = params.expand(MultiDict({"next": junk.decode("latin-1")}))
    assert isinstance(args, MultiDict)


def test_a_token_that_means_nothing_is_told() -> None:
    args, unread = params.expand(MultiDict({"next": "AAAA", "q": "水"}))
    assert params.read(args).request.query == "水"
    assert "无法读取" in unread[0]


def test_the_plain_request_has_an_empty_url() -> None:
    assert params.query_string(SearchRequest()) == ""


def test_repeated_names_are_alternatives_and_empty_ones_nothing() -> None:
    request = read("street=甲&street=乙&street=甲&reporter=&from=&sort=&unknown=1").request
    assert request == SearchRequest(only={"street": ("甲", "乙")})


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-13-45", "2022-02-30", "0000", "22", "二〇二二", "2022-05-", "2022-00"]
)
@pytest.mark.parametrize("name", ["from", "to", "date", "not_date"])
def test_unreadable_dates_are_refused_in_words(name: str, text: str) -> None:
    with pytest.raises(params.ParametersInvalid, match=f"{name}=“{text}”"):
        read(f"{name}={text}")


def test_a_day_is_no_value_of_the_date_facet() -> None:
    with pytest.raises(params.ParametersInvalid, match="from 和 to"):
        read("date=2022-05-22")


def test_every_unreadable_date_is_told() -> None:
    with pytest.raises(params.ParametersInvalid) as refusal:
        read("from=x&to=y&date=z")
    assert len(refusal.value.errors) == 3


@pytest.mark.parametrize(
    ("query_string", "request_read"),
    [
        ("page=abc", SearchRequest()),
        ("page=-1", SearchRequest()),
        ("page=0", SearchRequest()),
        ("page=" + "9" * 5000, SearchRequest()),
        ("per_page=0", SearchRequest(per_page=1)),
        ("per_page=99999", SearchRequest(per_page=100)),
        ("sort=xx", SearchRequest()),
        ("versions=some", SearchRequest()),
        ("next=%21%21", SearchRequest()),
        ("from=2023&to=2022", SearchRequest(first_day=date(2022, 1, 1), last_day=date(2023, 12, 31))),
    ],
)
def test_bad_values_are_mended_with_a_note(query_string: str, request_read: SearchRequest) -> None:
    args, unread = params.expand(arguments(query_string))
    reading = params.read(args)
    assert reading.request == request_read
    assert len((*unread, *reading.notes)) == 1


def test_a_huge_page_is_a_large_one() -> None:
    assert read(f"page={10**9}").request.page == params.LAST_PAGE


def test_any_size_of_a_page_up_to_the_largest_is_taken() -> None:
    assert read("per_page=7") == params.Reading(SearchRequest(per_page=7))


def test_more_filters_than_a_page_can_link_are_refused() -> None:
    many = "&".join(f"street=s{number}&drop=d{number}" for number in range(params.MOST_VALUES // 2))
    assert len(read(many).request.drop) == params.MOST_VALUES // 2
    with pytest.raises(params.ParametersInvalid, match=f"最多 {params.MOST_VALUES} 个，网址里有 101 个"):
        read(f"{many}&not_topic=one")
