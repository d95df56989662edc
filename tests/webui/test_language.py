"""The pages in English: nothing Chinese but the archive's own words, and the language in every link and form."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.article import to_record
from search.gazetteer import gazetteer
from search.message import Counted, Message
from search.request import MISSING
from tests.webui.conftest import ARTICLES
from tests.webui.markup import Page
from webui import help as manual
from webui.language import said

CHINESE = re.compile("[\u3400-\u9fff\u3001-\u3003\u3008-\u3011\uff01-\uff5e]+")
SAID = ("aria-label", "title", "alt", "data-narrow", "data-date", "data-source", "abbr")
"""Attributes that are read by people; placeholders are examples of what is typed."""
ADDRESSES = (
    *("/", "/advanced", "/marked", "/dates", "/dates/2022", "/dates/2022-05", "/dates/2022-05-22", "/statistics"),
    *("/streets", "/streets?sort=name", "/reporters", "/topics", "/street/柳荫", "/reporter/林小禾", "/topic/教育"),
    *(
        "/street/没有",
        "/reporter/没有",
        "/topic/没有",
        "/help",
        "/receipt?q=月季",
        "/verify",
        "/citations?id=rose&id=none",
        "/citations",
        "/export?q=月季",
        "/api",
        "/street/未注明",
        "/dates/1900",
        "/dates/x",
    ),
    *("/article/rose?q=月季", "/article/rose?compare=rose-b", "/article/rose?view=original", "/article/bridge"),
    *("/article/poem", "/article/none", "/search", "/search?q=月季&street=柳荫街道&not_reporter=沈砚&from=2022-01"),
    *("/search?q=食堂&freq=relative&date=2022&sort=newest&page=2&per_page=10", "/search?page=9999&versions=all"),
    *("/search?q=食堂%20居民&to=2022-05&page=0&per_page=500&sort=x", '/search?q=("月季 or 老桥)~ -kind:news'),
    *("/search?q=老桥 NEAR/4 重修 或 日期:2022-05..2022-08 非 记者:未注明", "/search?q=title:?桥* 日期:2022-05-22"),
    *("/search?q=火星", '/search?q="月季开满大街"', "/search?q=月季&date=2021&kind=news", "/search?q=著者:林小禾"),
    *("/search?q=月季&street=没有街道&topic=教育", "/search?q=柳荫街道&to=1990", "/search?q=月季~", "/search?q=月李"),
    *("/search?from=2023-13-45&date=2022-05-22", "/search?q=" + "月" * 1200, "/search?q=" + "(" * 30 + "月"),
    *("/trends", "/trends?term=月季&term=食堂&by=month&freq=relative", "/trends?term=月季&term=教育&by=x&kind=news"),
    "/trends?" + "&".join(f"term={number}" for number in range(7)),
    "/api",
)

RECORDED = "包含「月季」" + (Path(manual.__file__).parent / "documents" / "query-language.en.md").read_text("utf-8")
"""What a receipt quotes, and the examples of the help page."""


class Said(HTMLParser):
    """What a page says to its reader, but for keys to be typed and what is marked as Chinese."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.texts += [found[name] or "" for name in SAID if name in found]
        if tag in ("script", "kbd") or found.get("lang") == "zh-Hans":
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        self.texts += [] if self._silent else [data]


def archive_words() -> str:
    places = gazetteer()
    names = (*places.streets, *places.former)
    return "\n".join([*map(repr, map(to_record, ARTICLES)), *map(str, places.streets.values()), *names])


def english(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang=en"


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_english_page_says_nothing_in_chinese_but_what_the_archive_has(client: FlaskClient, path: str) -> None:
    answer = client.get(english(path), follow_redirects=True)
    values = [value for values in parse_qs(urlsplit(path).query).values() for value in values]
    typed = "\n".join([*values, path, MISSING, RECORDED])
    known = archive_words() + typed
    page = answer.text
    assert '<html lang="en">' in page
    strange = [text for text in Said(page).texts for run in CHINESE.findall(text) if run not in known]
    assert not strange


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_language_survives_every_link_and_form(client: FlaskClient, path: str) -> None:
    page = Page(client.get(english(path), follow_redirects=True).text)
    for link in page.all("a"):
        address = link.get("href", "#")
        if address.startswith(("#", "http")) or re.search(r"\.(json|csv|atom|ris|bib)\b|^/api/v1/|[?&]form=", address):
            continue
        chosen = parse_qs(urlsplit(address).query).get("lang")
        assert chosen == (None if link.get("hreflang") == "zh-Hans" else ["en"]), address
    forms = page.all("form", method="get")
    assert forms
    assert all("lang" not in form["action"] for form in forms)
    assert len(page.all("input", type="hidden", name="lang", value="en")) == len(forms)


@pytest.mark.parametrize("path", ADDRESSES)
def test_chinese_pages_carry_no_language(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path, follow_redirects=True).text)
    links = [link["href"] for link in page.all("a") if "href" in link and link.get("hreflang") != "en"]
    assert not any("lang=" in link for link in links)
    assert page.all("html", lang="zh-Hans")


def test_the_switch_leads_to_the_same_page_with_everything_kept(client: FlaskClient) -> None:
    page = Page(client.get("/search?q=月季&street=柳荫街道&street=石桥街道&sort=newest").text)
    (switch,) = page.all("a", hreflang="en")
    asked = parse_qs(urlsplit(switch["href"]).query)
    assert asked == {"q": ["月季"], "street": ["柳荫街道", "石桥街道"], "sort": ["newest"], "lang": ["en"]}
    (back,) = Page(client.get(switch["href"]).text).all("a", hreflang="zh-Hans")
    assert client.get(back["href"]).text.count("月季") == client.get(
        "/search?" + urlsplit(back["href"]).query
    ).text.count("月季")
    assert "lang" not in parse_qs(urlsplit(back["href"]).query)


def test_each_page_names_its_versions(client: FlaskClient) -> None:
    for path in ("/dates", "/dates?lang=en"):
        links = Page(client.get(path).text).all("link", rel="alternate")
        found = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        assert found == {"zh-Hans": "/dates", "en": "/dates?lang=en"}


@pytest.mark.parametrize("unknown", ["xx", "", "<b>", "../en", "zh-TW"])
def test_a_language_that_there_is_not_is_passed_over(client: FlaskClient, unknown: str) -> None:
    page = Page(client.get("/search", query_string={"lang": unknown}).text)
    assert page.all("html", lang="zh-Hans")
    assert "找到 63 篇" in page.text


def test_nothing_is_negotiated(client: FlaskClient) -> None:
    page = Page(client.get("/search", headers={"Accept-Language": "en"}).text)
    assert page.all("html", lang="zh-Hans")


def test_the_same_articles_in_both_languages(client: FlaskClient) -> None:
    here, there = (Page(client.get(path).text) for path in ("/search?q=食堂", "/search?q=食堂&lang=en"))
    found = [[urlsplit(link).path for link in page.links() if "/article/" in link] for page in (here, there)]
    assert found[0] == found[1] != []


def test_plurals_are_right(client: FlaskClient) -> None:
    assert "1 article found" in Page(client.get("/search?q=无题的短诗&lang=en").text).text
    assert "63 articles found" in Page(client.get("/search?lang=en").text).text


def test_answers_to_programs_have_no_language(client: FlaskClient) -> None:
    for path in ("/opensearch.xml", "/search.atom?q=月季", "/search.csv?q=月季"):
        assert client.get(english(path)).data == client.get(path).data
    assert "lang=" not in client.get("/search.json?q=月季&lang=en").text


def test_citations_and_metadata_are_the_same_in_every_language(client: FlaskClient) -> None:
    here, there = (Page(client.get(path).text) for path in ("/article/rose", "/article/rose?lang=en"))
    assert here.all("link", rel="canonical") == there.all("link", rel="canonical")
    assert here.all("span", class_="Z3988") == there.all("span", class_="Z3988")
    assert "lang=" not in here.all("link", rel="canonical")[0]["href"]


def test_completions_are_described_in_the_language_of_the_page(client: FlaskClient) -> None:
    _, _, descriptions, addresses = client.get("/suggest?q=柳荫&lang=en").json
    assert any(re.fullmatch(r"Street 柳荫街道, \d+ articles", one) for one in descriptions)
    assert all("lang=en" in address for address in addresses)


def test_the_default_may_be_english(app: Flask) -> None:
    app.config["LANGUAGE"] = "en"
    try:
        page = Page(app.test_client().get("/dates").text)
        assert page.all("html", lang="en")
        assert Page(app.test_client().get("/dates?lang=zh").text).all("html", lang="zh-Hans")
        assert not any("lang=en" in link for link in page.links())
    finally:
        app.config["LANGUAGE"] = "zh"


def test_messages_within_messages_and_lists_are_translated(app: Flask) -> None:
    message = Message(
        "{finding}；有的是：{values}",
        finding=Counted("{condition}的有 {n} 篇", condition="x", n=1),
        values=("甲", Message("消息")),
    )
    with app.test_request_context("/"):
        assert said(message) == message == "x的有 1 篇；有的是：甲、消息"
    with app.test_request_context("/", query_string={"lang": "en"}):
        assert said(message) == "1 article has “x”; there are: 甲, News"


def test_the_scripts_are_given_their_words(client: FlaskClient) -> None:
    assert 'id="script-words"' not in client.get("/").text
    page = Page(client.get("/?lang=en").text)
    (words,) = page.linked
    assert words["已收藏"] == "Saved"
    assert words["{n} 条，用上下键选"] == [
        "{n} suggestion, choose with the arrow keys",
        "{n} suggestions, choose with the arrow keys",
    ]
