"""The buttons that mark an article, and the page of the marked ones: what the server gives the browser for them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.markup import Page


@pytest.mark.parametrize("address", ["/search?q=三十户居民", "/article/rose?q=月季"])
def test_a_story_can_be_marked_wherever_it_is_shown(client: FlaskClient, address: str) -> None:
    (button,) = Page(client.get(address).text).all("button", data_mark="rose")
    facts = {name: value for name, value in button.items() if name.startswith("data-")}
    assert facts == {
        "data-mark": "rose",
        "data-title": "小巷里的月季花开了",
        "data-date": "2022-05-22",
        "data-source": "晨光报 第 3 版",
    }


def test_markup_in_a_headline_stays_in_its_attribute(client: FlaskClient) -> None:
    (button,) = Page(client.get("/article/bridge").text).all("button", data_mark="bridge")
    assert button["data-title"] == '老桥重修记 <b>"旧貌"</b> & 新颜'


def test_the_page_says_that_it_needs_the_browser(client: FlaskClient) -> None:
    page = Page(client.get("/marked?x=1").text)
    assert "要打开 JavaScript" in page.text
    assert page.all("input", type="file")
    assert page.all("span", data_article="/article/")


def test_every_page_leads_there(client: FlaskClient) -> None:
    for address in ("/", "/search", "/article/rose", "/advanced", "/nowhere"):
        assert "/marked" in Page(client.get(address).text).links()
