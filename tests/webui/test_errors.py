"""Whatever is asked, the answer is in words and never a traceback."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import parse_qs, quote_from_bytes, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.archive import Archive
from tests.webui.markup import Page
from webui import shelf
from webui.app import create_app
from webui.params import NAMES

ADDRESSES = ("/search", "/search.json", "/search.csv", "/article/rose", "/trends")
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SPICE = st.sampled_from(
    ['"', "(", ")", " AND ", " OR ", " NOT ", "*", "?", "~", ":", "NEAR/3 ", "标题:", "日期:", "\x00", "月季"]
)


@RELAXED
@given(st.sampled_from(ADDRESSES), st.lists(st.text(max_size=8) | SPICE, max_size=12).map("".join))
def test_no_words_break_the_search(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address, query_string={"q": words.encode("utf-8", "replace")})
    assert answer.status_code in (200, 400)


@RELAXED
@given(st.sampled_from(ADDRESSES), st.sampled_from(sorted({*NAMES, "next"})), st.binary(max_size=40))
def test_no_bytes_break_any_parameter(client: FlaskClient, address: str, name: str, raw: bytes) -> None:
    answer = client.get(f"{address}?{name}={quote_from_bytes(raw)}")
    assert answer.status_code in (200, 400)


@RELAXED
@given(st.binary(max_size=40))
def test_no_bytes_break_the_path(client: FlaskClient, raw: bytes) -> None:
    assert client.get(f"/article/{quote_from_bytes(raw)}").status_code in (200, 308, 404)


@pytest.mark.parametrize("query", ["x" * 100_000, "%00" * 8_000, "(" * 20_000, "*" * 10_000, '"' * 10_001])
@pytest.mark.parametrize("address", ADDRESSES)
def test_long_queries_are_refused_in_words(client: FlaskClient, address: str, query: str) -> None:
    assert client.get(f"{address}?q={query}").status_code in (200, 400, 414)


@pytest.mark.parametrize("host", ["x" * 300, "a..b", "<b>", "", "a b", "甲.cn"])
@pytest.mark.parametrize("address", ["/", *ADDRESSES, "/search?q=" + "x" * 40_000])
def test_no_host_breaks_an_answer(client: FlaskClient, host: str, address: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code in (200, 400, 414)


def test_an_unreadable_date_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/search?from=2022-13-45")
    assert answer.status_code == 400
    assert "2022-13-45" in Page(answer.text).text


def test_a_refused_search_leads_to_the_one_without_what_is_unreadable(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=月季&from=2022-13-45&street=柳荫街道").text)
    (other,) = (link for link in page.links() if link.startswith("/search?") and "from=" not in link)
    assert parse_qs(urlsplit(other).query) == {"q": ["月季"], "street": ["柳荫街道"]}
    assert client.get(other).status_code == 200
    filters = "&".join(f"street={number}" for number in range(101))
    assert "不管它" not in Page(client.get(f"/search?{filters}").text).text


@pytest.mark.parametrize("wrong", ["from=2022-13-45", "date=2022-05-22", "q=" + "x" * 2000])
def test_the_form_of_a_refused_search_keeps_what_could_be_read(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/search?{wrong}&date=2021&street=东篱街道&not_topic=教育&to=2022&sort=oldest&page=3")
    assert answer.status_code == 400
    hidden = [(field["name"], field["value"]) for field in Page(answer.text).all("input", type="hidden")]
    assert hidden == [
        *(("date", "2021"), ("street", "东篱街道"), ("not_topic", "教育"), ("to", "2022-12-31"), ("sort", "oldest")),
    ]


def test_an_unreadable_date_is_refused_in_json(client: FlaskClient) -> None:
    answer = client.get("/search.json?from=2022-13-45&to=never")
    assert answer.status_code == 400
    assert list(answer.json) == ["ok", "error", "errors", "status"]
    assert (answer.json["ok"], answer.json["status"], len(answer.json["errors"])) == (False, 400, 2)


def test_a_refused_query_is_refused_before_the_download_begins(client: FlaskClient) -> None:
    assert client.get("/search.csv?q=" + "a" * 20_000).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading(client: FlaskClient, method: str) -> None:
    answer = client.open("/search", method=method)
    assert answer.status_code == 405
    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "HEAD"]
    assert "只供阅读" in Page(answer.text).text


def test_head_is_answered(client: FlaskClient) -> None:
    for address in ("/", *ADDRESSES):
        assert client.head(address).status_code == 200


def test_unknown_addresses(client: FlaskClient) -> None:
    assert "没有这一页" in Page(client.get("/nowhere").text).text
    assert client.get("/nowhere.json").json["status"] == 404


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for address in ("/", *ADDRESSES, "/nowhere", "/search?from=x", "/static/nothing"):
        headers = client.get(address).headers
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]


@pytest.mark.parametrize("address", ["/", *ADDRESSES, "/healthz"])
def test_a_missing_index_is_told_and_found_later(tmp_path: Path, address: str) -> None:
    client = create_app({"INDEX": tmp_path / "later", "TESTING": True}).test_client()
    answer = client.get(address)
    assert answer.status_code == 503
    assert str(tmp_path / "later") in (answer.json["error"] if address.endswith(".json") else Page(answer.text).text)
    Archive.create(tmp_path / "later")
    assert client.get("/search").status_code == 200


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    (tmp_path / "not-an-index").write_text("some file")
    client = create_app({"INDEX": tmp_path / "not-an-index", "TESTING": True}).test_client()
    assert client.get("/").status_code == 503


def test_the_place_of_the_index_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert create_app().config["INDEX"] == "var/index"
    monkeypatch.setenv("BAOKU_INDEX", "/some/where")
    assert create_app().config["INDEX"] == "/some/where"
    assert create_app({"INDEX": "here"}).config["INDEX"] == "here"


@pytest.mark.parametrize("address", ["/", "/search.json"])
def test_a_fault_has_a_reference_and_no_traceback(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    def broken(_: object) -> Archive:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(shelf.Shelf, "archive", broken)
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get(address)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    reference = answer.text.partition("reference ")[2][:8]
    assert f"错误编号 {reference}" in caplog.text
