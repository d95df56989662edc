"""A reader at the timeline of a search and at terms compared: by mouse and keyboard, without scripts, on a phone."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.test_browser import PHONE, SIDES, WORD, Open, total

pytestmark = pytest.mark.browser

TERMS = f"/trends?term={WORD}&term=老人"
LIGHTS = pytest.mark.parametrize("light", ["light", "dark"])


def bars(page: Page) -> Locator:
    return page.locator(".histogram a")


def said(bar: Locator) -> tuple[str, int]:
    """The period of a bar and its hits."""
    period, number = re.match(r"(.+?)：([\d,]+) 篇", bar.get_attribute("aria-label")).groups()
    return period, int(number.replace(",", ""))


@SIDES
def test_a_bar_narrows_to_its_year_and_then_its_month(opened: Open, scripts: bool) -> None:
    page = opened(f"/search?q={WORD}", java_script_enabled=scripts)
    for unit in ("年", "月"):
        period, number = said(bars(page).first)
        assert period.endswith(unit)
        bars(page).first.click()
        page.wait_for_url("**date=*")
        page.locator(".chips a", has_text=f"日期 {period}").wait_for()
        assert total(page) == number
    page.get_by_role("link", name="看全部时间").click()
    page.wait_for_url(re.compile(r"/search\?q=[^&]+$"))


def test_a_bar_is_reached_and_followed_by_keyboard(opened: Open) -> None:
    page = opened(f"/search?q={WORD}")
    page.get_by_role("link", name="每千篇", exact=True).focus()
    page.keyboard.press("Tab")
    focused = page.locator(".histogram a:focus")
    _, number = said(focused)
    page.keyboard.press("Enter")
    page.wait_for_url("**date=*")
    assert total(page) == number


@SIDES
def test_the_form_compares_adds_and_removes(opened: Open, scripts: bool) -> None:
    page = opened("/", java_script_enabled=scripts)
    page.get_by_role("link", name="走势").click()
    page.get_by_label("第 1 个词").fill(WORD)
    page.get_by_label("第 2 个词").fill("老人")
    page.get_by_label("按").select_option("year")
    page.get_by_role("button", name="比较").click()
    page.locator(".legend").wait_for()
    assert page.locator(".legend .term a").all_inner_texts() == [WORD, "老人"]
    assert page.locator("path.stroke").count() == 2
    page.get_by_role("link", name=f"去掉 {WORD}").click()
    page.locator(".legend li").nth(1).wait_for(state="detached")
    assert parse_qs(urlsplit(page.url).query) == {"term": ["老人"], "by": ["year"]}


def test_a_point_leads_to_its_hits(opened: Open) -> None:
    page = opened(TERMS)
    # Where two terms have as many hits one point lies on the other: in the second year they have not.
    point = page.locator(".trend .series-1 a").nth(1)
    number = int(re.search(r"：([\d,]+) 篇", point.locator("title").text_content())[1])
    point.click()
    page.wait_for_url("**/search?**")
    assert total(page) == number


def test_the_csv_says_what_the_table_says(opened: Open) -> None:
    page = opened(TERMS)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    shown = [cells.split("\t") for cells in page.locator(".table tbody tr").all_inner_texts()]
    assert [row[:3] for row in rows[1:-1]] == [[cells[0].strip("年"), *cells[1:3]] for cells in shown]


@pytest.mark.parametrize("path", [f"/search?q={WORD}", f"/search?q={WORD}&from=2019&to=2021", TERMS])
@LIGHTS
def test_a_phone_shows_all_without_moving_the_page(opened: Open, path: str, light: str) -> None:
    page = opened(path, color_scheme=light, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.evaluate("[...document.querySelectorAll('.histogram a')].map(bar => bar.getBoundingClientRect().width)")
    assert all(width >= 23.9 for width in wide)
