"""Chosen articles as citations: all of them in every form, or told why not."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from search.media_types import media_type
from tests.webui.conftest import ARTICLES
from tests.webui.markup import Page
from webui.citing import FORMS, MOST

TWO = "id=rose&id=bridge"


def test_the_page_has_the_chosen_in_their_order_in_every_style(client: FlaskClient) -> None:
    page = Page(client.get(f"/citations?{TWO}").text)
    assert "引用 2 篇" in page.text
    assert "[1] 林小禾，高山. 小巷里的月季花开了[N]. 晨光报，2022-05-22（3）." in page.text
    assert page.text.index("小巷里的月季花开了[N]") < page.text.index("老桥重修记")
    assert len(page.all("pre", class_="copied")) == len(page.all("details")) == 3


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_file_that_the_page_links_and_has_both(client: FlaskClient, form: str) -> None:
    links = [link for link in Page(client.get(f"/citations?{TWO}").text).links() if link.endswith(f"form={form}")]
    assert links == [f"/citations?{TWO}&form={form}"]
    answer = client.get(links[0])
    assert answer.headers["Content-Disposition"] == f"attachment; filename=baoku-citations.{FORMS[form].ending}"
    assert answer.mimetype == media_type(FORMS[form].ending)
    assert 0 < answer.text.index("小巷里的月季花开了") < answer.text.index("老桥重修记")


def test_files_hold_one_record_for_each(client: FlaskClient) -> None:
    every = "&".join(f"id={article.id}" for article in ARTICLES)
    count = len(ARTICLES)
    assert client.get(f"/citations?{every}&form=ris").text.count("ER  - \r\n") == count
    assert client.get(f"/citations?{every}&form=bibtex").text.count("@article{baoku:") == count
    items = json.loads(client.get(f"/citations?{every}&form=csl").data)
    assert [item["id"] for item in items] == [article.id for article in ARTICLES]
    assert client.get(f"/citations?{every}&form=gbt7714").text.splitlines()[-1].startswith(f"[{count}] ")


def test_what_is_not_there_is_named_and_no_file_lacks_it(client: FlaskClient) -> None:
    page = Page(client.get("/citations?id=rose&id=gone&id=<b>").text)
    assert "引用 1 篇" in page.text
    assert "有 2 篇库中没有" in page.text
    assert "gone" in page.text
    assert "<b>" in page.text
    answer = client.get("/citations?id=rose&id=gone&form=ris")
    assert answer.status_code == 400
    assert "gone" in answer.text


def test_the_same_article_twice_is_one(client: FlaskClient) -> None:
    assert client.get("/citations?id=rose&id=rose&form=gbt7714").text.count("\n") == 1


def test_nothing_chosen_is_told(client: FlaskClient) -> None:
    assert "没有选文章" in Page(client.get("/citations?id=&id=%20").text).text


def test_what_an_article_lacks_is_told(client: FlaskClient) -> None:
    page = Page(client.get("/citations?id=poem&id=rose").text)
    assert "还缺报纸名、版次、确切日期" in page.text


@pytest.mark.parametrize("query", [f"{TWO}&form=word", "&".join(f"id={number}" for number in range(MOST + 1))])
def test_limits_are_told_in_words(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/citations?{query}")
    assert answer.status_code == 400
    assert "最多 500 篇，这里有 501 篇" in answer.text or "可用的是 gbt7714-2025" in answer.text
