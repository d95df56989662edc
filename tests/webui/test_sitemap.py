"""The sitemap: every article once, at the address at which it is; the limits of the protocol kept."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from tests.webui.conftest import ARTICLES
from webui import sitemap
from webui.app import create_app

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RESERVED = "a/b?c=d&e#f 甲\"<'"


def listed(client: FlaskClient, address: str, name: str) -> list[str]:
    """The addresses of an index (``sitemap``) or of a part (``url``)."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    element = ElementTree.fromstring(answer.data)
    assert element.tag == SPACE + {"sitemap": "sitemapindex", "url": "urlset"}[name]
    assert {child.tag for child in element} <= {SPACE + name}
    return [child.findtext(f"{SPACE}loc") or "" for child in element]


def articles(client: FlaskClient) -> list[list[str]]:
    """The addresses of all parts."""
    return [listed(client, urlsplit(part).path, "url") for part in listed(client, "/sitemap.xml", "sitemap")]


def test_robots_are_told_of_the_sitemap(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert "Disallow: /api/v1/" in lines


@pytest.mark.parametrize("most", [1, 7, 64, 50_000])
def test_every_article_is_listed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(sitemap, "MOST", most)
    parts = articles(client)
    assert [len(part) for part in parts[:-1]] == [most] * (len(parts) - 1)
    found = [address for part in parts for address in part]
    assert sorted(found) == sorted(f"http://localhost/article/{article.id}" for article in ARTICLES)


def test_a_commit_moves_few_articles_from_part_to_part(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(Article(f"a{number}", Source("a.txt"), title="路灯", body="亮了") for number in range(40))
    before = list(archive.identities())
    archive.add([Article("new", Source("a.txt"), title="新", body="新")])
    assert [identity for identity in archive.identities() if identity != "new"] == before
    assert list(archive.identities(10, 5)) == list(archive.identities())[10:15]


def test_any_id_is_an_address(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index").add([Article(RESERVED, Source("a.txt"), title="怪编号", body="怪")])
    client = create_app({"INDEX": tmp_path / "index"}).test_client()
    ((address,),) = articles(client)
    assert "怪编号" in client.get(address.removeprefix("http://localhost")).text


def test_an_empty_archive_has_an_empty_part(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index")
    assert articles(create_app({"INDEX": tmp_path / "index"}).test_client()) == [[]]


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x"])
def test_there_are_no_other_parts(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404
