"""The interface for programs: what it answers, that the document says so, and what it refuses."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import DATE_SOURCES, KINDS, Article, Source, to_record
from search.export import EXPORTS
from search.export.verify import verify_file
from search.receipt import read
from search.request import FACETS
from search.suggest.alternatives import FEW
from tests.webui.conftest import ROSE, day, many
from tests.webui.markup import Page
from webui.api import answers
from webui.api.document import document
from webui.api.operation import OPERATIONS
from webui.api.schema import Schema
from webui.app import create_app

EXAMPLES = {
    "search": [
        "search?q=月季",
        "search?q=yueji",
        "search?q=核酸检测 或 实事&per_page=3",
        "search?q=月季&street=石桥街道",
    ],
    "facets": ["facets?q=实事", "facets?q=实事&facet=street&facet=topic"],
    "suggest": ["suggest?q=lin", "suggest?q=", "suggest?q=%21"],
    "timeline": ["timeline?q=实事", "timeline?by=year", "timeline?q=实事&from=2021-05"],
    "trends": ["trends?term=月季&term=实事&by=month", "trends?term=月季&street=柳荫"],
    "coverage": ["coverage", "coverage?from=2022", "coverage?from=1950&to=1960"],
    "article": ["article/rose", "article/poem"],
    "similar": ["similar/n001", "similar/n001?limit=1"],
    "story": ["story/n001"],
    "stats": ["stats"],
}
REFUSED = [
    ("search?page=0", "page"),
    ("search?page=1.5", "page"),
    ("search?per_page=101", "per_page"),
    ("search?per_page=", "per_page"),
    ("search?sort=up", "sort"),
    ("search?sort=newest&sort=oldest", "sort"),
    ("search?from=2022-13-45", "from"),
    ("search?date=2022-05-22", "date"),
    ("search?versions=some", "versions"),
    ("search?next=AAAA", "next"),
    ("search?q=" + "字" * 1001, "q"),
    ("facets?facet=author", "facet"),
    ("timeline?by=week", "by"),
    ("trends", "term"),
    ("trends?" + "&".join(f"term=词{number}" for number in range(6)), "term"),
    ("suggest", "q"),
    ("similar/rose?limit=51", "limit"),
    ("export?format=pdf", "format"),
    ("coverage?to=later", "to"),
]


def ask(client: FlaskClient, address: str) -> Any:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.text
    return answer.json


def paths(value: Any, here: str = "") -> Iterator[str]:
    """The keys of an answer with those that they are in; keys that are data count as one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = "*" if here in ("facets", "years", "issues[].pages", "names", "article.names_printed") else key
            yield from (f"{here}.{name}".lstrip("."), *paths(inner, f"{here}.{name}".lstrip(".")))
    elif isinstance(value, list):
        for item in value:
            yield from paths(item, f"{here}[]")


def described(schema: Schema, here: str = "") -> Iterator[str]:
    """The same of a schema."""
    if "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for key, inner in schema.get("properties", {}).items():
        yield from (f"{here}.{key}".lstrip("."), *described(inner, f"{here}.{key}".lstrip(".")))
    if "items" in schema:
        yield from described(schema["items"], f"{here}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from (f"{here}.*", *described(schema["additionalProperties"], f"{here}.*"))
    for part in schema.get("anyOf", ()):
        yield from described(part, here)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_document_names_every_key_of_an_answer(client: FlaskClient, name: str) -> None:
    answer = document()["paths"][f"/api/v1/{name}" + "/{identity}" * (name in ("article", "similar", "story"))]["get"]
    known = set(described(answer["responses"]["200"]["content"]["application/json"]["schema"]))
    for address in EXAMPLES[name]:
        assert set(paths(ask(client, address))) <= known, address


def test_every_operation_has_an_example_here() -> None:
    assert {each.name for each in OPERATIONS} == {*EXAMPLES, "export", "receipt"}


def test_the_record_of_the_document_is_that_of_the_archive(client: FlaskClient) -> None:
    assert list(answers.Record.__annotations__) == list(to_record(ROSE))
    record = document()["components"]["schemas"]["Record"]["properties"]
    assert record["kind"]["enum"] == list(KINDS)
    assert record["date_source"]["enum"] == list(DATE_SOURCES)
    article = ask(client, "article/rose")
    assert article["article"] == json.loads(json.dumps(to_record(ROSE)))
    assert article["digest"] == ROSE.digest()
    assert (article["versions"], article["url"]) == (["rose", "rose-b"], "http://localhost/article/rose")


def test_a_search_is_that_of_the_pages_own_address(client: FlaskClient) -> None:
    here, there = ask(client, "search?q=居民&sort=newest"), client.get("/search.json?q=居民&sort=newest").json
    own = {"took_ms", "facets", "did_you_mean"}
    assert {key: here[key] for key in here if key not in own} == {key: there[key] for key in there if key not in own}
    assert list(here) == list(there)


def test_links_stay_in_the_interface(client: FlaskClient) -> None:
    answer = ask(client, "search?q=居民")
    value = next(value for value in answer["facets"]["street"] if value["value"] == "东篱街道")
    assert client.get(value["toggle_url"]).json["total"] == value["count"]
    assert value["toggle_url"].startswith("/api/v1/search?")


def test_tokens_lead_through_all_hits(client: FlaskClient) -> None:
    listed, answer = [], ask(client, "search?q=实事&per_page=7&sort=oldest")
    while True:
        listed += [hit["id"] for hit in answer["hits"]]
        if answer["next"] is None:
            break
        answer = ask(client, f"search?next={answer['next']}&q=ignored")
    assert listed == [f"n{number:03}" for number in range(60)]


def test_facets_are_those_of_the_search(client: FlaskClient) -> None:
    counted = ask(client, "facets?q=实事&facet=street&facet=date")
    assert set(counted["facets"]) == {"street", "date"}
    searched = ask(client, "search?q=实事")["facets"]
    assert list(ask(client, "facets?q=实事")["facets"]) == list(FACETS)
    assert [(one["value"], one["count"]) for one in counted["facets"]["street"]] == [
        (one["value"], one["count"]) for one in searched["street"]
    ]


def test_what_is_not_held_is_not_zero(tmp_path: Path) -> None:
    stories = [
        Article(printed, Source("a.txt"), title="路灯", body="路灯亮了", date=day(printed))
        for printed in ("2021-01-05", "2021-03-09")
    ]
    Archive.create(tmp_path / "index").add(stories)
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    (_, february, march) = ask(client, "timeline?q=亮了&by=month")["periods"]
    assert february == {"period": "2021-02", "held": 0, "missing_months": 1, "hits": None, "per_thousand": None}
    assert (march["hits"], march["per_thousand"]) == (1, 1000)
    (_, february, _) = ask(client, "trends?term=亮了&term=无此&by=month")["periods"]
    assert (february["hits"], february["per_thousand"]) == (None, None)
    coverage = ask(client, "coverage")
    assert coverage["empty_months"] == ["2021-02"]
    assert [month["issues"] for month in coverage["months"]] == [1, 0, 1]
    assert [issue["date"] for issue in coverage["issues"]] == ["2021-01-05", "2021-03-09"]
    assert ask(client, "coverage?from=2021-03")["months"] == [{"month": "2021-03", "issues": 1, "stories": 1}]


def test_an_empty_archive_has_answers_too(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index")
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    for address in ("search", "facets", "timeline", "trends?term=水", "coverage", "stats", "suggest?q=水", "export"):
        assert client.get(f"/api/v1/{address}").status_code == 200
    assert ask(client, "coverage")["first_day"] is None


def test_terms_are_counted_as_searches(client: FlaskClient) -> None:
    answer = ask(client, "trends?term=月季&term=实事&street=柳荫")
    totals = {term["term"]: term["total"] for term in answer["terms"]}
    assert totals == {term: ask(client, f"search?q={term}&street=柳荫")["total"] for term in ("月季", "实事")}


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_an_export_has_all_hits(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/api/v1/export?q=实事&format={form}&page=3&per_page=10")
    assert (answer.status_code, answer.mimetype) == (200, EXPORTS[form].media_type)
    verdict = verify_file(io.BytesIO(answer.get_data()))
    assert (verdict.state, verdict.rows) == ("whole", 60)


def test_a_receipt_is_that_of_the_search(client: FlaskClient) -> None:
    answer = client.get("/api/v1/receipt?q=实事&street=东篱&page=2")
    made = read(answer.get_data())
    assert (made.total, made.request.query) == (ask(client, "search?q=实事&street=东篱")["total"], "实事")
    assert client.get("/api/v1/receipt?sort=up").status_code == 400


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    assert ask(client, "search?q=月季&utm_source=x&lang=en")["total"] == 2


@pytest.mark.parametrize(("address", "name"), REFUSED)
def test_a_bad_value_is_refused_by_name(client: FlaskClient, address: str, name: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert list(answer.json) == ["ok", "error", "errors", "status"]
    assert (answer.json["ok"], answer.json["status"], len(answer.json["errors"])) == (False, 400, 1)
    assert f"参数 {name}" in answer.json["error"]


def test_all_that_is_wrong_is_told_at_once(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/search?page=x&sort=y&from=z&date=2022-05-22").json["errors"]) == 4


@pytest.mark.parametrize("address", ["article/none", "similar/none", "story/none", "nowhere", "article//"])
def test_what_is_not_there_is_told_in_json(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.json["ok"], answer.json["status"]) == (404, False, 404)


def test_an_id_with_slashes_is_found(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index").add([Article("a//b", Source("a.txt"), title="斜线", body="斜线")])
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    assert ask(client, "article/a%2F%2Fb")["article"]["title"] == "斜线"


def test_only_reading(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.json["status"], sorted(answer.headers["Allow"].split(", "))) == (
        405,
        405,
        ["GET", "HEAD"],
    )


@pytest.mark.parametrize("address", ["search?q=月季&per_page=1", "article/rose", "export?q=月季"])
def test_head_has_the_headers_alone(client: FlaskClient, address: str) -> None:
    answer = client.head(f"/api/v1/{address}")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.mimetype == client.get(f"/api/v1/{address}").mimetype


@pytest.mark.parametrize(
    "address", ["search?q=实事", "facets", "timeline", "article/rose", "stats", "coverage", "export"]
)
def test_an_answer_is_sent_again_only_after_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)
    archive = Archive.create(tmp_path / "index")
    archive.add([ROSE, *many(FEW + 1)])
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    tag = client.get(f"/api/v1/{address}").headers["ETag"]
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    archive.add([Article("new", Source("a.txt"), title="新的实事", body="实事")])
    after = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
    assert (after.status_code, after.headers["ETag"] == tag) == (200, False)


@pytest.mark.parametrize(
    ("setting", "origin", "allowed"),
    [
        ("", "https://a.cn", None),
        ("*", "https://a.cn", "*"),
        ("https://a.cn https://b.cn", "https://b.cn", "https://b.cn"),
        ("https://a.cn", "https://evil.cn", None),
        ("https://a.cn", "https://a.cn.evil.cn", None),
    ],
)
def test_other_sites_may_read_only_where_they_are_let(
    index: Path, setting: str, origin: str, allowed: str | None
) -> None:
    client = create_app({"INDEX": index, "CORS": setting}).test_client()
    for address in ("/api/v1/stats", "/api/v1/search?page=x"):
        answer = client.get(address, headers={"Origin": origin})
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get("/search.json", headers={"Origin": origin}).headers


def test_the_page_shows_the_whole_document(client: FlaskClient) -> None:
    page = Page(client.get("/api").text)
    assert all(path in page.text for path in document()["paths"])
    inside = {link.removeprefix("#") for link in page.links() if link.startswith("#")}
    assert inside <= {found.get("id") for _, found in page.tags}
    for each in OPERATIONS:
        if each.example:
            assert client.get(f"/api/v1{each.path}?{each.example}").status_code == 200


def test_the_document_is_the_same_for_all(client: FlaskClient) -> None:
    assert client.get("/api/openapi.json").json == json.loads(json.dumps(document()))
