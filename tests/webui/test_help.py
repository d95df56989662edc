"""The help page says what the document says, and its examples are searches."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.webui.markup import Page
from webui import help as manual

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = DOCS / "query-language.md"
BUNDLED = Path(manual.__file__).parent / "documents"


@pytest.mark.parametrize("name", manual.DOCUMENTS.values())
def test_it_is_the_document_of_the_query_language(name: str) -> None:
    assert (BUNDLED / name).read_bytes() == (DOCS / name).read_bytes()


def test_it_is_in_the_language_of_the_page(client: FlaskClient) -> None:
    english = Page(client.get("/help?lang=en").text)
    assert "Nearness" in english.text
    assert "相距多远" not in english.text
    examples = [link for link in english.links() if link.startswith("/search?")]
    assert len(examples) == len([link for link in Page(client.get("/help").text).links() if "/search?" in link])
    assert all("lang=en" in link for link in examples)


def test_every_example_leads_to_its_search(client: FlaskClient) -> None:
    links = [link for link in Page(client.get("/help").text).links() if link.startswith("/search?")]
    rows = [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(links) == len(rows)
    assert parse_qs(urlsplit(links[1]).query) == {"q": ["老旧小区"]}
    assert any(parse_qs(urlsplit(link).query) == {"q": ["居民|社区"]} for link in links)
    assert all(client.get(link).status_code == 200 for link in links)


def test_links_to_its_sections_hold_and_others_are_words(client: FlaskClient) -> None:
    page = Page(client.get("/help").text)
    ids = {found["id"] for _, found in page.tags if "id" in found}
    assert {link[1:] for link in page.links() if link.startswith("#")} <= ids
    assert not [link for link in page.links() if ".md" in link]
    assert "同义词表" in page.text


def test_the_hits_of_the_sample_archive_are_left_out(client: FlaskClient) -> None:
    page = Page(client.get("/help").text)
    tables = len(page.all("table"))
    assert len(page.all("th")) == 3 * tables
    assert len(page.all("td")) == 3 * (len(page.all("tr")) - tables)


def test_it_is_linked_from_the_box_and_the_footer(client: FlaskClient) -> None:
    for address in ("/search", "/article/rose", "/streets"):
        assert Page(client.get(address).text).links().count("/help") == 2
