"""A reader who browses: from the first page to a street, a day, a reporter, and to what the numbers promise."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.test_browser import PHONE, SIDES, total

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PAGES = ("/dates", "/dates/2022", "/dates/2022-08", "/dates/2022-08-19", "/streets", "/street/永泰街道", "/statistics")


@SIDES
def test_a_street_is_reached_and_its_number_is_its_list(opened: Open, scripts: bool) -> None:
    page = opened("/", java_script_enabled=scripts)
    page.get_by_role("navigation", name="浏览").get_by_role("link", name="街道").click()
    page.locator("#main").get_by_role("link", name="永泰街道", exact=True).click()
    assert page.locator("h1").inner_text() == "永泰街道"
    year = page.get_by_role("row", name=re.compile("^2022")).get_by_role("link")
    promised = int(year.inner_text())
    year.click()
    assert total(page) == promised > 0
    page.go_back()
    page.get_by_label("只在这些文章里检索").fill("停水")
    page.get_by_label("只在这些文章里检索").press("Enter")
    assert page.locator(".chips a").get_attribute("aria-label") == "去掉筛选 街道 永泰街道"


def test_a_day_is_reached_by_keyboard_alone(opened: Open) -> None:
    page = opened("/dates")
    open_by_keyboard(page, "8月")
    assert page.locator("h1").inner_text() == "2022年8月"
    open_by_keyboard(page, "19 日，8 篇")
    assert page.locator("h1").inner_text().startswith("2022年8月19日")
    assert page.locator(".stories li").count() == 8
    open_by_keyboard(page, "检索全部 8 篇")
    assert total(page) == 8


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_shows_it_all_without_scrolling_sideways(opened: Open, path: str) -> None:
    page = opened(path, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_role("navigation", name="浏览").is_visible()


def open_by_keyboard(page: Page, name: str) -> None:
    """Goes on by Tab until a link of this name has the focus, and opens it."""
    named = "name => document.activeElement.textContent.replace(/\\s+/g, ' ').trim() === name"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(named, name):
            break
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
