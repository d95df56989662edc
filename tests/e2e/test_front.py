"""The front of the reading room in a browser: completions, updates in place, marks, and all of it by the keyboard."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "390"])
SIDES = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
COMPOSING = "(box, on) => box.dispatchEvent(new CompositionEvent(on ? 'compositionstart' : 'compositionend'))"
SLASH = """(composing) => document.body.dispatchEvent(
    new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true, isComposing: composing}))"""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def stay(page: Page) -> None:
    """Leaves a sign on the window; it is lost as soon as another page is loaded."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def focused(page: Page) -> str:
    """The id of what has the focus, else its label, else its name and value."""
    words = "({id, name, value, ariaLabel}) => id || ariaLabel || `${name}=${value}`"
    return str(page.evaluate(f"({words})(document.activeElement)"))


def total(page: Page) -> int:
    found = re.match(r"找到 ([\d,]+) 篇", page.locator("h1#total").inner_text())
    return int(found[1].replace(",", "")) if found else 0


class TestCompletions:
    @SIZES
    def test_arrows_choose_and_enter_searches(self, opened: Open, size: dict[str, Any]) -> None:
        page = opened("/", **size)
        box = page.get_by_role("combobox", name="检索词")
        box.press_sequentially("社区 yongtai")
        option = page.get_by_role("option").filter(has_text="永泰街道").first
        expect(option).to_be_visible()
        assert box.get_attribute("aria-expanded") == "true"
        box.press("ArrowDown")
        assert option.get_attribute("aria-selected") == "true"
        assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
        box.press("Enter")
        page.wait_for_url("**/search?**")
        assert asked(page) == {"q": ["社区 street:永泰街道"]}
        assert total(page) > 0

    def test_the_arrows_go_round_and_escape_leaves_what_was_typed(self, opened: Open) -> None:
        page = opened("/")
        box = page.locator("#q")
        box.press_sequentially("yongtai")
        options = page.get_by_role("option")
        expect(options.first).to_be_visible()
        last = options.count() - 1
        box.press("ArrowUp")
        assert options.nth(last).get_attribute("aria-selected") == "true"
        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") is None
        box.press("Escape")
        expect(options.first).to_be_hidden()
        assert box.get_attribute("aria-expanded") == "false"
        assert box.input_value() == "yongtai"

    def test_an_option_can_be_clicked(self, opened: Open) -> None:
        page = opened("/")
        page.locator("#q").press_sequentially("yongtai")
        page.get_by_role("option").filter(has_text="永泰街道").first.click()
        page.wait_for_url("**/search?**")
        assert asked(page) == {"q": ["street:永泰街道"]}

    def test_nothing_is_asked_while_an_input_method_composes(self, opened: Open) -> None:
        page = opened("/")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url) if "/suggest" in request.url else None)
        box = page.locator("#q")
        box.focus()
        box.evaluate(COMPOSING, True)
        box.evaluate("box => {box.value = 'yong'; box.dispatchEvent(new InputEvent('input', {isComposing: true}))}")
        box.evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', isComposing: true}))")
        page.evaluate("new Promise(done => setTimeout(done, 400))")
        assert requests == []
        box.evaluate("box => {box.value = '永泰'}")
        box.evaluate(COMPOSING, False)
        expect(page.get_by_role("option").first).to_be_visible()
        assert [parse_qs(urlsplit(url).query)["q"] for url in requests] == [["永泰"]]

    def test_an_old_answer_never_follows_a_new_one(self, opened: Open) -> None:
        page = opened("/")
        held: list[Route] = []

        def answer(route: Route) -> None:
            typed = parse_qs(urlsplit(route.request.url).query)["q"][0]
            if typed == "永":
                return held.append(route)
            return route.fulfill(json=[typed, ["新的"], ["词 新的，1 篇"], ["/search?q=新的"]])

        page.route("**/suggest?**", answer)
        box = page.locator("#q")
        with page.expect_request("**/suggest?**"):
            box.fill("永")
        with page.expect_event("requestfailed"):
            box.fill("永泰")
            expect(page.get_by_role("option")).to_have_text([re.compile("新的")])
        assert len(held) == 1

    def test_what_the_server_says_is_text(self, opened: Open) -> None:
        page = opened("/")
        words = "<img src=x onerror=alert(1)>"
        page.route("**/suggest?**", lambda route: route.fulfill(json=["a", [words], [f"词 {words}，1 篇"], ["/"]]))
        page.locator("#q").fill("a")
        expect(page.get_by_role("option")).to_contain_text(words)
        assert page.locator("#completions img").count() == 0

    def test_a_server_in_trouble_leaves_the_box_alone(self, opened: Open) -> None:
        page = opened("/")
        page.route("**/suggest?**", lambda route: route.fulfill(body="[", content_type="application/json"))
        with page.expect_response("**/suggest?**"):
            page.locator("#q").fill("永泰")
        page.locator("#q").press("Enter")
        page.wait_for_url("**/search?**")
        assert asked(page) == {"q": ["永泰"]}


class TestRecentSearches:
    def test_the_empty_box_lists_what_found_something(self, opened: Open) -> None:
        page = opened("/search?q=居民")
        for query in ("绝无此词之词", "社区", "居民"):
            page.goto(f"/search?q={query}")
        page.goto("/")
        page.keyboard.press("/")
        options = page.get_by_role("option")
        expect(options).to_have_text([re.compile("居民"), re.compile("社区"), re.compile("清除最近的检索")])
        options.nth(1).click()
        page.wait_for_url("**/search?**")
        assert asked(page) == {"q": ["社区"]}

    def test_they_can_be_cleared_and_turned_off(self, opened: Open) -> None:
        page = opened("/search?q=居民")
        page.locator("#q").fill("")
        page.get_by_role("option", name="清除最近的检索").click()
        page.goto("/")
        page.locator("#q").focus()
        assert page.evaluate("localStorage.getItem('baoku.recent')") == "[]"
        page.goto("/marked")
        page.get_by_label("记住最近的检索").uncheck()
        page.goto("/search?q=居民")
        assert page.evaluate("localStorage.getItem('baoku.recent')") == "[]"


class TestSlash:
    def test_it_leads_to_the_box(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        page.keyboard.press("/")
        assert focused(page) == "q"
        assert page.locator("#q").input_value() == "社区"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("/")
        assert page.locator("#q").input_value() == "社区/"

    def test_it_keeps_still_while_composing_in_a_field_and_when_turned_off(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        page.evaluate(SLASH, True)
        assert focused(page) != "q"
        page.locator("#from").focus()
        page.keyboard.press("/")
        assert page.locator("#from").input_value() == "/"
        page.goto("/marked")
        page.get_by_label("跳到检索框").uncheck()
        page.goto("/search?q=社区")
        page.evaluate(SLASH, False)
        assert focused(page) != "q"


class TestInPlace:
    @SIZES
    def test_a_filter_changes_the_list_and_keeps_focus_and_place(self, opened: Open, size: dict[str, Any]) -> None:
        page = opened("/search?q=社区", **size)
        everything, title = total(page), page.title()
        stay(page)
        box = page.locator("#facet-reporter input").nth(4)
        reporter = box.get_attribute("value")
        box.evaluate("box => box.scrollIntoView({block: 'center'})")
        before = box.bounding_box()
        box.focus()
        box.press("Space")
        expect(page.locator(".chips li")).to_have_count(1)
        assert stayed(page)
        assert asked(page)["reporter"] == [reporter]
        assert total(page) < everything
        assert page.title() == title
        assert focused(page) == f"reporter={reporter}"
        assert page.locator("#told").inner_text() == f"找到 {total(page)} 篇"
        after = page.locator(f"#facet-reporter input[value={reporter}]").bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) < 2

    def test_back_and_forward(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        stay(page)
        everything = total(page)
        page.locator("#facet-street label").first.click()
        expect(page.locator(".chips li")).to_have_count(1)
        narrowed = total(page)
        page.locator("#facet-topic label").first.click()
        expect(page.locator(".chips li")).to_have_count(3)
        page.go_back()
        expect(page.locator(".chips li")).to_have_count(1)
        assert total(page) == narrowed
        page.go_back()
        expect(page.locator(".chips li")).to_have_count(0)
        assert total(page) == everything
        assert page.locator("main input:checked").count() == 0
        page.go_forward()
        expect(page.locator(".chips li")).to_have_count(1)
        assert total(page) == narrowed
        assert stayed(page)

    def test_back_leads_to_the_place_on_the_page(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        following = page.get_by_role("link", name="下一页")
        following.scroll_into_view_if_needed()
        place = page.evaluate("scrollY")
        assert place > 500
        following.click()
        expect(page.locator(".pages [aria-current]")).to_contain_text("2")
        assert page.evaluate("scrollY") == 0
        page.go_back()
        expect(page.locator(".pages [aria-current]")).to_contain_text("1")
        assert abs(page.evaluate("scrollY") - place) < 5

    def test_a_page_is_turned_and_told(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        stay(page)
        first = page.locator(".hit h2").first.inner_text()
        page.get_by_role("link", name="下一页").press("Enter")
        expect(page.locator(".pages [aria-current]")).to_contain_text("2")
        assert stayed(page)
        assert page.locator(".hit h2").first.inner_text() != first
        assert focused(page) == "total"
        assert page.locator("#told").inner_text().endswith("，第 2 页")

    def test_the_form_keeps_what_has_no_control(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        street = page.locator("#facet-street .choice").first
        street.hover()
        street.locator(".not").click()
        expect(page.locator(".chips li")).to_have_count(1)
        page.locator("#facet-topic label").first.click()
        expect(page.locator(".chips li")).to_have_count(3)
        assert {"q", "not_street", "topic"} <= set(asked(page))
        page.locator("#q").fill("居民")
        page.locator("#q").press("Enter")
        expect(page.locator(".conditions")).to_contain_text("居民")
        assert {"not_street", "topic"} <= set(asked(page))
        assert focused(page) == "q"

    @SIZES
    @SIDES
    def test_parts_of_the_query_are_taken_out(self, opened: Open, scripts: bool, size: dict[str, Any]) -> None:
        page = opened("/search?q=社区 居民 -公告&sort=newest", java_script_enabled=scripts, **size)
        page.get_by_role("link", name="去掉条件 不包含「公告」").click()
        expect(page.locator(".conditions li")).to_have_count(2)
        assert page.locator("#q").input_value() == "社区 居民"
        assert asked(page) == {"q": ["社区 居民"], "sort": ["newest"]}
        assert not scripts or focused(page) == "total"

    def test_the_links_to_other_formats_follow(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        page.get_by_label("排序").select_option("newest")
        page.wait_for_url("**sort=newest**")
        address = page.locator("link[type='application/json']").get_attribute("href") or ""
        assert parse_qs(urlsplit(address).query)["sort"] == ["newest"]
        assert page.locator("link[rel=alternate][type]").count() == 3
        assert focused(page) == "sort"

    def test_a_newer_wish_replaces_an_older_one(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        held: list[Route] = []

        def answer(route: Route) -> None:
            return route.continue_() if "topic=" in route.request.url else held.append(route)

        page.route("**/search?**", answer)
        with page.expect_request("**street=**"):
            page.locator("#facet-street label").first.click()
        page.locator("#facet-topic label").first.click()
        expect(page.locator(".chips li")).to_have_count(3)
        assert {"street", "topic"} <= set(asked(page))
        assert len(held) == 1

    def test_what_cannot_be_shown_in_place_is_visited(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        stay(page)
        page.route(
            "**/search?**street=**", lambda route: route.fulfill(body="<h1>words</h1>", content_type="text/html")
        )
        page.locator("#facet-street label").first.click()
        expect(page.get_by_role("heading", name="words")).to_be_visible()
        assert not stayed(page)

    @SIDES
    def test_an_article_and_back(self, opened: Open, scripts: bool) -> None:
        page = opened("/search?q=社区&per_page=10", java_script_enabled=scripts)
        page.get_by_role("link", name="下一页").click()
        expect(page.locator(".pages [aria-current]")).to_contain_text("2")
        first = page.locator(".hit h2 a").first
        headline = first.inner_text()
        first.click()
        page.wait_for_url("**/article/**")
        page.go_back()
        expect(page.locator(".pages [aria-current]")).to_contain_text("2")
        assert page.locator(".hit h2 a").first.inner_text() == headline


class TestLongLists:
    def test_a_box_narrows_an_opened_list(self, opened: Open) -> None:
        page = opened("/search")
        details = page.locator("details[data-narrow]").filter(has=page.locator("li:nth-child(9)"))
        details.first.locator("summary").click()
        names = details.first.locator(".name:visible")
        wanted = names.last.inner_text()
        details.first.get_by_role("searchbox").fill(wanted)
        assert names.all_inner_texts() == [wanted]
        details.first.get_by_role("checkbox", name=wanted).check()
        expect(page.locator(".chips li")).to_have_count(1)
        assert page.locator("details[data-narrow] .narrowing").first.input_value() == wanted


def lines(ids: list[str]) -> list[str]:
    return [json.dumps({"id": identity, "title": "无此文", "row": "1/4"}, ensure_ascii=False) for identity in ids]


LISTS: dict[str, Callable[[list[str]], str]] = {
    "csv": lambda ids: "\ufeffid,link,title\r\n" + "".join(f'{identity},"x,y",无此文\r\n' for identity in ids),
    "jsonl": lambda ids: "\n".join(lines(ids)) + "\n",
    "json": lambda ids: f'{{"total": {len(ids)}, "hits": [{",".join(lines(ids))}]}}',
    "ris": lambda ids: "".join(f"TY  - NEWS\r\nTI  - 无此文\r\nAN  - {one}\r\nER  - \r\n" for one in ids),
}
"""Some articles as each form of export has them, as far as a list needs."""


class TestMarks:
    @SIZES
    def test_marked_listed_exported_and_brought_back(self, opened: Open, size: dict[str, Any], tmp_path: Path) -> None:
        page = opened("/search?q=社区", **size)
        headlines = [page.locator(".hit h2 a").nth(at).inner_text() for at in (0, 1)]
        for at in (0, 1):
            page.locator(".hit .mark").nth(at).click()
        assert page.locator(".hit .mark[aria-pressed=true]").count() == 2
        page.get_by_role("link", name="收藏夹 2").click()
        page.wait_for_url("**/marked")
        links = page.locator("#marks a")
        assert links.all_inner_texts() == headlines[::-1]
        files = {form: self.exported(page, form, tmp_path) for form in ("JSON", "CSV")}
        kept = json.loads(files["JSON"].read_text("utf-8"))
        rows = list(csv.DictReader(io.StringIO(files["CSV"].read_text("utf-8-sig"), newline="")))
        assert rows == kept
        for file in files.values():
            page.once("dialog", lambda dialog: dialog.accept())
            page.get_by_role("button", name="清空").click()
            expect(page.locator("#no-marks")).to_be_visible()
            page.locator("#import").set_input_files(file)
            expect(page.locator("#imported")).to_have_text("导入 2 篇，已有 0 篇。")
            assert links.all_inner_texts() == headlines[::-1]
            page.locator("#import").set_input_files(file)
            expect(page.locator("#imported")).to_have_text("导入 0 篇，已有 2 篇。")
        links.first.click()
        page.wait_for_url("**/article/**")
        assert page.locator("h1").inner_text() == headlines[1]
        assert page.locator(".story .mark").get_attribute("aria-pressed") == "true"

    def exported(self, page: Page, form: str, folder: Path) -> Path:
        with page.expect_download() as download:
            page.get_by_role("button", name=f"导出 {form}").click()
        path = folder / f"marks.{form.lower()}"
        download.value.save_as(path)
        assert download.value.suggested_filename.endswith(path.suffix)
        return path

    def test_a_mark_is_taken_back_where_it_was_set(self, opened: Open) -> None:
        page = opened("/search?q=社区")
        button = page.locator(".hit .mark").first
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator("#told").inner_text() == "已收藏"
        page.locator("#facet-street label").first.click()
        expect(page.locator(".chips li")).to_have_count(1)
        page.go_back()
        expect(page.locator(".chips li")).to_have_count(0)
        assert button.get_attribute("aria-pressed") == "true"
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "false"
        assert page.evaluate("localStorage.getItem('baoku.marks')") == "[]"

    def test_files_and_stores_with_anything_in_them(self, opened: Open, tmp_path: Path) -> None:
        page = opened("/marked")
        page.evaluate("localStorage.setItem('baoku.marks', '{\"a\": 1}')")
        page.reload()
        expect(page.locator("#no-marks")).to_be_visible()
        evil = {"id": "../x?<b>", "title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)", "date": 3}
        file = tmp_path / "list.json"
        file.write_text(json.dumps([evil, None, {"id": 1}, "x"]), "utf-8")
        page.locator("#import").set_input_files(file)
        expect(page.locator("#imported")).to_have_text(
            f"导入 1 篇，已有 0 篇。有 3 条读不懂。有 1 篇库中没有，也留在单子里：{evil['title']}。"
        )
        link = page.locator("#marks a")
        assert link.inner_text() == evil["title"]
        assert (link.get_attribute("href") or "").startswith("/article/")
        file.write_text("not a list", "utf-8")
        page.locator("#import").set_input_files(file)
        expect(page.locator("#imported")).to_have_text("这个文件里没有读得懂的收藏。")

    @pytest.mark.parametrize("form", ["csv", "jsonl", "json", "ris"])
    def test_an_exported_list_is_brought_in(self, opened: Open, form: str, tmp_path: Path) -> None:
        page = opened("/search?q=社区&sort=oldest")
        hits = [mark.get_attribute("data-mark") for mark in page.locator(".hit .mark").all()][:3]
        headlines = page.locator(".hit h2 a").all_inner_texts()[:3]
        ids = [str(identity) for identity in hits] + ["0000000000000000"]
        file = tmp_path / f"list.{form}"
        file.write_text(LISTS[form](ids), "utf-8")
        page.goto("/marked")
        page.locator("#import").set_input_files(file)
        said = "导入 4 篇，已有 0 篇。有 1 篇库中没有，也留在单子里：无此文。"
        expect(page.locator("#imported")).to_have_text(said)
        assert page.locator("#marks a").all_inner_texts() == [*headlines, "无此文"]
        assert page.locator("#marks .date").first.inner_text().startswith("20")

    @SIZES
    def test_chosen_marks_are_cited(self, opened: Open, size: dict[str, Any]) -> None:
        page = opened("/search?q=社区", **size)
        for at in (0, 1, 2):
            page.locator(".hit .mark").nth(at).click()
        page.goto("/marked")
        wanted = page.locator("#marks a").all_inner_texts()
        page.get_by_label(f"选上 {wanted[1]}").uncheck()
        page.get_by_role("button", name="引用所选").click()
        page.wait_for_url("**/citations?**")
        assert page.locator("h1").inner_text() == "引用 2 篇"
        lines = page.locator("pre.copied").first.inner_text().splitlines()
        assert [line[:4] for line in lines] == ["[1] ", "[2] "]
        assert wanted[0] in lines[0]
        assert wanted[2] in lines[1]
        with page.expect_download() as download:
            page.get_by_role("link", name="RIS").click()
        assert download.value.path().read_text("utf-8").count("TY  - NEWS") == 2

    def test_without_the_server_nothing_is_brought_in(self, opened: Open, tmp_path: Path) -> None:
        page = opened("/marked")
        file = tmp_path / "list.json"
        file.write_text(LISTS["json"](["a"]), "utf-8")
        page.route("**/list.json?**", lambda route: route.fulfill(status=200, body="no JSON"))
        page.locator("#import").set_input_files(file)
        expect(page.locator("#imported")).to_have_text("库没有应答，没有导入。请稍后再试。")
        assert page.locator("#marks li").count() == 0

    def test_cells_of_a_table(self, opened: Open) -> None:
        page = opened("/marked")
        title = '=SUM(1)，"引号", 逗号\n换行'
        back = page.evaluate(
            """async (title) => {
              const {toCsv, fromCsv} = await import(new URL("table.js", document.querySelector("script[src]").src));
              const text = toCsv(["id", "title"], [{id: "a", title}]);
              return [text, fromCsv(text)];
            }""",
            title,
        )
        assert next(csv.DictReader(io.StringIO(back[0].lstrip("\ufeff"), newline="")))["title"] == f"'{title}"
        assert back[1] == [{"id": "a", "title": title}]

    def test_without_scripts_there_is_nothing_to_press(self, opened: Open) -> None:
        page = opened("/search?q=社区", java_script_enabled=False)
        assert page.locator(".hit .mark").first.is_hidden()
        page.goto("/marked")
        assert page.locator("noscript p").is_visible()
        assert page.get_by_role("button", name="导出 CSV").is_hidden()


@SIZES
def test_a_search_by_the_keyboard_alone(opened: Open, size: dict[str, Any]) -> None:
    page = opened("/", **size)
    page.keyboard.press("/")
    page.keyboard.insert_text("居民 sq")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("社区")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    box = page.locator("#facet-street input").first
    tab_to(page, box.evaluate("box => `street=${box.value}`"))
    page.keyboard.press("Space")
    expect(page.locator(".chips li")).to_have_count(1)
    stay(page)
    tab_to(page, page.locator(".chips a").get_attribute("aria-label") or "", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator(".chips li")).to_have_count(0)
    assert focused(page) == "total"
    assert stayed(page)


def tab_to(page: Page, wanted: str, backwards: bool = False) -> None:
    for _ in range(400):
        if focused(page) == wanted:
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    pytest.fail(f"{wanted} cannot be reached")
