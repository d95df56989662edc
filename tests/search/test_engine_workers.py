"""Other processes give the results that this one would, in order, and end with it."""

from __future__ import annotations

import math
import operator
import os
import select
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.engine.workers import _Worker, in_processes


def test_results_come_in_order_from_other_processes() -> None:
    assert list(in_processes(operator.neg, range(50), 3)) == [-number for number in range(50)]
    groups = set(in_processes(os.getpgid, [0] * 8, 2))
    assert groups
    assert os.getpgid(0) not in groups


def test_no_tasks_give_no_results() -> None:
    assert list(in_processes(operator.neg, [], 2)) == []


def test_few_tasks_are_taken_ahead() -> None:
    taken = []
    results = in_processes(operator.neg, (taken.append(number) or number for number in range(100)), 2)
    assert next(results) == 0
    assert len(taken) <= 5
    results.close()


def test_an_error_comes_in_the_place_of_its_result() -> None:
    results = in_processes(math.sqrt, [4.0, 9.0, -1.0, 16.0], 2)
    assert [next(results), next(results)] == [2.0, 3.0]
    with pytest.raises(ValueError, match="math domain error"):
        next(results)


def test_what_cannot_travel_is_done_here() -> None:
    assert list(in_processes(lambda number: -number, [1, 2], 2)) == [-1, -2]
    assert list(in_processes(callable, [print, lambda: 0, 3], 2)) == [True, True, False]


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_without_processes_all_is_done_here(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert list(in_processes(operator.neg, [1, 2, 3], 2)) == [-1, -2, -3]


def test_a_killed_process_is_stepped_in_for() -> None:
    worker = _Worker()
    assert worker.result(os.getpgid, 0) != os.getpgid(0)
    assert worker._process
    worker._process.kill()
    assert worker.result(os.getpgid, 0) == os.getpgid(0)
    worker.kill()
    worker.close()


def test_it_works_in_threads_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = threads.map(lambda start: list(in_processes(operator.neg, range(start, start + 3), 2)), (0, 10))
        assert list(both) == [[0, -1, -2], [-10, -11, -12]]
    list(in_processes(print, ["a line"], 1))
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to wait for a process of others")
def test_a_process_ends_with_the_one_that_started_it() -> None:
    program = """
import os, signal
from search.engine.workers import _Worker
worker = _Worker()
worker.result(os.getpgid, 0)
print(worker._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    parent = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False)
    try:
        ended = os.pidfd_open(int(parent.stdout))
    except ProcessLookupError:
        return
    assert select.select([ended], [], [], 60)[0]
    os.close(ended)


def test_processes_end_when_no_more_results_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr("search.engine.workers._Worker", lambda: started.append(_Worker()) or started[-1])
    results = in_processes(operator.neg, range(100), 2)
    next(results)
    results.close()
    assert [worker._process.poll() is not None for worker in started] == [True, True]
