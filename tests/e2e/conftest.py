"""The sample archive behind the real server, and a real browser before it."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.command import COMMAND, SAMPLE, environment, run
from tests.e2e import chromium

START_SECONDS = 60


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
    port = free_port()
    with (folder / "log").open("w+") as log:
        command = [*COMMAND, "serve", "--index", str(folder / "index"), "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
        try:
            yield answering(server, f"http://127.0.0.1:{port}", folder / "log")
        finally:
            server.terminate()
            server.wait(10)
    assert "Traceback" not in (folder / "log").read_text("utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answering(server: subprocess.Popen[bytes], place: str, log: Path) -> str:
    """The address, once it answers; a server that ends or stays silent fails with what it has said."""
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urlopen(f"{place}/healthz", timeout=5) as answer:
            assert answer.read().startswith(b"ok ")
            return place
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8')}")


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
