"""Work handed to other processes, its results in order.

The processes are this interpreter started anew, with pipes as their only link. So it works beside threads; the
program that runs here is not run again there, as multiprocessing would; a Ctrl-C reaches this process alone; and
they end when their pipes do, whatever becomes of this process. What goes through the pipes is pickled.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Tasks for each process that are begun before their results are asked for."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(function: Callable[[T], R], tasks: Iterable[T], processes: int) -> Iterator[R]:
    """The function's results for the tasks, in their order; the function must be one that can be imported.

    What a process cannot do, because it does not start or was killed or the task cannot be pickled, is done here.
    An error is raised in the place of its result.
    """
    workers = [_Worker() for _ in range(processes)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def done(task: T) -> R:
        worker = idle.get()
        try:
            return worker.result(function, task)
        finally:
            idle.put(worker)

    threads = ThreadPoolExecutor(processes)
    try:
        begun = (threads.submit(done, task) for task in tasks)
        pending = deque(islice(begun, processes * _AHEAD))
        while pending:
            result = pending.popleft().result()
            pending.extend(islice(begun, 1))
            yield result
    finally:
        for worker in workers:
            worker.kill()
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            worker.close()


class _Worker:
    """One other process."""

    def __init__(self) -> None:
        self._killed = False
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = _started()

    def result(self, function: Callable[[T], R], task: T) -> R:
        try:
            result, error = self._answer((function, task))
        except Exception:
            # If it is the task that is wrong, it is wrong here too, and says so.
            if self._killed:
                raise
            return function(task)
        if error:
            raise error
        answer: R = result
        return answer

    def _answer(self, question: tuple[Callable[[T], R], T]) -> tuple[Any, Exception | None]:
        if not self._process or not self._process.stdin or not self._process.stdout:
            raise EOFError
        # Pickled whole before any of it is sent, so that what cannot be leaves the pipe as it was.
        self._process.stdin.write(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        self._process.stdin.flush()
        answer: tuple[Any, Exception | None] = pickle.load(self._process.stdout)  # nosec B301
        return answer

    def kill(self) -> None:
        self._killed = True
        if self._process:
            self._process.kill()

    def close(self) -> None:
        """Closes the pipes of a killed process; no thread may use them any more."""
        if self._process:
            with suppress(OSError):
                self._process.communicate()


def _started() -> subprocess.Popen[bytes]:
    # Modules are found where this process finds them, and nowhere else (-P).
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __name__],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _serve() -> None:
    """Answers questions until the pipe ends."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    with suppress(EOFError):
        while True:
            function, task = pickle.load(sys.stdin.buffer)  # nosec B301
            pickle.dump(_answered(function, task), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _answered(function: Callable[[T], R], task: T) -> tuple[R | None, Exception | None]:
    try:
        return function(task), None
    except Exception as error:
        return None, error


if __name__ == "__main__":
    _serve()
