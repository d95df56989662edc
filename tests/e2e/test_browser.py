"""A reader at the browser: search, narrow, read, go back, take the list along."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
WORD = "社区"
SIDES = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@SIDES
def test_the_total_is_that_of_the_json(opened: Open, scripts: bool) -> None:
    page = opened("/", java_script_enabled=scripts)
    search(page, WORD)
    answer = asked_as_json(page)
    assert answer["query"] == WORD
    assert total(page) == answer["total"] > 20
    assert page.locator(".hit").count() == len(answer["hits"]) == 20
    assert page.locator(".hit .snippet mark").first.inner_text() == WORD


@SIDES
def test_a_street_narrows_to_its_stories(opened: Open, scripts: bool) -> None:
    page = opened(f"/search?q={WORD}&per_page=100", java_script_enabled=scripts)
    everything = total(page)
    street, count = choose_street(page, scripts)
    assert total(page) == count < everything
    assert parse_qs(urlsplit(page.url).query)["street"] == [street]
    assert page.locator(".chips a").get_attribute("aria-label") == f"去掉筛选 街道 {street}"
    assert page.locator(f"#facet-street input[value={street}]").is_checked()
    shown = [streets for one in pages(page) for streets in streets_of_hits(one)]
    assert len(shown) == count
    assert all(street in streets for streets in shown)


def test_the_script_keeps_empty_fields_out_of_the_address(opened: Open) -> None:
    page = opened(f"/search?q={WORD}")
    choose_street(page, scripts=True)
    assert not re.search("=(&|$)", page.url)


@SIDES
def test_back_leads_to_the_search_before(opened: Open, scripts: bool) -> None:
    page = opened(f"/search?q={WORD}", java_script_enabled=scripts)
    before, everything = page.url, total(page)
    street, count = choose_street(page, scripts)
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/article/**")
    page.go_back()
    assert (total(page), page.locator(".chips li").count()) == (count, 1)
    page.go_back()
    expect(page.locator(".chips li")).to_have_count(0)
    assert (page.url, total(page), page.locator(".chips li").count()) == (before, everything, 0)
    # Browsers put back what was ticked when a page was left; the box has to say what is listed.
    assert not page.locator(f"#facet-street input[value={street}]").is_checked()


@SIDES
def test_a_story_is_read(opened: Open, scripts: bool) -> None:
    page = opened("/", java_script_enabled=scripts)
    search(page, "剪刀手")
    assert total(page) == 1
    page.get_by_role("link", name="剪刀手尤师傅的星期四").click()
    assert page.locator("h1").inner_text() == "剪刀手尤师傅的星期四"
    assert page.locator("h1 mark").inner_text() == "剪刀手"
    assert page.locator(".byline").inner_text() == "本报讯 （记者 林小满 通讯员 耿丽霞）"
    assert page.locator(".record").get_by_role("link", name="林小满").first.is_visible()
    assert "星期四便民角" in page.locator(".text").inner_text()
    page.get_by_role("link", name="回到检索结果").click()
    assert total(page) == 1


@SIDES
def test_the_csv_is_the_list(opened: Open, scripts: bool, tmp_path: Path) -> None:
    page = opened(f"/search?q={WORD}&per_page=50", java_script_enabled=scripts)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "list.csv")
    data = (tmp_path / "list.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total(page) > 50
    shown = [story for one in pages(page) for story in stories(one)]
    assert [row["id"] for row in rows] == [identity for identity, _ in shown]
    for row, (_, headline) in zip(rows, shown, strict=True):
        assert headline == row["title"] or not row["title"]


@pytest.mark.parametrize("path", ["/", f"/search?q={WORD}", "/search?q=绝无此词&street=永泰街道&from=2021", "article"])
def test_a_phone_shows_it_all_without_scrolling_sideways(opened: Open, path: str) -> None:
    page = opened(f"/search?q={WORD}" if path == "article" else path, **PHONE)
    if path == "article":
        page.locator(".hit h2 a").first.click()
        page.wait_for_url("**/article/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("window.innerWidth") == 390
    assert page.locator("#q").is_visible()


@pytest.mark.parametrize(
    "raw", ["%ff%fe%00%e4%b8", "%22%28AND+NOT+*%29", "%F0%9F%98%80%e2%80%ae%0d%0a", "%3Cscript%3Ealert(1)%3C/script%3E"]
)
def test_odd_bytes_get_a_page_in_words(opened: Open, raw: str) -> None:
    page = opened(f"/search?q={raw}")
    assert re.match("找到|没有找到", page.locator("h1").inner_text())
    assert page.locator("#q").is_visible()
    assert "Traceback" not in page.content()


def test_a_wrong_address_gets_a_page_in_words(opened: Open, address: str) -> None:
    page = opened("/")
    answer = page.request.get(f"{address}/article/%ff%00")
    assert answer.status == 404
    page.set_content(answer.text())
    assert page.locator("h1").inner_text() == "没有这一页"


def search(page: Page, words: str) -> None:
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?**")


def total(page: Page) -> int:
    """The number in the heading of the result list."""
    found = re.match(r"找到 ([\d,]+) 篇", page.locator("h1#total").inner_text())
    return int(found[1].replace(",", "")) if found else 0


def asked_as_json(page: Page) -> dict[str, object]:
    """What the same search answers to a program."""
    place = page.locator("link[type='application/json']").get_attribute("href")
    answer: dict[str, object] = json.loads(page.request.get(f"{page.url.partition('/search')[0]}{place}").body())
    return answer


def choose_street(page: Page, scripts: bool) -> tuple[str, int]:
    """Ticks the first street of the list; gives its name and the count beside it."""
    label = page.locator("#facet-street label").first
    street, count = label.locator(".name").inner_text(), int(label.locator(".count").inner_text())
    label.click()
    if not scripts:
        page.get_by_role("button", name="应用筛选").first.click()
    page.wait_for_url("**street=**")
    return street, count


def stories(page: Page) -> list[tuple[str, str]]:
    """The id and the headline of every hit that is shown."""
    found = page.locator(".hit h2 a").evaluate_all("links => links.map(a => [a.pathname, a.innerText])")
    return [(place.rpartition("/")[2], headline) for place, headline in found]


def streets_of_hits(page: Page) -> list[list[str]]:
    """The streets that every shown hit names."""
    words = "hits => hits.map(hit => [...hit.querySelectorAll('.street a')].map(a => a.innerText))"
    found: list[list[str]] = page.locator(".hit").evaluate_all(words)
    return found


def pages(page: Page) -> Iterator[Page]:
    """The page of results as it is, then turned to each following one."""
    yield page
    while (following := page.get_by_role("link", name="下一页")).count():
        page.goto(following.get_attribute("href") or "")
        yield page


@pytest.mark.parametrize("offered", [True, False], ids=["clipboard", "no clipboard, as on plain http"])
def test_a_citation_is_copied(opened: Open, offered: bool) -> None:
    page = opened(f"/search?q={WORD}", permissions=["clipboard-read", "clipboard-write"])
    clipboard = "const clipboard = navigator.clipboard; window.pasted = () => clipboard.readText();"
    hidden = "" if offered else "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    page.add_init_script(clipboard + hidden)
    page.locator(".hit h2 a").first.click()
    page.get_by_role("button", name="复制 GB/T 7714—2015").click()
    page.get_by_text("已复制 GB/T 7714—2015").wait_for(state="attached")
    copied = page.evaluate("pasted()")
    assert copied == page.locator(".citing div", has_text="GB/T 7714—2015").locator(".copied").inner_text()
    assert re.search(r"\[N\]\. 大同晨讯, .*\(5\)\.$", copied)


def test_a_citation_can_be_selected_and_saved_without_javascript(opened: Open, tmp_path: Path) -> None:
    page = opened(f"/search?q={WORD}", java_script_enabled=False)
    page.locator(".hit h2 a").first.click()
    assert page.get_by_role("button", name="复制").count() == 0
    assert "[N]. 大同晨讯" in page.locator(".citing .copied").first.inner_text()
    with page.expect_download() as download:
        page.locator(".citing").get_by_role("link", name="RIS").click()
    download.value.save_as(tmp_path / "story.ris")
    assert (tmp_path / "story.ris").read_bytes().startswith(b"TY  - NEWS\r\n")


def test_the_data_in_the_page_is_not_blocked(opened: Open) -> None:
    page = opened(f"/search?q={WORD}")
    page.locator(".hit h2 a").first.click()
    data = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(data or "")["@type"] == "NewsArticle"


@SIDES
@pytest.mark.parametrize("window", [{"viewport": {"width": 1280, "height": 900}}, PHONE], ids=["desk", "phone"])
def test_the_lines_of_the_page_stand_beside_the_text(opened: Open, scripts: bool, window: dict[str, object]) -> None:
    page = opened("/search?q=剪刀手尤师傅", java_script_enabled=scripts, **window)
    page.locator(".hit h2 a").first.click()
    page.get_by_role("link", name="对照原始文字").click()
    assert "剪刀手" in page.locator(".raw tr:not([class]) td").first.inner_text()
    assert page.locator(".original .text").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
    page.get_by_role("link", name="回到文章").click()
    page.get_by_role("heading", name="引用本文").wait_for()
