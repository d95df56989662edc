"""Long exports in a browser: the bar moves, cancelling works, the file comes, for every reader, without scripts too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from search.archive import Archive
from tests.e2e.test_access import PHONE, WIDE, violations
from tests.e2e.test_reflow import BEYOND
from tests.webui.conftest import ARTICLES
from tests.webui.writers import command, obedient_desk, wait
from webui import create_app
from webui.jobs import job as jobs
from webui.jobs.desk import Desk
from webui.jobs.job import Job

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
HALF = 'say {"total": 1000, "rows": 500}'


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("jobs") / "index"
    Archive.create(path).add(ARTICLES)
    return path


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with obedient_desk(monkeypatch) as desk:
        yield desk


@pytest.fixture
def address(index: Path, desk: Desk) -> Iterator[str]:
    """In place of the sample archive: a server of this process, whose writers the test holds."""
    app = create_app({"INDEX": index})
    app.extensions["exports"] = desk
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def ordered(page: Page, desk: Desk, name: str = "Excel 表格") -> Job:
    """The job that the form of formats begins."""
    page.get_by_role("radio", name=name).check()
    page.get_by_role("button", name="下载").click()
    page.wait_for_url("**/export/*")
    job = desk.find(page.url.partition("?")[0].rpartition("/")[2])
    assert job
    return job


def finish(desk: Desk, job: Job) -> None:
    command(desk, job, "write 4321", "exit 0")
    wait(desk, lambda: job.state == jobs.DONE)


def test_the_bar_moves_and_the_file_comes(opened: Open, desk: Desk) -> None:
    page = opened("/export?q=实事")
    job = ordered(page, desk)
    page.evaluate("window.stayed = true")
    bar = page.get_by_role("progressbar", name="写好了多少")
    for rows, percent in ((200, "20"), (900, "90")):
        command(desk, job, f'say {{"total": 1000, "rows": {rows}}}')
        expect(bar).to_have_js_property("value", int(percent))
        expect(page.locator("#told-job")).to_contain_text(f"{percent}%")
        expect(page).to_have_title(f"{percent}% · 实事 · 报库")
    expect(page.get_by_role("link", name="看看写到哪里了")).to_be_hidden()
    page.get_by_role("button", name="取消").focus()
    finish(desk, job)
    link = page.get_by_role("link", name="下载")
    expect(link).to_be_focused()
    expect(page.locator("#told")).to_contain_text("写好了")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "报库-实事.xlsx"
    assert download.value.path().stat().st_size == 4321
    assert page.evaluate("window.stayed")


def test_without_scripts_a_link_shows_how_far_it_is(opened: Open, desk: Desk) -> None:
    page = opened("/export?q=实事", java_script_enabled=False)
    job = ordered(page, desk)
    command(desk, job, HALF)
    wait(desk, lambda: job.rows == 500)
    look = page.get_by_role("link", name="看看写到哪里了")
    look.click()
    expect(page.locator("#told-job")).to_contain_text("50%")
    finish(desk, job)
    look.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.path().stat().st_size == 4321


@SCRIPTS
def test_cancelling_and_starting_again(opened: Open, desk: Desk, scripts: bool) -> None:
    page = opened("/export?q=实事&sort=oldest", java_script_enabled=scripts)
    job = ordered(page, desk)
    command(desk, job, "write 10")
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".verdict")).to_contain_text("已取消")
    wait(desk, lambda: job.process is not None and job.process.returncode is not None)
    assert not job.folder.exists()
    page.get_by_role("button", name="重新开始").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    again = desk.find(page.url.partition("?")[0].rpartition("/")[2])
    assert again
    assert again.order == job.order


@SCRIPTS
def test_a_short_format_is_downloaded_at_once(opened: Open, desk: Desk, scripts: bool) -> None:
    page = opened("/export?q=实事", java_script_enabled=scripts)
    page.get_by_role("radio", name="CSV 表格").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename == "报库-实事.csv"
    assert desk._jobs == {}


def test_after_a_restart_the_page_says_that_the_job_is_gone(browser: Browser, address: str, desk: Desk) -> None:
    # Not by ``opened``: a browser complains of every 404.
    page = browser.new_page(base_url=address)
    page.goto("/export?q=实事")
    job = ordered(page, desk)
    command(desk, job, HALF)
    with page.expect_response(lambda answer: answer.status == 404):
        desk.close()
    expect(page.locator(".verdict")).to_contain_text("已经不在了")
    page.get_by_role("button", name="重新开始").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.close()


@pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=["1280", "390"])
def test_every_state_is_for_every_reader(opened: Open, desk: Desk, sheet: dict[str, object]) -> None:
    page = opened("/export?q=实事", reduced_motion="reduce", **sheet)
    assert violations(page) == {}
    job = ordered(page, desk)
    command(desk, job, HALF)
    expect(page.locator("#told-job")).to_contain_text("50%")
    assert violations(page) == {}
    assert page.evaluate(BEYOND) == []
    waiting = desk.order(job.order)
    finish(desk, job)
    expect(page.get_by_role("link", name="下载")).to_be_visible()
    assert violations(page) == {}
    page.goto(f"/export/{waiting.name}")
    page.get_by_role("button", name="取消").click()
    expect(page.locator(".verdict")).to_be_visible()
    assert violations(page) == {}
