"""The processes that help the writer, killed (-9), one or all of them; and what they do when the writer is killed."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any

from search.engine import prepare, workers
from tests.torture.rounds import Expected, Round, child, finished, left, stage, told
from tests.torture.scenes import run
from tests.torture.storage import Fault

_ENTRIES = 3
"""So few make a chunk here, that small archives have many and processes are started for them."""

_MILLISECONDS = 60
_PATIENCE = 20.0


def strike_helpers(expected: Expected, folder: Path, seed: int, *, every: bool) -> Round:
    """A helper is killed at a random question, before it or soon after; or each one at its first question.

    The writer does itself what they cannot: it ends well.
    """
    index = stage(expected.scene, folder)
    act = partial(_with_few_entries, partial(_run_killing, expected.scene.command(index), folder, seed, every))
    code = child(act, folder, Fault("kill"))
    wrong = [*told(code, folder), *left(expected, index), *finished(expected, index, folder)]
    killed = (folder / "killed").exists()
    return Round(expected.scene.name, "helpers" if every else "helper", Fault("kill", 0, seed), killed, code, (*wrong,))


def orphans(expected: Expected, folder: Path) -> list[int]:
    """The helpers that are still there some time after their writer was killed; empty when all have ended."""
    index = stage(expected.scene, folder)
    act = partial(_with_few_entries, partial(_run_noting, expected.scene.command(index), folder))
    if child(act, folder, Fault("kill")) != -signal.SIGKILL:
        raise AssertionError("the writer was not killed")
    started = [int(line) for line in (folder / "started").read_text().split()]
    if not started:
        raise AssertionError("no helper was started")
    end = monotonic() + _PATIENCE
    while (alive := list(filter(_lives, started))) and monotonic() < end:
        sleep(0.02)
    return alive


def _with_few_entries(act: Callable[[], int]) -> int:
    prepare.CHUNK = _ENTRIES
    prepare.cores = lambda: 2  # type: ignore[attr-defined]
    return act()


def _run_killing(command: list[str], folder: Path, seed: int, every: bool) -> int:
    chance = random.Random(seed)
    at, number, real = chance.randint(1, 6), 0, workers._Worker._answer

    def answer(self: Any, question: Any) -> Any:
        nonlocal number
        number += 1
        if self._process and (every or number == at):
            (folder / "killed").touch()
            if every or chance.random() < 0.5:
                os.kill(self._process.pid, signal.SIGKILL)
            else:
                Timer(chance.randrange(_MILLISECONDS) / 1000, self._process.kill).start()
        return real(self, question)

    workers._Worker._answer = answer  # type: ignore[method-assign]
    return run(command)


def _run_noting(command: list[str], folder: Path) -> int:
    """Writes down its helpers, and is killed at the third answer."""
    number, real = 0, workers._Worker._answer

    def answer(self: Any, question: Any) -> Any:
        nonlocal number
        number += 1
        with (folder / "started").open("a") as started:
            started.write(f"{self._process.pid}\n" if self._process else "")
        result = real(self, question)
        if number > 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    workers._Worker._answer = answer  # type: ignore[method-assign]
    return run(command)


def _lives(process: int) -> bool:
    """Whether a process is there and has not ended; nobody may have asked yet how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
