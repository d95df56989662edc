"""Result lists to take away: the page of formats, and files that are whole and agree with the pages."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from search.export import EXPORTS
from search.export.reading import rows_of
from search.export.verify import WHOLE, verify_file
from tests.webui.markup import Page
from webui.downloads import USES


def paged(client: FlaskClient, address: str) -> list[str]:
    """The ids of all pages of JSON, one after another."""
    answer = client.get(address).json
    ids = [hit["id"] for hit in answer["hits"]]
    while answer["next"]:
        answer = client.get("/search.json", query_string={"next": answer["next"]}).json
        ids += [hit["id"] for hit in answer["hits"]]
    return ids


def test_the_page_offers_every_format_and_keeps_the_search(client: FlaskClient) -> None:
    page = Page(client.get("/export?q=实事&street=东篱&sort=oldest&page=2").text)
    assert [button["value"] for button in page.all("input", type="radio", name="format")] == [*EXPORTS]
    kept = {field["name"]: field["value"] for field in page.all("input", type="hidden")}
    assert kept == {"q": "实事", "street": "东篱", "sort": "oldest"}
    assert all(USES[form] in page.text for form in EXPORTS)


def test_the_page_speaks_the_language_of_its_address(client: FlaskClient) -> None:
    assert 'name="lang" value="en"' in client.get("/export?q=实事&lang=en").text


def test_the_search_page_leads_there(client: FlaskClient) -> None:
    assert (
        "/export?q=%E5%AE%9E%E4%BA%8B&sort=oldest"
        in Page(client.get("/search?q=实事&sort=oldest&page=2&per_page=20").text).links()
    )


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("query", ["实事", "绝无此词"])
def test_every_format_is_whole_and_agrees_with_the_pages(client: FlaskClient, form: str, query: str) -> None:
    answer = client.get("/export", query_string={"q": query, "format": form, "page": 3})
    assert answer.mimetype == EXPORTS[form].media_type
    assert f'filename="baoku.{EXPORTS[form].suffix}"' in answer.headers["Content-Disposition"]
    data = answer.get_data()
    ids = paged(client, f"/search.json?q={query}")
    assert [row.id for row in rows_of(io.BytesIO(data))] == ids
    if data:
        assert (verify_file(io.BytesIO(data)).state, len(ids)) == (WHOLE, len(ids))


def test_the_full_text_is_a_column_where_it_is_asked_for(client: FlaskClient) -> None:
    plain, full = (client.get(f"/export?q=月季&format=csv{more}").text for more in ("", "&text=1"))
    assert "body" not in plain.partition("\r\n")[0]
    rows = list(csv.DictReader(io.StringIO(full.removeprefix("\ufeff"), newline="")))
    assert "居民们推着小车" in rows[0]["body"] + rows[1]["body"]
    assert plain == client.get("/search.csv?q=月季").text


def test_what_cannot_be_answered_is_told_before_a_file_begins(client: FlaskClient) -> None:
    assert client.get("/export?format=xlsx&q=" + "a" * 20_000).status_code == 400
    assert client.get("/export?format=xlsx&from=x").status_code == 400
    page = client.get("/export?format=docx&q=月季")
    assert page.status_code == 200
    assert "docx" in page.text


def test_nothing_is_reflected_unescaped(client: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>'
    page = client.get("/export", query_string={"q": hostile, "format": hostile, "street": hostile}).text
    assert "<script>alert" not in page
