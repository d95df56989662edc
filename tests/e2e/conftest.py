"""The sample archive behind the real server, and a real browser before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.command import SAMPLE, run
from tests.e2e import chromium
from tests.served import served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.find()
    if not found:
        pytest.skip("没有 Chromium，浏览器测试略去；make test 会设法安装 (no Chromium: browser tests are left out)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample archive is served, indexed and started by the command line."""
    folder = tmp_path_factory.mktemp("served")
    indexed = run("index", SAMPLE, "--index", folder / "index", cwd=folder)
    assert indexed.returncode == 0, indexed.stderr
    with served(folder / "index", folder) as (place, _, _):
        yield place


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a window of its own; the test fails when any of its pages complained to the console."""
    contexts, complaints = [], []

    def open_page(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(base_url=address, locale="zh-CN", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints
