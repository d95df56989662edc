"""The page that says that too many wait: it can be read by everyone, and gives way to the page that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.test_access import violations
from webui import create_app
from webui.errors import busy

pytestmark = pytest.mark.browser

RESULTS = "/search?q=社区"


@pytest.fixture
def refused() -> Callable[[Route], None]:
    """Answers in the words of a full server; not by its status, which browsers complain of to the console."""
    app = create_app({"INDEX": "nowhere"})
    with app.test_request_context("/search"):
        words = busy().get_data(as_text=True)
    return lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=words)


def test_it_tries_again_by_itself(opened: Callable[..., Page], refused: Callable[[Route], None]) -> None:
    page = opened("about:blank")
    page.route("**/search?*", refused, times=1)
    page.goto(RESULTS)
    expect(page.get_by_role("heading", level=1)).to_have_text("报库暂时不能使用")
    expect(page.locator("#again")).to_be_visible()
    expect(page.locator("article").first).to_be_visible()
    assert "q=" in page.url


def test_without_scripts_there_is_a_link(opened: Callable[..., Page], refused: Callable[[Route], None]) -> None:
    page = opened("about:blank", java_script_enabled=False)
    page.route("**/search?*", refused, times=1)
    page.goto(RESULTS)
    expect(page.locator("#again")).to_be_hidden()
    page.get_by_role("link", name="再试一次").click()
    expect(page.locator("article").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_everyone_can_read_it(opened: Callable[..., Page], refused: Callable[[Route], None], width: int) -> None:
    page = opened("about:blank", viewport={"width": width, "height": 700}, reduced_motion="reduce")
    page.clock.install()  # it stays
    page.route("**/search?*", refused)
    page.goto(RESULTS)
    assert violations(page) == {}
