"""The write lock: who holds it is told, and a process that is gone holds nothing."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine.lock import LOCK, locked
from search.errors import IndexBusy
from tests.command import environment

HOLDER = """
import sys
from pathlib import Path
from search.engine.lock import locked
from search.engine.workers import _started
with locked(Path(sys.argv[1])):
    worker = _started()
    print(worker.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of a folder, and has begun a worker meanwhile."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock."""
    monkeypatch.setattr("search.engine.lock._WAIT_SECONDS", 0.0)


def refused(folder: Path) -> str:
    """What one is told who does not get the lock."""
    with pytest.raises(IndexBusy) as caught, locked(folder):
        pass
    return str(caught.value)


def test_who_holds_the_lock_is_told(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    said = refused(tmp_path)
    assert said.startswith(f"进程 {holder.pid} 从 ")
    assert str(tmp_path) in said


def test_a_killed_holder_holds_nothing_though_its_worker_may_live_a_little_longer(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    with locked(tmp_path):
        assert (tmp_path / LOCK).read_text().startswith(f"{os.getpid()} ")


def test_what_is_left_in_the_file_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("999 2020-01-01T00:00:00 elsewhere, with a name much longer than ours\n" * 9)
    with locked(tmp_path):
        assert len((tmp_path / LOCK).read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (f"4194305 2026-05-01T09:00:00 {socket.gethostname()}", "已经不在.*网络盘"),
        ("7 2026-05-01T09:00:00 another-host", "主机 another-host 的进程 7 从 2026-05-01 09:00:00 起"),
        ("", "另一个程序正在写索引"),
        ("x y z", "另一个程序正在写索引"),
        ("\udcff", "另一个程序正在写索引"),
        (f"{'9' * 30} 2026-05-01T09:00:00 {socket.gethostname()}", "起在写索引"),
    ],
)
def test_a_lock_of_another_computer_or_of_the_dead_is_explained(tmp_path: Path, note: str, said: str) -> None:
    with locked(tmp_path):
        (tmp_path / LOCK).write_bytes(note.encode("utf-8", "surrogateescape"))
        assert re.search(said, refused(tmp_path))
