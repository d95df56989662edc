"""Long exports on the web: ordered, followed, cancelled, downloaded, and told in words when they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.export import EXPORTS
from tests.webui.markup import Page
from tests.webui.writers import an_order, command, obedient_desk, wait
from webui import create_app
from webui.jobs import job as jobs
from webui.jobs.desk import MOST_WAITING, Desk
from webui.jobs.job import DONE, FAILED, Job, is_long, longest

SEARCH = {"q": "实事", "street": "东篱街道", "sort": "oldest"}
WANTED = {**SEARCH, "format": "xlsx"}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with obedient_desk(monkeypatch) as desk:
        yield desk


@pytest.fixture
def client(index: Path, desk: Desk) -> FlaskClient:
    app = create_app({"INDEX": index, "TESTING": True, "PROPAGATE_EXCEPTIONS": False})
    app.extensions["exports"] = desk
    return app.test_client()


def ordered(client: FlaskClient, desk: Desk, **wanted: str) -> tuple[str, Job]:
    """The address of the page of a new job, and the job."""
    answer = client.post("/export", data=wanted or WANTED)
    assert answer.status_code == 303
    path = answer.headers["Location"].partition("?")[0]
    job = desk.find(path.removeprefix("/export/"))
    assert job
    return answer.headers["Location"], job


def test_a_long_list_is_ordered_followed_and_downloaded(client: FlaskClient, desk: Desk) -> None:
    address, job = ordered(client, desk)
    command(desk, job, 'say {"total": 1000, "rows": 420}')
    wait(desk, lambda: job.rows == 420)
    page = Page(client.get(address).text)
    assert page.all("progress")[0]["value"] == "42"
    assert "42%" in page.text
    assert client.get(f"/export/{job.name}/file").status_code == 404
    command(desk, job, "write 4321", "exit 0")
    wait(desk, lambda: job.state == DONE)
    page = Page(client.get(address).text)
    assert "4.3 kB" in page.text
    assert page.all("progress") == []
    answer = client.get(f"/export/{job.name}/file", headers={"Accept-Encoding": "gzip"})
    assert (answer.content_length, answer.data, answer.mimetype) == (4321, b"x" * 4321, EXPORTS["xlsx"].media_type)
    assert "filename=\"baoku.xlsx\"; filename*=UTF-8''%E6%8A%A5" in answer.headers["Content-Disposition"]


def test_the_file_is_the_whole_list(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONG", dict.fromkeys(EXPORTS, 4))
    client = create_app({"INDEX": index}).test_client()
    desk: Desk = client.application.extensions["exports"]
    _, job = ordered(client, desk, **{**SEARCH, "format": "csv"})
    wait(desk, lambda: job.state == DONE)
    assert (
        client.get(f"/export/{job.name}/file").data
        == client.get("/export", query_string={**SEARCH, "format": "csv"}).data
    )
    desk.close()


def test_a_text_is_sent_with_its_length_too(client: FlaskClient, desk: Desk) -> None:
    _, job = ordered(client, desk, **{**WANTED, "format": "jsonl"})
    command(desk, job, "write 5000", "exit 0")
    wait(desk, lambda: job.state == DONE)
    answer = client.get(f"/export/{job.name}/file", headers={"Accept-Encoding": "gzip"})
    assert (answer.content_length, answer.content_encoding) == (5000, None)


def test_the_job_is_what_was_chosen(client: FlaskClient, desk: Desk) -> None:
    _, job = ordered(client, desk, **WANTED, text="1", page="3")
    assert replace(job.order, index=Path("nowhere")) == replace(
        an_order("实事", "xlsx"),
        request=job.order.request,
        text=True,
    )
    assert (job.order.request.query, job.order.request.only, job.order.request.page) == (
        "实事",
        {"street": ("东篱街道",)},
        1,
    )


def test_a_short_list_is_downloaded_at_once(client: FlaskClient, desk: Desk) -> None:
    for wanted in ({**SEARCH, "format": "csv", "text": "1"}, {"q": "石桥修了", "format": "bundle"}):
        answer = client.post("/export", data=wanted)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/export?")
        assert client.get(answer.headers["Location"]).mimetype == EXPORTS[wanted["format"]].media_type
    assert desk._jobs == {}


def test_the_choice_of_formats_says_which_are_long(client: FlaskClient) -> None:
    long, short = (Page(client.get(f"/export?q={query}").text) for query in ("实事", "石桥修了"))
    assert [page.all("form", class_="export")[0]["method"] for page in (long, short)] == ["post", "get"]
    assert long.text.count("· 先写好") == len(EXPORTS) - 1
    assert "先写好" not in short.text


def test_scripts_get_the_file_at_once_however_long(client: FlaskClient, desk: Desk) -> None:
    answer = client.get("/export?q=实事&format=xlsx")
    assert (answer.status_code, answer.mimetype) == (200, EXPORTS["xlsx"].media_type)
    assert desk._jobs == {}


def test_cancelling_leads_back_to_the_page_which_says_so(client: FlaskClient, desk: Desk) -> None:
    address, job = ordered(client, desk)
    assert client.post(f"/export/{job.name}").headers["Location"] == address
    page = Page(client.get(address).text)
    assert "已取消" in page.text
    assert again(page) == WANTED
    assert client.get(f"/export/{job.name}/file").status_code == 404


def again(page: Page) -> dict[str, str]:
    """What the button sends that orders the list once more."""
    return {field["name"]: field["value"] for field in page.all("input", type="hidden") if field["name"] != "lang"}


def test_a_failure_says_why_and_shows_ways_out(client: FlaskClient, desk: Desk) -> None:
    address, job = ordered(client, desk)
    command(desk, job, 'say {"trouble": "<b>坏了</b>"}', "exit 1")
    wait(desk, lambda: job.state == FAILED)
    html = client.get(address).text
    assert "&lt;b&gt;坏了" in html
    direct = next(link for link in Page(html).links() if "format=xlsx" in link and link.startswith("/export?"))
    assert client.get(direct).mimetype == EXPORTS["xlsx"].media_type


def test_a_job_that_is_gone_can_be_ordered_again(client: FlaskClient) -> None:
    answer = client.get("/export/gone", query_string=WANTED)
    assert answer.status_code == 404
    assert "已经不在了" in answer.text
    assert again(Page(answer.text)) == WANTED
    assert client.get("/export/gone").status_code == 404
    assert client.post("/export/gone").status_code == 404
    assert client.get("/export/gone/file").status_code == 404


@pytest.mark.usefixtures("desk")
def test_the_language_is_kept(client: FlaskClient) -> None:
    page = Page(client.get("/export?q=实事&lang=en").text)
    answer = client.post(page.all("form", class_="export")[0]["action"], data=WANTED)
    assert "lang=en" in answer.headers["Location"]
    assert "Cancel" in client.get(answer.headers["Location"]).text
    name = answer.headers["Location"].partition("?")[0].removeprefix("/export/")
    assert "lang=en" in client.post(f"/export/{name}?lang=en").headers["Location"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://before.the.proxy"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[evil"}, 403),
    ],
)
def test_only_our_own_pages_may_ask_for_work(
    client: FlaskClient, desk: Desk, headers: dict[str, str], status: int
) -> None:
    _, job = ordered(client, desk)
    for place in ("/export", f"/export/{job.name}"):
        answer = client.post(place, data=WANTED, headers=headers)
        assert answer.status_code == status
        assert ("本站" in answer.text) == (status == 403)


def test_without_room_nothing_is_prepared(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LONG", dict.fromkeys(EXPORTS, 0))
    client = create_app({"INDEX": index, "EXPORTS": 0}).test_client()
    assert Page(client.get("/export?q=实事").text).all("form", class_="export")[0]["method"] == "get"
    assert client.post("/export", data=WANTED).headers["Location"].startswith("/export?")


def test_too_many_are_refused_in_words(client: FlaskClient, desk: Desk) -> None:
    for _ in range(MOST_WAITING):
        ordered(client, desk)
    answer = client.post("/export", data=WANTED)
    assert (answer.status_code, "太多" in answer.text) == (503, True)


def test_what_cannot_be_read_is_said(client: FlaskClient, desk: Desk) -> None:
    assert client.post("/export", data={**WANTED, "from": "x"}).status_code == 400
    assert client.post("/export", data={**WANTED, "q": "a" * 20_000}).status_code == 400
    answer = client.post("/export", data={**WANTED, "format": "docx"})
    assert (answer.status_code, "format" in answer.headers["Location"]) == (303, False)
    assert desk._jobs == {}


def test_lengths_are_for_every_format() -> None:
    assert jobs.LONG.keys() == EXPORTS.keys()
    for form, most in jobs.LONG.items():
        assert (is_long(form, most), is_long(form, most + 1)) == (False, True)
        assert form not in longest(most)
        assert form in longest(most + 1)
