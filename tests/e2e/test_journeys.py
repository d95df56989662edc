"""The two readers for whom this is made, from the first page to what they take away: by pointer and by keyboard alone,
at a desk and on a phone, with JavaScript and without. What they see is what JSON and CSV of the same address say."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.hands import Hand, Keyboard, Pointer
from tests.e2e.test_browser import total

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@dataclass
class Reader:
    """A window, the hand that uses it, and whether scripts run in it."""

    page: Page
    hand: Hand
    scripts: bool

    def search(self, words: str) -> None:
        self.hand.write(self.page.get_by_label("检索词", exact=True), words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?**")

    def tick(self, facet: str, value: str) -> int:
        """Ticks a value of a facet, where necessary behind 更多, and applies it; gives the number beside it."""
        box = self.page.locator(f"#facet-{facet} input[value='{value}']")
        self.hand.to_filters()
        self.unfold(box)
        count = int(box.locator("xpath=ancestor::label").locator(".count").inner_text())
        self.hand.press(box)
        self.apply()
        expect(self.page.locator(".chips")).to_contain_text(value)
        return count

    def unfold(self, inner: Locator) -> None:
        """Opens the closed parts around an element, the outer ones first."""
        while not inner.is_visible():
            closed = inner.locator("xpath=ancestor::details[not(@open)]").first
            self.hand.press(closed.locator("> summary"))

    def apply(self) -> None:
        """Without JavaScript, ticked boxes wait for the button."""
        if not self.scripts:
            self.hand.press(self.page.locator(".apply").get_by_role("button", name="应用筛选"))

    def json(self) -> dict[str, Any]:
        """What the present search answers to a program."""
        answer: dict[str, Any] = json.loads(self.fetched("/search.json"))
        return answer

    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.fetched("/search.csv").decode("utf-8-sig"), newline="")))

    def fetched(self, path: str) -> bytes:
        place = urlsplit(self.page.url)
        return self.page.request.get(place._replace(path=path).geturl()).body()

    def sees_what_programs_get(self) -> int:
        """The number in the heading; it is that of JSON and of the rows of CSV, and the hits are the same."""
        answer, rows = self.json(), self.csv()
        seen = total(self.page)
        assert seen == answer["total"] == len(rows)
        links = self.page.locator(".hit h2 a").evaluate_all("links => links.map(a => a.pathname.split('/').pop())")
        assert links == [hit["id"] for hit in answer["hits"]] == [row["id"] for row in rows][: len(links)]
        return seen


@pytest.fixture(params=[WIDE, PHONE], ids=["1280", "390"])
def size(request: pytest.FixtureRequest) -> dict[str, Any]:
    options: dict[str, Any] = request.param
    return options


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=[Pointer, Keyboard], ids=["pointer", "keyboard"])
def reader(opened: Open, size: dict[str, Any], scripts: bool, request: pytest.FixtureRequest) -> Reader:
    page = opened("/", java_script_enabled=scripts, accept_downloads=True, permissions=CLIPBOARD, **size)
    return Reader(page, request.param(page), scripts)


def test_a_journalist_finds_who_wrote_before_and_cites_it(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.search("社区")
    everywhere = reader.sees_what_programs_get()
    promised = reader.tick("street", "水泊寺街道")
    here = reader.sees_what_programs_get()
    assert here == promised < everywhere
    promised = reader.tick("reporter", "江河")
    by_one = reader.sees_what_programs_get()
    assert 1 < by_one == promised < here
    assert all("江河" in row["reporters"] and "水泊寺街道" in row["streets"] for row in reader.csv())

    dated = page.locator(".hit", has=page.locator("time")).first.locator("h2 a")
    headline = dated.inner_text()
    reader.hand.press(dated)
    page.wait_for_url("**/article/**")
    assert page.locator("h1").inner_text() == headline
    assert page.locator(".record").get_by_role("link", name="江河").is_visible()
    reader.hand.press(page.get_by_role("link", name="引用本文"))
    cited = page.locator(".citing div", has_text="GB/T 7714—2015").locator(".copied")
    assert re.fullmatch(
        rf"江河.*\. {re.escape(headline)}\[N\]\. 大同晨讯, \d{{4}}-\d\d-\d\d\(5\)\.", cited.inner_text()
    )
    if reader.scripts:
        reader.hand.press(page.get_by_role("button", name="复制 GB/T 7714—2015"))
        expect(page.locator("[data-copy-status]")).to_have_text("已复制 GB/T 7714—2015")
        assert page.evaluate("navigator.clipboard.readText()") == cited.inner_text()
    ris = saved(reader, page.locator(".citing .files").get_by_role("link", name="RIS"), tmp_path).decode()
    assert f"TI  - {headline}\r\n" in ris
    reader.hand.press(page.get_by_role("link", name="回到检索结果"))
    page.wait_for_url("**/search?**")
    assert total(page) == by_one


def test_a_researcher_makes_a_list_that_can_be_defended(reader: Reader, tmp_path: Path) -> None:
    page = reader.page
    reader.search('"居民"')
    everything = reader.sees_what_programs_get()
    assert page.locator(".understood").inner_text().count("居民") == 1

    reader.hand.to_filters()
    exclude = page.locator("button[aria-label='排除 公告']")
    reader.unfold(exclude)
    notices = int(page.locator("#facet-kind label", has_text="公告").locator(".count").inner_text())
    reader.hand.press(exclude)
    expect(page.locator(".chips")).to_contain_text("公告")
    assert reader.sees_what_programs_get() == everything - notices < everything

    reader.hand.to_filters()
    reader.hand.write(page.locator("#from"), "2022")
    reader.hand.write(page.locator("#to"), "2023")
    page.keyboard.press("Enter")
    expect(page.locator(".chips li a")).to_have_count(4)
    listed = reader.sees_what_programs_get()
    rows = reader.csv()
    assert 0 < listed < everything - notices
    assert all("2022-01-01" <= row["date"] <= row["date_end"] <= "2023-12-31" for row in rows)
    assert all(row["kind"] != "notice" and "居民" in row["snippet"] for row in rows)

    reader.hand.press(page.locator(".timeline summary"))
    counts = page.locator(".timeline td a").all_inner_texts()
    assert sum(map(int, counts)) == listed
    reader.hand.press(page.locator(".histogram a").first)
    expect(page.locator(".histogram a.chosen")).to_have_count(1)
    assert re.fullmatch(r"\d{4}-\d\d", parse_qs(urlsplit(page.url).query)["date"][0])
    assert reader.sees_what_programs_get() == int(counts[0])
    page.go_back()
    expect(page.locator("h1#total")).to_contain_text(f"找到 {listed} 篇")

    exported = saved(reader, page.locator(".downloads").get_by_role("link", name="CSV"), tmp_path)
    assert exported.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline=""))) == rows


def saved(reader: Reader, link: Locator, folder: Path) -> bytes:
    with reader.page.expect_download() as download:
        reader.hand.press(link)
    download.value.save_as(folder / "saved")
    return (folder / "saved").read_bytes()
