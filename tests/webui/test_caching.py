"""What a browser may keep is kept, and nothing is kept that has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from search.archive import Archive
from tests.webui.conftest import BRIDGE, ROSE
from webui.app import create_app
from webui.caching import STATIC

PAGES = (
    *("/", "/search?q=居民", "/search.json?q=居民", "/search.csv", "/article/rose", "/dates"),
    *("/trends?term=月季", "/help", "/marked"),
)


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" in again.headers


def test_compressed_or_not_the_tag_is_good(client: FlaskClient) -> None:
    tag = client.get("/dates", headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert tag.startswith("W/")
    assert client.get("/dates", headers={"If-None-Match": tag}).status_code == 304


def test_every_address_has_a_tag_of_its_own(client: FlaskClient) -> None:
    tags = [client.get(address).headers["ETag"] for address in PAGES]
    assert len(set(tags)) == len(PAGES)
    wrong = client.get(PAGES[0], headers={"If-None-Match": tags[1]})
    assert wrong.status_code == 200


def test_a_changed_archive_is_shown(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ROSE])
    client = create_app({"INDEX": tmp_path / "index", "TESTING": True}).test_client()
    before = client.get("/article/rose").headers["ETag"]
    client.application.extensions["baoku"].archive().add([replace(ROSE, title="换了标题"), BRIDGE])
    answer = client.get("/article/rose", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "换了标题" in answer.text


@pytest.mark.parametrize("address", ["/nowhere", "/search?from=x", "/article/rose?view=original"])
def test_what_may_change_by_itself_has_no_tag(client: FlaskClient, address: str) -> None:
    assert "ETag" not in client.get(address).headers


def test_what_depends_on_the_moment_has_no_tag(client: FlaskClient) -> None:
    """Other queries for one that finds little are tried only for a time."""
    assert "ETag" not in client.get("/search?q=没有这样的词").headers
    assert "ETag" not in client.get("/search.json?q=没有这样的词").headers


def test_static_files_are_kept_for_ever_under_their_hash(client: FlaskClient, app: Flask) -> None:
    with app.test_request_context():
        address = url_for("static", filename="reading-room.js")
    folder = address.rpartition("/")[0]
    for path in STATIC.iterdir():
        answer = client.get(f"{folder}/{path.name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    assert folder in client.get("/search").text
    assert client.get("/static/000000000000/reading-room.js").status_code == 404


def test_modules_import_one_another_from_where_they_are() -> None:
    """A relative address keeps the hash of the importing module."""
    for path in STATIC.glob("*.js"):
        imports = [line for line in path.read_text("utf-8").splitlines() if line.startswith("import ")]
        assert all(' from "./' in line for line in imports)
