"""The waiting list of long exports: one at a time, and never more than there is room and patience for."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.webui.writers import an_order, command, start, wait
from webui.jobs import desk as desks
from webui.jobs.desk import AGE, MOST_KEPT, MOST_WAITING, Desk, DeskUnavailable
from webui.jobs.job import CANCELLED, DONE, FAILED, WAITING, WRITING, Job

PLENTY = 1 << 30


class Clock:
    """Stands still unless it is put forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Iterator[Desk]:
    made = Desk(PLENTY, start, clock)
    yield made
    made.close()


def ended(desk: Desk, job: Job, state: str) -> None:
    wait(desk, lambda: job.state == state and (job.process is None or job.process.returncode is not None))


def test_a_job_waits_is_written_and_done(desk: Desk) -> None:
    job = desk.order(an_order())
    command(desk, job, 'say {"total": 200, "rows": 50}')
    wait(desk, lambda: job.rows == 50)
    assert (job.state, job.percent) == (WRITING, 25)
    command(desk, job, "write 7", 'say {"total": 200, "rows": 200}')
    wait(desk, lambda: job.rows == 200)
    assert job.percent == 99
    command(desk, job, "exit 0")
    wait(desk, lambda: job.state == DONE)
    assert job.path.stat().st_size == 7
    assert desk.find(job.name) is job


def test_one_is_written_at_a_time_in_the_order_of_coming(desk: Desk) -> None:
    first, second, third = (desk.order(an_order(query)) for query in "甲乙丙")
    wait(desk, lambda: first.state == WRITING)
    assert [desk.before(job) for job in (first, second, third)] == [0, 1, 2]
    assert (second.state, third.state) == (WAITING, WAITING)
    command(desk, first, "exit 0")
    wait(desk, lambda: second.state == WRITING)
    assert [desk.before(job) for job in (second, third)] == [0, 1]


def test_cancelling_ends_the_process_and_removes_its_files(desk: Desk) -> None:
    written, waiting = desk.order(an_order()), desk.order(an_order())
    command(desk, written, "write 9", 'say {"total": 9, "rows": 1}')
    wait(desk, lambda: written.rows == 1)
    desk.cancel(waiting)
    desk.cancel(written)
    ended(desk, written, CANCELLED)
    assert waiting.process is None
    assert not written.folder.exists()
    assert not waiting.folder.exists()
    third = desk.order(an_order())
    wait(desk, lambda: third.state == WRITING)


def test_what_is_done_cannot_be_cancelled(desk: Desk) -> None:
    job = desk.order(an_order())
    command(desk, job, "write 3", "exit 0")
    wait(desk, lambda: job.state == DONE)
    desk.cancel(job)
    assert job.state == DONE
    assert job.path.exists()


def test_a_failure_is_told_in_the_words_of_the_process(desk: Desk) -> None:
    job = desk.order(an_order())
    command(desk, job, "say {", "say 7", 'say {"trouble": "索引坏了"}', "exit 1")
    wait(desk, lambda: job.state == FAILED)
    assert job.trouble == "索引坏了"
    assert not job.folder.exists()


def test_a_process_that_is_killed_by_others_has_failed(desk: Desk) -> None:
    job = desk.order(an_order())
    command(desk, job, "write 3", 'say {"total": 9, "rows": 8}')
    assert job.process
    job.process.kill()
    wait(desk, lambda: job.state == FAILED)
    assert not job.folder.exists()


def test_a_process_that_cannot_be_started_is_a_failure() -> None:
    def none(_: Job) -> subprocess.Popen[str]:
        raise OSError("no more processes")

    desk = Desk(PLENTY, none)
    job = desk.order(an_order())
    wait(desk, lambda: job.state == FAILED)
    desk.close()


@pytest.mark.parametrize("line", ['{"total": 9, "rows": 1}', '{"full": true}'], ids=["its bound", "the disk's"])
def test_a_file_that_has_no_room_is_given_up(clock: Clock, line: str) -> None:
    desk = Desk(PLENTY if "full" in line else 100, start, clock)
    job = desk.order(an_order())
    command(desk, job, "write 101", f"say {line}")
    ended(desk, job, FAILED)
    assert "no room left" in job.trouble
    assert not job.folder.exists()
    desk.close()


def test_too_many_are_refused_until_one_is_ended(desk: Desk) -> None:
    jobs = [desk.order(an_order()) for _ in range(MOST_WAITING)]
    with pytest.raises(DeskUnavailable):
        desk.order(an_order())
    desk.cancel(jobs[-1])
    desk.order(an_order())


def test_what_nobody_asks_for_is_removed_after_a_while(desk: Desk, clock: Clock) -> None:
    done, written = desk.order(an_order()), desk.order(an_order())
    command(desk, done, "write 3", "exit 0")
    wait(desk, lambda: written.state == WRITING and written.process is not None)
    clock.now += AGE
    assert desk.find(done.name) is done
    clock.now += 1
    assert desk.find(written.name) is None
    ended(desk, written, CANCELLED)
    assert done.path.exists()
    clock.now += AGE
    assert desk.find(done.name) is None
    assert not done.folder.exists()


def test_old_orders_are_forgotten_those_without_a_file_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "MOST_KEPT", 2)
    assert MOST_WAITING < MOST_KEPT
    done, cancelled = desk.order(an_order()), desk.order(an_order())
    command(desk, done, "write 3", "exit 0")
    wait(desk, lambda: done.state == DONE)
    desk.cancel(cancelled)
    third = desk.order(an_order())
    assert desk.find(cancelled.name) is None
    assert desk.find(done.name) is done
    desk.order(an_order())
    assert desk.find(done.name) is None
    assert not done.folder.exists()
    assert desk.find(third.name) is third


def test_closing_leaves_nothing(desk: Desk) -> None:
    done, written = desk.order(an_order()), desk.order(an_order())
    command(desk, done, "write 3", "exit 0")
    command(desk, written, "write 3")
    room = done.folder.parent
    desk.close()
    ended(desk, written, CANCELLED)
    assert desk.find(done.name) is None
    assert not room.exists()


def test_no_folder_is_said_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desks, "Room", full)
    with pytest.raises(DeskUnavailable, match="No space left"):
        desk.order(an_order())
    assert desk._jobs == {}
