"""Every kind of page with other eyes and other hands: narrow or enlarged, spaced out, by Tab, without motion, in the
reader's own colours (WCAG 2.2: 1.4.10, 1.4.12, 2.4.7, 2.4.11)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.places import PAGES, TROUBLE, filled

pytestmark = pytest.mark.browser

PATHS = [*(path for paths in PAGES.values() for path in paths), TROUBLE[400]]
UNFOLD = "for (const part of document.querySelectorAll('details')) part.open = true"
BEYOND = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const {right, width} = element.getBoundingClientRect();
  return width && right > innerWidth + 1 && !element.closest(".plot, .wide, .scroll, .unseen, .trend, pre");
}).map((element) => element.outerHTML.slice(0, 200))"""
"""What reaches past the right edge of the window, but for charts, tables and code that scroll on their own."""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("a, button, label, h1, h2, h3, p, dd, dt, td, th")]
  .filter((element) => {
  const {overflowX, webkitLineClamp} = getComputedStyle(element);
  return overflowX === "hidden" && webkitLineClamp === "none" && element.scrollWidth > element.clientWidth + 1
    && !element.closest(".unseen, .skip, legend, .import, [role=listbox]");
}).map((element) => element.outerHTML.slice(0, 200))"""
UNSEEN = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
  .filter((element) => element.tabIndex >= 0)
  .filter((element) => element.checkVisibility({visibilityProperty: true})).filter((element) => {
    element.focus();
    if (element !== document.activeElement) return !element.closest("fieldset[disabled]");
    const bar = element.matches("svg a") && element.querySelector(".area");
    const shown = bar || (element.closest(".import") ?? element);
    const {outlineStyle, outlineWidth, stroke, strokeWidth, opacity} = getComputedStyle(shown);
    const ring = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return !(ring || (bar && stroke !== "none" && parseFloat(strokeWidth) >= 2)) || opacity === "0";
  }).map((element) => element.outerHTML.slice(0, 200))"""
"""What cannot have the focus, or does not show that it has it."""
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll("*")].filter((element) => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
  return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
}).length"""


@pytest.fixture(scope="module")
def sheet(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="zh-CN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def visit(sheet: Page, address: str, path: str, width: int, height: int = 800) -> None:
    sheet.set_viewport_size({"width": width, "height": height})
    sheet.goto(filled(path, address))


@pytest.mark.parametrize("path", PATHS)
class TestEveryPage:
    def test_nothing_reaches_past_the_edge(self, sheet: Page, address: str, path: str) -> None:
        # 320 is a window of 1280 enlarged four times, 640 twice.
        for width in (320, 640):
            visit(sheet, address, path, width)
            sheet.evaluate(UNFOLD)
            assert sheet.evaluate(BEYOND) == []
            assert sheet.evaluate("document.documentElement.scrollWidth") <= width

    def test_spaced_text_is_neither_clipped_nor_pushed_out(self, sheet: Page, address: str, path: str) -> None:
        for width in (390, 1280):
            visit(sheet, address, path, width)
            sheet.evaluate(SPACED)
            assert sheet.evaluate(CLIPPED) == []
            assert sheet.evaluate("document.documentElement.scrollWidth") <= width

    def test_whatever_has_the_focus_shows_it(self, sheet: Page, address: str, path: str) -> None:
        visit(sheet, address, path, 1280)
        sheet.evaluate(UNFOLD)
        sheet.keyboard.press("Tab")  # from now on the browser shows the focus
        assert sheet.evaluate(UNSEEN) == []

    def test_nothing_moves_for_who_wants_no_motion(self, sheet: Page, address: str, path: str) -> None:
        visit(sheet, address, path, 1280)
        assert sheet.evaluate(MOVING) == 0


LOOK = """(element) => {
  const words = ["backgroundColor", "color", "fontWeight", "textDecorationLine", "borderTopStyle", "fill"];
  const {content} = getComputedStyle(element, "::before");
  return JSON.stringify([content, ...words.map((word) => getComputedStyle(element)[word])]);
}"""
PAIRS = {
    "篇数 or 每千篇": ("/search?q=社区", ".switch strong", ".switch a"),
    "the present page": ("/search?q=社区", ".pages [aria-current]", ".pages li > a"),
    "the present room": ("/streets", ".rooms [aria-current]", ".rooms a:not([aria-current])"),
    "a match": ("/search?q=社区", ".snippet mark", ".snippet"),
    "the chosen month": ("/search?q=社区&from=2022-05&to=2022-05", ".chosen .bar", ".plot a:not(.chosen) .bar"),
    "a month without a paper": ("/dates", ".months .missing", ".months .held"),
    "what only one version has": ("/article/{老院子换新颜}?compare={老院子换新颜/2}", ".text ins", ".text del"),
}


@pytest.mark.parametrize(("path", "this", "that"), PAIRS.values(), ids=PAIRS)
def test_the_readers_own_colours_keep_states_apart(sheet: Page, address: str, path: str, this: str, that: str) -> None:
    sheet.emulate_media(forced_colors="active")
    visit(sheet, address, path, 1280)
    looks = [sheet.locator(which).first.evaluate(LOOK) for which in (this, that)]
    sheet.emulate_media(forced_colors="none")
    assert looks[0] != looks[1]


def test_the_readers_own_colours_show_what_is_pressed_and_suggested(sheet: Page, address: str) -> None:
    sheet.emulate_media(forced_colors="active")
    visit(sheet, address, "/search?q=社区", 1280)
    mark = sheet.locator(".hit .mark")
    mark.first.click()
    assert mark.first.evaluate(LOOK) != mark.nth(1).evaluate(LOOK)
    sheet.locator("#q").fill("街道")
    options = sheet.get_by_role("option")
    options.nth(1).wait_for()
    sheet.locator("#q").press("ArrowDown")
    assert options.first.evaluate(LOOK) != options.nth(1).evaluate(LOOK)
    sheet.emulate_media(forced_colors="none")
