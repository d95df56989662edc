"""Completions over HTTP."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient


def suggested(client: FlaskClient, address: str) -> list[object]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-suggestions+json"
    return json.loads(answer.data)  # type: ignore[no-any-return]


def test_four_values_as_opensearch_has_them(client: FlaskClient) -> None:
    typed, queries, descriptions, addresses = suggested(client, "/suggest?q=liuyin")
    assert typed == "liuyin"
    assert queries[0] == "street:柳荫街道"  # type: ignore[index]
    assert descriptions[0] == "街道 柳荫街道，2 篇"  # type: ignore[index]
    assert len(queries) == len(descriptions) == len(addresses)  # type: ignore[arg-type]


def test_each_address_is_the_search_for_its_query(client: FlaskClient) -> None:
    for typed in ("lxh", "月季", "msfw", "huaishu"):
        _, queries, _, addresses = suggested(client, f"/suggest?q={typed}")
        assert queries
        for query, address in zip(queries, addresses, strict=True):  # type: ignore[call-overload]
            parts = urlsplit(address)
            assert (parts.scheme, parts.netloc, parts.path) == ("http", "localhost", "/search")
            assert parse_qs(parts.query) == {"q": [query]}
            assert client.get(f"{parts.path}.json?{parts.query}").json["total"] > 0  # type: ignore[index]


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=%20", "?q=%FF%FE", "?q=%ED%A0%80", "?q=" + "a" * 5000, "?q=%22(((", "?p=x"]
)
def test_nothing_and_nonsense_have_empty_lists(client: FlaskClient, query: str) -> None:
    assert suggested(client, f"/suggest{query}")[1:] == [[], [], []]


def test_markup_is_only_text(client: FlaskClient) -> None:
    _, queries, descriptions, _ = suggested(client, "/suggest?q=老桥")
    assert "title:“老桥重修记" in queries[-1] or "老桥" in queries[-1]  # type: ignore[index]
    assert client.get("/suggest?q=老桥").headers["X-Content-Type-Options"] == "nosniff"
    assert descriptions


def test_behind_the_name_of_a_field_its_values(client: FlaskClient) -> None:
    _, queries, descriptions, _ = suggested(client, "/suggest?q=记者:林")
    assert queries == ["reporter:林小禾"]
    assert descriptions == ["记者 林小禾，16 篇"]
    assert "section:街巷新语" in suggested(client, "/suggest?q=栏目:")[1]  # type: ignore[operator]
    assert "体裁 消息，" in "".join(suggested(client, "/suggest?q=体裁:消")[2])  # type: ignore[arg-type]
