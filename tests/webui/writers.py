"""Processes that stand in for the one that writes an export, and do only what a test tells them to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from search.export import EXPORTS
from search.request import SearchRequest
from webui.jobs import job as jobs
from webui.jobs.desk import Desk
from webui.jobs.job import Job, Order

OBEDIENT = """
import os, pathlib, sys
folder = pathlib.Path(sys.argv[1])
for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    if word == "say":
        print(rest, flush=True)
    elif word == "write":
        (folder / "list").write_bytes(b"x" * int(rest))
    elif word == "exit":
        os._exit(int(rest))
"""
SECONDS = 60


def start(job: Job) -> subprocess.Popen[str]:
    """A process that obeys ``command``."""
    return subprocess.Popen(
        [sys.executable, "-S", "-c", OBEDIENT, str(job.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@contextmanager
def obedient_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Files are written by processes that obey the test; everything above four rows is long but for CSV."""
    monkeypatch.setattr(jobs, "LONG", {**dict.fromkeys(EXPORTS, 4), "csv": 1000})
    desk = Desk(1 << 30, start)
    yield desk
    desk.close()


def command(desk: Desk, job: Job, *lines: str) -> None:
    """Lets the process of a job do something: say a line, write so many bytes, exit with a code."""
    wait(desk, lambda: job.process is not None)
    assert job.process
    assert job.process.stdin
    for line in lines:
        print(line, file=job.process.stdin, flush=True)


def wait(desk: Desk, happened: Callable[[], bool]) -> None:
    """Until something has become of a job; whatever changes is told to those who wait."""
    with desk._turn:
        assert desk._turn.wait_for(happened, SECONDS)


def an_order(query: str = "月季", form: str = "csv", index: Path = Path("nowhere")) -> Order:
    return Order(index, SearchRequest(query), form, False, "http://localhost/article/")
