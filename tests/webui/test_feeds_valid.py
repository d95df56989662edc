"""Feeds and descriptions against their standards, and as an independent reader understands them."""

from __future__ import annotations

import copy
import json
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import feedparser
import pytest
from flask.testing import FlaskClient

from tests.webui.atom import ATOM, faults

FEEDS = [
    "",
    "?q=月季",
    "?q=实事&per_page=50&page=2",
    "?q=无题的短诗",
    "?q=桥头",
    "?q=绝无此词",
    "?q=%3Ca%3E%26",
    "?page=99",
]
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ONE, FEW = {"ShortName", "Description"}, {"Contact", "Tags", "LongName", "Developer", "Attribution", "SyndicationRight"}
MANY = {"Url", "Image", "Query", "AdultContent", "Language", "InputEncoding", "OutputEncoding"}
"""The elements of OpenSearch 1.1 Draft 6: exactly once, at most once, and without a limit that matters here."""


def feed(client: FlaskClient, state: str) -> Element:
    return ElementTree.fromstring(client.get(f"/search.atom{state}").data)


@pytest.mark.parametrize("state", FEEDS)
def test_feeds_keep_to_the_standard(client: FlaskClient, state: str) -> None:
    assert list(faults(feed(client, state))) == []


def test_the_rules_notice_what_is_broken(client: FlaskClient) -> None:
    whole = feed(client, "?q=月季")
    for path in ("id", "updated", "title", "entry/id", "entry/updated", "entry/title", "entry/link"):
        broken = copy.deepcopy(whole)
        *within, name = path.split("/")
        place = broken.find(ATOM + within[0]) if within else broken
        place.remove(place.find(ATOM + name))
        assert list(faults(broken)), path


@pytest.mark.parametrize("state", FEEDS)
def test_a_feed_reader_understands_them(client: FlaskClient, state: str) -> None:
    read = feedparser.parse(client.get(f"/search.atom{state}").data)
    assert (read.bozo, read.version) == (False, "atom10")
    hits = client.get(f"/search.json{state}").json
    assert read.feed.opensearch_totalresults == str(hits["total"])
    assert [entry.link for entry in read.entries] == [f"http://localhost{hit['url']}" for hit in hits["hits"]]
    assert all(entry.title and entry.updated_parsed for entry in read.entries)


def test_the_description_has_what_opensearch_knows(client: FlaskClient) -> None:
    names = [child.tag.removeprefix(OPENSEARCH) for child in ElementTree.fromstring(client.get("/opensearch.xml").data)]
    assert {name: names.count(name) for name in ONE} == dict.fromkeys(ONE, 1)
    assert set(names) <= ONE | FEW | MANY
    assert all(names.count(name) <= 1 for name in FEW)


@pytest.mark.parametrize("typed", ["lin", "月", "", "绝无此词", '"<&', "%00"])
def test_suggestions_are_four_lists_of_one_length(client: FlaskClient, typed: str) -> None:
    answer = client.get("/suggest", query_string={"q": typed})
    asked, *lists = json.loads(answer.text)
    assert asked == typed
    assert len(lists) == 3
    assert len({len(column) for column in lists}) == 1
    assert all(isinstance(value, str) for column in lists for value in column)
    assert all(address.startswith("http://localhost/search?q=") for address in lists[2])
