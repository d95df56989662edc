"""The reading room in English, with what scripts say and do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SIZES = pytest.mark.parametrize("width", [1280, 390])
CHINESE = re.compile("[\u4e00-\u9fff]")


def sized(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 900}}


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@SIZES
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_switch_and_the_way_through_the_rooms(opened: Open, width: int, scripts: bool) -> None:
    page = opened("/search?q=社区", java_script_enabled=scripts, **sized(width))
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert asked(page) == {"q": ["社区"], "lang": ["en"]}
    found = page.locator("h1#total").inner_text()
    assert re.match(r"58 articles found", found)
    page.locator(".hit h2 a").first.click()
    page.get_by_role("link", name="← Back to the results").click()
    page.get_by_role("navigation", name="Browse").get_by_role("link", name="Streets").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Streets")
    page.get_by_label("Words to search for").fill("志愿者")
    page.get_by_role("button", name="Search", exact=True).first.click()
    expect(page.locator("h1#total")).to_contain_text("articles found")
    assert asked(page)["lang"] == ["en"]
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1#total")).to_contain_text("找到")
    assert asked(page) == {"q": ["志愿者"]}


def test_updates_in_place_keep_the_language_and_move_the_switch(opened: Open) -> None:
    page = opened("/search?q=社区&lang=en", **sized(1280))
    page.evaluate("window.stayed = true")
    page.locator("#facet-street").get_by_role("checkbox").first.check()
    expect(page.locator(".chips")).to_be_visible()
    assert page.evaluate("window.stayed")
    assert asked(page)["lang"] == ["en"]
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+ articles? found$"))
    switch = page.get_by_role("link", name="中文").get_attribute("href") or ""
    assert {**asked(page), "lang": None} == {**parse_qs(urlsplit(switch).query), "lang": None}
    assert "lang" not in parse_qs(urlsplit(switch).query)


def test_completions_are_described_in_english(opened: Open) -> None:
    page = opened("/?lang=en", **sized(1280))
    page.get_by_role("combobox", name="Words to search for").press_sequentially("yongtai")
    option = page.get_by_role("option").filter(has_text="永泰街道").first
    expect(option.locator(".kind")).to_have_text("Street")
    expect(option.locator(".count")).to_have_text(re.compile(r"^\d+ articles?$"))
    expect(page.locator("#told")).to_have_text(re.compile("suggestions?, choose with the arrow keys"))
    option.click()
    assert asked(page)["lang"] == ["en"]


def test_marks_are_kept_under_their_permanent_address(opened: Open, tmp_path: Path) -> None:
    page = opened("/search?q=社区&lang=en", **sized(1280))
    page.get_by_role("button", name=re.compile("^Save ")).first.click()
    expect(page.locator("#told")).to_have_text("Saved")
    page.get_by_role("link", name=re.compile("^Saved articles")).click()
    link = page.locator("#marks a").first
    assert (link.get_attribute("href") or "").endswith("?lang=en")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export JSON").click()
    download.value.save_as(tmp_path / "marks.json")
    (mark,) = json.loads((tmp_path / "marks.json").read_text("utf-8"))
    assert "lang" not in mark["url"]
    assert not CHINESE.search(download.value.suggested_filename)
    link.click()
    expect(page.get_by_role("heading", name="Cite this article")).to_be_visible()


def test_copying_speaks_english(opened: Open) -> None:
    page = opened("/search?q=社区&lang=en", permissions=["clipboard-read", "clipboard-write"], **sized(1280))
    page.locator(".hit h2 a").first.click()
    page.get_by_role("button", name="Copy GB/T 7714—2025").click()
    expect(page.locator("[data-copy-status]")).to_have_text("GB/T 7714—2025 copied")


@SIZES
@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=社区", "/dates", "/statistics", "/streets", "/advanced", "/marked", "/trends?term=社区", "/help"],
)
def test_english_words_need_no_more_room(opened: Open, width: int, path: str) -> None:
    page = opened(f"{path}{'&' if '?' in path else '?'}lang=en", **sized(width))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
