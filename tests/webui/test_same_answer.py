"""The box of the web page, the command line and the interface for programs give identical hits for the same text."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from baoku import main
from search.archive import Archive
from search.request import SearchRequest
from webui.app import create_app

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
QUERIES = [
    "",
    "社区",
    "老旧小区改造",
    '"老旧小区"',
    "居民 -创城",
    "居民 OR 创城",
    "（居民 或 社区） －标题:创城",
    "居民 NEAR/10 社区",
    "社区?院 | 老*小区",
    "何田田~",
    "街道:永泰 日期:2020..2023",
    "记者:未注明 版:05",
    '社区 "没有闭合',
    "*",
    "<script>",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("same") / "index"
    CliRunner().invoke(main, ["index", str(SAMPLE), "--index", str(path)])
    return path


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return create_app({"INDEX": index}).test_client()


@pytest.mark.parametrize("query", QUERIES)
def test_the_doors_agree(index: Path, client: FlaskClient, query: str) -> None:
    expected = [hit.article.id for hit in Archive.open(index).search(query, per_page=100).hits]
    total = Archive.open(index).search(query).total
    asked = {"q": query, "per_page": "100"}
    answer = client.get("/search.json", query_string=asked).json
    assert [hit["id"] for hit in answer["hits"]] == expected
    page = client.get("/search", query_string=asked).text
    assert [unquote(unescape(found)) for found in re.findall(r'<h2><a href="/article/([^"?]+)', page)] == expected
    typed = CliRunner().invoke(
        main, ["search", query, "--index", str(index), "--limit", "100", "--format", "json"], catch_exceptions=False
    )
    answered = json.loads(typed.stdout)
    assert [hit["id"] for hit in answered["hits"]] == expected
    assert total == answer["total"] == answered["total"]


@pytest.mark.parametrize("query", QUERIES)
def test_the_interface_agrees_with_itself(index: Path, client: FlaskClient, query: str) -> None:
    """One page, page by page, exported, and only counted: the same hits in the same order, and as many."""

    def ask(name: str, **asked: str) -> Any:
        return client.get(f"/api/v1/{name}", query_string=asked).json

    expected = [hit.article.id for hit in Archive.open(index).every(SearchRequest(query))]
    answer = ask("search", q=query, per_page="40")
    found = [hit["id"] for hit in answer["hits"]]
    while answer["next"]:
        answer = ask("search", next=answer["next"])
        found += [hit["id"] for hit in answer["hits"]]
    exported = client.get("/api/v1/export", query_string={"q": query, "format": "jsonl"}).text
    assert found == [json.loads(line)["id"] for line in exported.splitlines()] == expected
    counted = (ask(name, q=query)["total"] for name in ("search", "facets", "timeline"))
    assert {len(expected), *counted, ask("receipt", q=query)["total"]} == {len(expected)}
