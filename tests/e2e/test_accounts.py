"""The archive with a login, at both widths, with and without JavaScript; the pages that there are only then."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.command import COMMAND, SAMPLE, environment, run
from tests.e2e.places import CLOSED
from tests.e2e.test_access import PHONE, WIDE, violations
from tests.served import served

pytestmark = pytest.mark.browser

EDITOR, READER, PASSWORD = "王编辑", "lin", "correct horse battery"
SIZES = pytest.mark.parametrize("options", [WIDE, PHONE], ids=["1280", "390"])
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample archive, of which nothing is read without an account."""
    folder = tmp_path_factory.mktemp("closed")
    index = folder / "index"
    assert run("index", SAMPLE, "--index", index, cwd=folder).returncode == 0
    for words in ((EDITOR, "--editor"), (READER,)):
        command = [*COMMAND, "user", "add", *words, "--password-stdin", "--index", str(index)]
        subprocess.run(command, cwd=folder, env=environment(), input=PASSWORD.encode(), check=True, capture_output=True)
    with served(index, folder, login="all", secret_key="0123456789" * 4) as (place, _, _):
        yield place


@pytest.fixture
def door(browser: Browser, closed: str) -> Iterator[Open]:
    """Opens a page of the closed archive in a window of its own."""
    contexts = []

    def open_page(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(base_url=closed, locale="zh-CN", **options))
        contexts[-1].set_default_timeout(15_000)
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("名字").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


@SIZES
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_editor_comes_in_looks_around_and_leaves(door: Open, options: dict[str, Any], scripts: bool) -> None:
    page = door("/search?q=社区&street=永泰街道", java_script_enabled=scripts, **options)
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    sign_in(page, EDITOR, "wrong wrong wrong")
    expect(page.get_by_role("alert")).to_contain_text("名字或密码不对")
    sign_in(page, EDITOR)
    expect(page.locator("h1#total")).to_contain_text("找到")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["社区"], "street": ["永泰街道"]}
    page.get_by_role("link", name="编辑室").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("编辑室")
    page.get_by_role("link", name="审计记录").click()
    page.get_by_label("事项").select_option("登录被拒")
    page.get_by_role("button", name="只看这些").click()
    expect(page.locator("tbody tr").first).to_contain_text(EDITOR)
    page.get_by_role("link", name="退出").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    page.go_back()
    page.goto("/search?q=社区")
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


@SIZES
def test_by_keyboard_alone(door: Open, options: dict[str, Any]) -> None:
    page = door("/streets", **options)
    page.get_by_label("名字").focus()
    page.keyboard.type(READER)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("街道")
    assert page.get_by_role("link", name="编辑室").count() == 0


def test_a_session_that_has_ended_leads_to_the_form_from_where_one_is(door: Open) -> None:
    page = door("/search?q=社区", **WIDE)
    sign_in(page, READER)
    page.context.clear_cookies()
    page.locator("#q").fill("yongtai")  # no window of the browser's own asks for a password
    page.locator("#facet-street").get_by_role("checkbox").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    sign_in(page, READER)
    expect(page.locator("h1#total")).to_contain_text("找到")
    assert "street" in parse_qs(urlsplit(page.url).query)


def test_the_way_in_in_english(door: Open) -> None:
    page = door("/streets?lang=en", **WIDE)
    page.get_by_label("Name").fill(READER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Streets")
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


@SIZES
def test_the_pages_meet_the_standard(door: Open, options: dict[str, Any]) -> None:
    page = door("/login?next=/editor", reduced_motion="reduce", **options)
    assert violations(page) == {}
    sign_in(page, EDITOR, "wrong wrong wrong")
    page.get_by_role("alert").wait_for()
    assert violations(page) == {}
    sign_in(page, EDITOR)
    page.get_by_role("heading", name="编辑室").wait_for()
    for paths in CLOSED.values():
        for path in paths:
            page.goto(path)
            assert violations(page) == {}, path
            width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, path


def test_nothing_needs_more_than_a_narrow_window(door: Open) -> None:
    page = door("/login", viewport={"width": 320, "height": 640})
    sign_in(page, EDITOR)
    page.locator("#q").wait_for()
    for path in ["/login", *(path for paths in CLOSED.values() for path in paths)]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_reader_at_the_editors_door_is_told(door: Open) -> None:
    page = door("/editor", **WIDE)
    sign_in(page, READER)
    expect(page.locator(".trouble")).to_contain_text("只给编辑")
    assert violations(page) == {}
