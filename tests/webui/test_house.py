"""The whole server, as ``baoku serve`` begins it: the same answers as by one process, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from search.archive import Archive
from tests.served import served
from tests.webui.conftest import ARTICLES, ROSE
from webui.app import create_app

PATHS = (
    *("/", "/search?q=月季", "/search?q=街道&street=东篱街道&sort=newest", "/article/rose", "/streets", "/dates"),
    *("/search?q=月季&lang=en", "/search.json?q=街道", "/api/v1/search?q=街道", "/suggest?q=月", "/search.csv?q=月季"),
    *("/search?q=月季&from=何时", "/article/nothing", "/nothing", "/trends?q=月季", "/feed.atom?q=街道", "/help"),
)
MOMENT = re.compile(r'"took_ms":[0-9.]+|用时.*?毫秒|[0-9.,]+ (ms|毫秒|秒)|<updated>.*?</updated>')
HOPS = {"date", "server", "connection", "transfer-encoding"}
"""Of the server and of the way, not of the answer."""
LATE_SECONDS = 30


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Server(NamedTuple):
    address: str
    number: int
    index: Path
    log: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> Got:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        asked = Request(self.address + quote(path, safe="/?&=%"), headers=named, method=method)
        try:
            answer = urlopen(asked, timeout=LATE_SECONDS)
        except HTTPError as error:
            answer = error
        with answer:
            return Got(
                answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read().decode()
            )

    def crew(self) -> list[int]:
        """The processes below the first: the front, then the workers, where none has been replaced."""
        listed = Path(f"/proc/{self.number}/task/{self.number}/children").read_text()
        return sorted(map(int, listed.split()))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    index = tmp_path / "index"
    Archive.create(index).add(ARTICLES)
    with served(index, tmp_path, log="json") as (address, process, log):
        yield Server(address, process.pid, index, log)


def test_workers_answer_as_one_process_would(server: Server) -> None:
    client = create_app({"INDEX": server.index, "ORIGINAL": lambda _: ()}).test_client()
    for path in PATHS:
        theirs, ours = server.get(path), client.get(path, base_url=server.address)
        assert theirs.status == ours.status_code, path
        assert _lasting(theirs.text) == _lasting(ours.get_data(as_text=True)), path
        named = {name.lower() for name in ours.headers.keys()}  # noqa: SIM118
        assert theirs.headers.keys() - HOPS == named - HOPS, path


def test_tags_hold_whichever_process_made_the_page(server: Server) -> None:
    tags = {server.get("/streets").headers["etag"] for _ in range(6)}
    assert len(tags) == 1
    again = server.get("/streets", If_None_Match=tags.pop())
    assert (again.status, again.text) == (304, "")


def test_a_head_has_no_body_and_the_length_of_one(server: Server) -> None:
    head = server.get("/article/rose", "HEAD")
    assert head.text == ""
    assert int(head.headers["content-length"]) == len(server.get("/article/rose").text.encode())


def test_the_line_in_the_log_has_the_number_of_the_answer_and_is_one(server: Server) -> None:
    number = server.get("/search?q=月季").headers["x-request-id"]
    lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines() if number in line]
    assert [line["path"] for line in lines] == ["/search"]


def test_whoever_dies_is_replaced_and_no_reader_sees_more_than_a_pause(server: Server) -> None:
    for _ in range(2):
        for number in server.crew():
            os.kill(number, signal.SIGKILL)
            assert server.get("/search?q=月季").status == 200
    end = monotonic() + LATE_SECONDS
    while len(server.crew()) < 3:  # the last one is just being replaced
        assert monotonic() < end


def test_a_disk_that_gives_nothing_any_more_takes_workers_with_it_and_not_the_server(server: Server) -> None:
    """What is mapped and cannot be read ends a process by SIGBUS; a file that is cut off is such a one."""
    (segment, *_) = sorted(server.index.glob("*.seg"), key=lambda path: -path.stat().st_size)
    whole = segment.read_bytes()
    os.truncate(segment, 4096)
    cut = server.get("/search?q=花坛")
    segment.write_bytes(whole)
    assert cut.status == 503
    assert "请稍后再试" in cut.text
    assert server.get("/search?q=花坛").status == 200


def test_workers_that_begin_while_the_index_cannot_be_read_say_so(server: Server) -> None:
    (segment, *_) = sorted(server.index.glob("*.seg"), key=lambda path: -path.stat().st_size)
    whole = segment.read_bytes()
    os.truncate(segment, 4096)
    for number in server.crew()[1:]:
        os.kill(number, signal.SIGKILL)
    answers = [server.get("/search?q=花坛") for _ in range(40)]
    assert {answer.status for answer in answers} == {503}
    assert "重建" in answers[-1].text
    segment.write_bytes(whole)
    assert server.get("/search?q=花坛").status == 200


def test_when_the_first_process_is_killed_all_others_go(server: Server) -> None:
    crew = server.crew()
    os.kill(server.number, signal.SIGKILL)
    end = monotonic() + LATE_SECONDS
    while alive := [number for number in crew if _lives(number)]:
        assert monotonic() < end, alive


def test_a_list_begun_before_a_commit_is_read_on_whoever_answers(server: Server) -> None:
    page = json.loads(server.get("/search.json?q=街道&per_page=20").text)
    seen = [hit["id"] for hit in page["hits"]]
    Archive.open(server.index).update([], remove=[ROSE.id, *seen[:5]])
    while page["next"]:
        page = json.loads(server.get(f"/search.json?next={page['next']}").text)
        seen += [hit["id"] for hit in page["hits"]]
    assert len(seen) == len(set(seen)) == page["total"]


def _lasting(text: str) -> str:
    return MOMENT.sub("", text)


def _lives(number: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{number}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
