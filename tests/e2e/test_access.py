"""Every kind of page for every reader: WCAG 2.2 A and AA by axe-core, in light and dark, at both widths."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.e2e.places import PAGES, TROUBLE, filled
from webui import create_app

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SIZES = pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=["1280", "390"], indirect=True)
EVERY_PAGE = pytest.mark.parametrize("path", [path for paths in PAGES.values() for path in paths])
STANDARD = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
"""Rules of WCAG 2.2, levels A and AA, and what axe advises besides; it leaves the size of targets out unless asked."""
UNFOLD = "for (const part of document.querySelectorAll('details')) part.open = true"


@pytest.fixture(scope="module")
def sheet(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One window for many pages, of the size that the test asks for."""
    context = browser.new_context(base_url=address, locale="zh-CN", reduced_motion="reduce", **request.param)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose archive is missing, and one of whose pages fails."""
    app = create_app({"INDEX": tmp_path_factory.mktemp("missing") / "index"})
    app.add_url_rule("/broken", view_func=lambda: 1 // 0)
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def violations(page: Page) -> dict[str, list[str]]:
    """What axe-core complains of, in light and in dark and with all parts unfolded: the places by rule."""
    page.evaluate(UNFOLD)
    found: dict[str, list[str]] = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for one in Axe().run(page, options=STANDARD).response["violations"]:
            found[f"{one['id']}, {scheme}"] = [f"{node['html']} {node['failureSummary']}" for node in one["nodes"]]
    return found


class TestStandard:
    @SIZES
    @EVERY_PAGE
    def test_a_page(self, sheet: Page, address: str, path: str) -> None:
        answer = sheet.goto(filled(path, address))
        assert answer
        assert answer.status == (404 if "没有的" in path else 200)
        assert violations(sheet) == {}

    @SIZES
    @pytest.mark.parametrize("path", TROUBLE.values(), ids=TROUBLE)
    def test_trouble(self, sheet: Page, path: str) -> None:
        sheet.goto(path)
        assert violations(sheet) == {}

    @SIZES
    @pytest.mark.parametrize(("status", "path"), [(500, "/broken"), (503, "/"), (503, "/search?q=社区")])
    def test_a_broken_archive(self, sheet: Page, broken: str, status: int, path: str) -> None:
        answer = sheet.goto(broken + path)
        assert answer
        assert answer.status == status
        assert violations(sheet) == {}

    @SIZES
    def test_what_is_sent(self, sheet: Page, tmp_path: Path) -> None:
        sheet.goto("/receipt?q=社区&street=永泰街道")
        sheet.get_by_role("button", name="做一个短链接").click()
        sheet.wait_for_url("**/r/*")
        assert violations(sheet) == {}
        listed = tmp_path / "list.csv"
        listed.write_bytes(sheet.request.get("/search.csv?q=社区").body().replace("永泰街道".encode(), b"nowhere"))
        sheet.goto("/verify")
        sheet.locator("#file").set_input_files(listed)
        sheet.get_by_role("button", name="核对").click()
        sheet.locator(".verdict").wait_for()
        assert violations(sheet) == {}

    @SIZES
    def test_completions_and_marks(self, sheet: Page) -> None:
        sheet.goto("/search?q=社区")
        sheet.locator(".hit .mark").first.click()
        sheet.locator("#q").fill("yongtai")
        sheet.get_by_role("option").first.wait_for()
        sheet.locator("#q").press("ArrowDown")
        assert violations(sheet) == {}
        sheet.goto("/marked")
        sheet.locator("#marks li").wait_for()
        assert violations(sheet) == {}
