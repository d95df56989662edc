"""Feeds, the description for browsers, the rules for robots: read with a strict parser, and followed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Source
from tests.webui.markup import Page
from webui.app import create_app

NAMES = {"atom": "http://www.w3.org/2005/Atom", "os": "http://a9.com/-/spec/opensearch/1.1/"}


def feed(client: FlaskClient, address: str) -> Element:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.data)


def texts(element: Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, NAMES)]


def numbers(element: Element) -> list[int]:
    return [int(texts(element, f"os:{name}")[0]) for name in ("totalResults", "startIndex", "itemsPerPage")]


def links(element: Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall("atom:link", NAMES)}


def unique(values: Iterable[str]) -> set[str]:
    found = list(values)
    assert len(found) == len(set(found))
    return set(found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=实事", [60, 1, 20]),
        ("q=实事&per_page=10&page=3", [60, 21, 10]),
        ("q=实事&per_page=50&page=2", [60, 51, 50]),
        ("q=绝无此词", [0, 1, 20]),
        ("q=实事&page=9", [60, 161, 20]),
    ],
)
def test_the_numbers_are_true(client: FlaskClient, query: str, expected: list[int]) -> None:
    element = feed(client, f"/search.atom?{query}")
    total, first, size = expected
    assert numbers(element) == expected
    assert len(element.findall("atom:entry", NAMES)) == max(0, min(size, total - first + 1))


def test_following_the_pages_gives_the_list_of_the_json(client: FlaskClient) -> None:
    address, found = "/search.atom?q=实事&per_page=10&sort=newest", []
    while address:
        element = feed(client, address)
        found += texts(element, "atom:entry/atom:id")
        address = links(element).get("next", "")
    hits = client.get("/search.json?q=实事&per_page=100&sort=newest").json["hits"]
    assert found == [f"http://localhost{hit['url']}" for hit in hits]
    assert texts(element, "atom:id")[0] == links(element)["alternate"]


def test_the_relations_of_pages(client: FlaskClient) -> None:
    found = {
        rel: parse_qs(urlsplit(address).query).get("page", ["1"])
        for rel, address in links(feed(client, "/search.atom?q=实事&per_page=10&page=2")).items()
        if rel not in ("search", "alternate")
    }
    assert found == {"self": ["2"], "first": ["1"], "last": ["6"], "previous": ["1"], "next": ["3"]}
    beyond = links(feed(client, "/search.atom?q=实事&page=9"))
    assert "next" not in beyond
    assert parse_qs(urlsplit(beyond["previous"]).query)["page"] == ["3"]


def test_an_entry_tells_of_its_story(client: FlaskClient) -> None:
    (entry,) = feed(client, "/search.atom?q=三十户居民").findall("atom:entry", NAMES)
    assert texts(entry, "atom:title") == ["小巷里的月季花开了"]
    assert texts(entry, "atom:author/atom:name") == ["林小禾"]
    assert texts(entry, "atom:updated") == texts(entry, "atom:published") == ["2022-05-22T00:00:00+08:00"]
    assert [found.get("term") for found in entry.findall("atom:category", NAMES)] == [
        "城市管理与创城",
        "民生服务",
        "柳荫街道",
    ]
    (summary,) = texts(entry, "atom:summary")
    assert summary.startswith("2022-05-22 晨光报 第 3 版<br>")
    assert "<mark>" in summary
    assert client.get(links(entry)["alternate"]).status_code == 200


def test_what_has_no_day_has_not_been_published_on_one(client: FlaskClient) -> None:
    (bridge,) = feed(client, "/search.atom?q=石桥修了").findall("atom:entry", NAMES)
    assert texts(bridge, "atom:updated") == ["2022-06-03T00:00:00+08:00"]
    (poem,) = feed(client, "/search.atom?q=无题的短诗").findall("atom:entry", NAMES)
    assert texts(poem, "atom:updated") == ["1970-01-01T00:00:00+08:00"]
    assert texts(bridge, "atom:published") == texts(poem, "atom:published") == []
    assert "日期未注明" in texts(poem, "atom:summary")[0]


def test_markup_of_a_story_stays_text(client: FlaskClient) -> None:
    (entry,) = feed(client, "/search.atom?q=桥头&street=石桥街道").findall("atom:entry", NAMES)
    assert texts(entry, "atom:title") == ['老桥重修记 <b>"旧貌"</b> & 新颜']
    assert "<script" not in texts(entry, "atom:summary")[0]


@pytest.mark.parametrize("query", ["%00%01%0b", "%ef%bf%be%ff", "<a>&\"'", "]]>", "%1b月季"])
def test_queries_that_xml_cannot_hold(client: FlaskClient, query: str) -> None:
    assert numbers(feed(client, f"/search.atom?q={query}"))


def test_stories_that_xml_cannot_hold(tmp_path: Path) -> None:
    body = "控制\x08字符\x0c\ufffe和\U0001f600表情"
    Archive.create(tmp_path / "index").add([Article("a", Source("a.txt"), title="有\x07铃", body=body)])
    element = feed(create_app({"INDEX": tmp_path / "index"}).test_client(), "/search.atom")
    assert texts(element, "atom:entry/atom:title") == ["有铃"]
    assert "\U0001f600" in texts(element, "atom:entry/atom:summary")[0]


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search.atom?q=月季")
    again = client.get("/search.atom?q=月季", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_bad_values_are_told_or_mended(client: FlaskClient) -> None:
    assert client.get("/search.atom?from=x").status_code == 400
    assert numbers(feed(client, "/search.atom?q=实事&page=-3&per_page=1000000000&sort=up")) == [60, 1, 100]


def test_the_search_page_links_to_its_feed_newest_first(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=居民&street=东篱街道&page=1").text)
    (link,) = page.all("link", rel="alternate", type="application/atom+xml")
    assert parse_qs(urlsplit(link["href"]).query) == {"q": ["居民"], "street": ["东篱街道"], "sort": ["newest"]}
    updated = texts(feed(client, link["href"]), "atom:entry/atom:updated")
    assert len(updated) == 5
    assert updated == sorted(updated, reverse=True)


def test_every_page_names_the_description(client: FlaskClient) -> None:
    for address in ("/", "/search?q=月季", "/article/rose", "/marked"):
        (link,) = Page(client.get(address).text).all("link", rel="search")
        assert (link["type"], link["href"]) == ("application/opensearchdescription+xml", "/opensearch.xml")


def test_the_description_keeps_to_the_limits_and_its_addresses_answer(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    element = ElementTree.fromstring(answer.data)
    assert len(texts(element, "os:ShortName")[0]) <= 16
    assert len(texts(element, "os:Description")[0]) <= 1024
    templates = {url.get("type", ""): url.get("template", "") for url in element.findall("os:Url", NAMES)}
    unique(templates.values())
    for media, template in templates.items():
        address = template.replace("{searchTerms}", "月季").replace("{startPage?}", "1").replace("{count?}", "10")
        assert "{" not in address
        found = client.get(address.removeprefix("http://localhost"))
        assert (found.status_code, found.mimetype) == (200, media)
    without = (
        templates["text/html"].replace("{searchTerms}", "月季").replace("{startPage?}", "").replace("{count?}", "")
    )
    assert "找到 2 篇" in client.get(without.removeprefix("http://localhost")).text


def test_robots_may_read_articles_and_not_search(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    kept_out = [line.removeprefix("Disallow: ") for line in answer.text.splitlines() if line.startswith("Disallow")]
    assert any("/search?q=a".startswith(rule) for rule in kept_out)
    assert any("/?q=a".startswith(rule) for rule in kept_out)
    assert not any(address.startswith(rule) for rule in kept_out for address in ("/", "/article/rose", "/static/x"))
