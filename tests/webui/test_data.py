"""The answers for programs: JSON, CSV, health."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qsl

import pytest
from flask import Flask, has_app_context, has_request_context
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from search.request import FACETS
from webui import links, params, shelf


def test_the_keys_of_an_answer(client: FlaskClient) -> None:
    data = client.get("/search.json?q=月季").json
    assert list(data) == [
        *(
            "ok",
            "query",
            "understood",
            "notes",
            "expansions",
            "did_you_mean",
            "total",
            "took_ms",
            "corpus",
            "page",
            "per_page",
        ),
        *("hits", "facets", "timeline", "missing_months", "next"),
    ]
    assert (data["ok"], data["query"], data["total"], data["notes"], data["next"]) == (True, "月季", 2, [], None)
    assert (data["corpus"]["articles"], data["corpus"]["stories"]) == (64, 63)
    assert list(data["facets"]) == list(FACETS)


def test_the_keys_of_a_hit(client: FlaskClient) -> None:
    (hit,) = client.get("/search.json?q=三十户居民").json["hits"]
    assert set(hit) == {
        *("id", "url", "title", "kicker", "subtitle", "section", "date", "date_end", "date_source", "newspaper"),
        *(
            "page",
            "reporters",
            "authors",
            "streets",
            "primary_street",
            "topics",
            "kind",
            "complete",
            "versions",
            "score",
        ),
        "snippet",
    }
    assert (hit["id"], hit["url"], hit["date"], hit["page"]) == ("rose", "/article/rose", "2022-05-22", "3")
    assert (hit["reporters"], hit["versions"], hit["complete"]) == (["林小禾"], 2, True)


def test_snippets_have_marks_and_nothing_else(client: FlaskClient) -> None:
    hits = client.get("/search.json?q=月季&street=石桥街道").json["hits"]
    assert "<mark>月季</mark>" in hits[0]["snippet"]
    assert "<script" not in hits[0]["snippet"]


def test_a_toggle_adds_and_takes_back(client: FlaskClient) -> None:
    streets = client.get("/search.json?q=居民&page=2").json["facets"]["street"]
    value = next(value for value in streets if value["value"] == "东篱街道")
    assert set(value) == {"value", "label", "count", "selected", "excluded", "toggle_url"}
    assert "page=" not in value["toggle_url"]
    chosen = client.get(value["toggle_url"]).json
    assert chosen["total"] == value["count"] == 5
    value = next(value for value in chosen["facets"]["street"] if value["selected"])
    assert client.get(value["toggle_url"]).json["total"] == 61


def test_an_excluded_value_is_told_and_taken_back(client: FlaskClient) -> None:
    data = client.get("/search.json?q=月季&not_street=石桥街道").json
    assert data["total"] == 1
    value = next(value for value in data["facets"]["street"] if value["excluded"])
    assert client.get(value["toggle_url"]).json["total"] == 2


def test_tokens_lead_through_all_hits(client: FlaskClient) -> None:
    found, address = [], "/search.json?q=实事&per_page=20&sort=oldest"
    while address:
        data = client.get(address).json
        found += [hit["id"] for hit in data["hits"]]
        address = data["next"] and f"/search.json?next={data['next']}"
    assert len(found) == len(set(found)) == data["total"] == 60
    assert found == sorted(found)


def test_a_page_beyond_the_last_is_empty_so_that_programs_stop(client: FlaskClient) -> None:
    data = client.get("/search.json?q=月季&page=1000000000").json
    assert (data["ok"], data["total"], data["hits"], data["next"]) == (True, 2, [], None)
    assert "末页" in data["notes"][0]


def test_mended_values_are_noted(client: FlaskClient) -> None:
    data = client.get("/search.json?page=abc&sort=xx&per_page=500&next=!!").json
    assert len(data["notes"]) == 4
    assert data["per_page"] == 100


def test_partial_bounds_include_their_last_day(client: FlaskClient) -> None:
    assert client.get("/search.json?q=月季&from=2022-05&to=2022-05").json["total"] == 2
    assert client.get("/search.json?q=月季&from=2022-06-03&to=2022").json["total"] == 1
    assert client.get("/search.json?q=月季&from=2022-06-04").json["total"] == 0


def test_versions_can_be_counted_apart(client: FlaskClient) -> None:
    assert client.get("/search.json?q=月季&versions=all").json["total"] == 3


def test_csv_has_all_hits_whatever_the_page(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=实事&page=3&per_page=10")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == 61
    assert "http://localhost/article/n059" in {cell for row in rows for cell in row}


def test_csv_is_a_download_with_a_safe_and_a_chinese_name(client: FlaskClient) -> None:
    header = client.get("/search.csv", query_string={"q": '月季 "\r\n;/..'}).headers["Content-Disposition"]
    assert header == "attachment; filename=\"baoku.csv\"; filename*=UTF-8''%E6%8A%A5%E5%BA%93-%E6%9C%88%E5%AD%A3.csv"


def test_health(client: FlaskClient) -> None:
    corpus = client.get("/search.json").json["corpus"]["version"]
    assert client.get("/healthz").text == f"ok {corpus}\n"


def test_a_download_that_is_broken_off_leaves_nothing_open(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=实事")
    next(answer.iter_encoded())
    assert not has_request_context()
    assert not has_app_context()


def test_typed_values_become_those_of_the_archive(client: FlaskClient) -> None:
    data = client.get("/search.json?street=东篱&kind=消息").json
    assert data["total"] == 5
    (street,) = (value for value in data["facets"]["street"] if value["selected"])
    assert street["value"] == "东篱街道"
    assert "street=" not in street["toggle_url"]
    assert "kind=news" in street["toggle_url"]


def test_a_month_without_any_paper_is_told(client: FlaskClient) -> None:
    data = client.get("/search.json?q=月季").json
    assert "2022-05" not in data["missing_months"]
    assert data["missing_months"] == sorted(set(data["missing_months"]))
    held = {month["month"] for month in client.get("/search.json").json["timeline"]}
    assert not held.intersection(data["missing_months"])


@pytest.mark.parametrize(
    "state",
    [
        "q=居民",
        "q=居民&street=东篱&street=西坡街道&not_topic=教育&from=2021&sort=newest&per_page=50&drop=a%26b",
        "date=2021&not_date=2022&versions=all&kind=news",
    ],
)
def test_each_value_has_the_address_of_the_search_with_it(app: Flask, client: FlaskClient, state: str) -> None:
    asked = params.read(MultiDict(parse_qsl(state))).request
    with app.test_request_context():
        asked = shelf.archive().answer(asked).request
        for facet, values in client.get(f"/search.json?{state}").json["facets"].items():
            for value in values:
                toggled = params.toggled(asked, facet, value["value"])
                assert value["toggle_url"] == links.search_url(toggled, "data.search_json")
