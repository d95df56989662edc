from dataclasses import FrozenInstanceError

import pytest

from search.request import FACETS, PER_PAGE, SORTS, SearchRequest


def test_an_empty_request_asks_for_everything_by_relevance() -> None:
    request = SearchRequest()
    assert (request.query, request.only, request.without, request.page) == ("", {}, {}, 1)


def test_the_defaults_are_among_the_choices() -> None:
    request = SearchRequest()
    assert request.sort in SORTS
    assert request.per_page in PER_PAGE


def test_the_facets_of_the_mission_come_first() -> None:
    assert FACETS[:4] == ("date", "street", "reporter", "topic")


def test_requests_do_not_share_their_filters() -> None:
    assert SearchRequest().only is not SearchRequest().only


def test_a_request_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SearchRequest().page = 2
