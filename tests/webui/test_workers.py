"""Workers that are slow, that die, that answer; and the crew that replaces them, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from socket import socketpair
from threading import Thread
from typing import Any

import pytest

from tests.command import ROOT, environment
from webui.workers.wire import Broken, receive, send

END_SECONDS = 60


def asked(*addresses: str, seconds: float = END_SECONDS) -> list[dict[str, Any]]:
    """What the front of a crew with one worker is answered, one after the other."""
    command = [sys.executable, "-m", "tests.webui.toys", str(seconds), *addresses]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=END_SECONDS)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_worker_is_told_the_request_and_that_it_came_through_the_door() -> None:
    (answer,) = asked("/any")
    assert answer["told"]["PATH_INFO"] == "/any"
    assert answer["told"]["baoku.errand"] is True
    assert answer["toys"] == ["1", "2"]


def test_what_takes_too_long_is_stopped_and_the_next_answer_comes_from_a_new_worker() -> None:
    slow, fine = asked("/slow", "/any", seconds=1.5)
    assert slow == {"error": "TooSlow"}
    assert fine["told"]["PATH_INFO"] == "/any"


def test_an_answer_that_kills_its_workers_is_given_up_and_others_are_made() -> None:
    dead, fine = asked("/die", "/any")
    assert dead == {"error": "WorkersGone"}
    assert fine["told"]["PATH_INFO"] == "/any"


def test_a_crew_whose_members_end_at_once_gives_up() -> None:
    script = "from webui.workers.crew import Crew; print(Crew((lambda _: None,), lambda: None).run())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=END_SECONDS
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("body", [b"", b"x" * 1_000_000])
def test_frames_are_whole_or_broken(body: bytes) -> None:
    ours, theirs = socketpair()
    with ours, theirs:
        sender = Thread(target=send, args=(ours, {"a": "报"}, body))
        sender.start()
        assert receive(theirs) == ({"a": "报"}, body)
        sender.join(END_SECONDS)
        ours.close()
        with pytest.raises(Broken):
            receive(theirs)
        with pytest.raises(Broken):
            send(theirs, {"a": "b"})


def test_a_frame_that_does_not_come_is_not_waited_for_for_ever() -> None:
    ours, theirs = socketpair()
    with ours, theirs:
        theirs.settimeout(0.01)
        with pytest.raises(TimeoutError):
            receive(theirs)
