"""A span of time chosen on the timeline: by mouse, by finger and by keyboard, in place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_browser import PHONE, WORD, Open
from tests.e2e.test_front import asked, stay, stayed, total

pytestmark = pytest.mark.browser

MIDDLE = "[...document.querySelectorAll('.histogram [data-period]')].map((column) => {" + (
    "const {x, y, width, height} = column.getBoundingClientRect(); return [x + width / 2, y + height / 2]; })"
)
TOUCH = """([kind, x, y]) => {
  const chart = document.querySelector(".histogram");
  const finger = {pointerId: 1, pointerType: "touch", isPrimary: true, button: 0};
  chart.setPointerCapture = () => {};
  chart.dispatchEvent(new PointerEvent(kind, {...finger, bubbles: true, cancelable: true, clientX: x, clientY: y}));
}"""


def periods(page: Page) -> list[str]:
    names = page.evaluate(
        "[...document.querySelectorAll('.histogram [data-period]')].map(({dataset}) => dataset.period)"
    )
    return [str(name) for name in names]


def within(page: Page, first: int, last: int) -> int:
    """The hits of some columns together; no story of the sample archive has an interval that touches two years."""
    cells = page.locator(".timeline .numbers tbody tr").evaluate_all(
        "rows => rows.map(row => row.cells[1].textContent)"
    )
    return sum(int(cell.replace(",", "")) for cell in cells[first : last + 1] if cell.replace(",", "").isdigit())


def test_a_mouse_drags_over_three_years(opened: Open) -> None:
    page = opened(f"/search?q={WORD}")
    stay(page)
    names, middles = periods(page), page.evaluate(MIDDLE)
    page.mouse.move(*middles[1])
    page.mouse.down()
    page.mouse.move(*middles[2], steps=4)
    page.mouse.move(*middles[3], steps=4)
    assert page.locator(".histogram .picked").count() == 3
    expect(page.locator("[data-span]")).to_have_text(f"只看{names[1]}年至{names[3]}年")
    page.mouse.up()
    page.wait_for_url("**from=*")
    expect(page.locator(".chips li")).not_to_have_count(0)
    assert asked(page) == {"q": [WORD], "from": [names[1]], "to": [names[3]]}
    assert stayed(page)


def test_a_click_without_dragging_is_the_link_of_the_bar(opened: Open) -> None:
    page = opened(f"/search?q={WORD}")
    page.mouse.click(*page.evaluate(MIDDLE)[0])
    page.wait_for_url("**date=*")
    assert asked(page) == {"q": [WORD], "date": [periods(opened(f"/search?q={WORD}"))[0]]}


def test_shift_and_arrows_choose_and_escape_forgets(opened: Open) -> None:
    page = opened(f"/search?q={WORD}&sort=newest")
    names = periods(page)
    page.locator(".histogram a").first.focus()
    start = names.index(str(page.evaluate("document.activeElement.dataset.period")))
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    assert page.locator(".histogram .picked").count() == 0
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#told")).to_have_text(f"只看{names[start]}年至{names[start + 1]}年")
    many = within(page, start, start + 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    assert asked(page) == {"q": [WORD], "from": [names[start]], "to": [names[start + 1]], "sort": ["newest"]}
    expect(page.locator(".chips a", has_text="起")).to_be_visible()
    assert total(page) == many


def test_a_finger_rests_and_drags(opened: Open) -> None:
    page = opened(f"/search?q={WORD}", **PHONE)
    names, middles = periods(page), page.evaluate(MIDDLE)
    page.evaluate(TOUCH, ["pointerdown", *middles[0]])
    if not page.locator(".histogram.whole").count():
        expect(page.locator(".histogram .picked")).to_have_count(1)
    page.evaluate(TOUCH, ["pointermove", *middles[2]])
    expect(page.locator(".histogram .picked")).to_have_count(3)
    page.evaluate(TOUCH, ["pointerup", *middles[2]])
    page.wait_for_url("**from=*")
    assert (asked(page)["from"], asked(page)["to"]) == ([names[0]], [names[2]])


def test_a_finger_that_moves_at_once_moves_the_chart(opened: Open) -> None:
    page = opened(f"/search?q={WORD}&from=2019&to=2021", **PHONE)
    middles = page.evaluate(MIDDLE)
    assert page.locator(".histogram.whole").count() == 0
    page.evaluate(TOUCH, ["pointerdown", *middles[-2]])
    page.evaluate(TOUCH, ["pointermove", *middles[-1]])
    page.evaluate(TOUCH, ["pointerup", *middles[-1]])
    assert page.locator(".histogram .picked").count() == 0


def test_without_scripts_nothing_is_promised(opened: Open) -> None:
    page = opened(f"/search?q={WORD}", java_script_enabled=False)
    assert page.locator(".span-hint").is_hidden()
    assert page.locator(".histogram a").count() > 1
