"""Measuring in a process of its own, whose peak of memory is that of the measurement alone."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

_STATUS = Path("/proc/self/status")

P = ParamSpec("P")
T = TypeVar("T")


def apart(task: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """What the task gives, called in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments, **options).result()


def peak() -> int:
    """The largest resident memory of this process so far, in bytes; files mapped into memory count."""
    # What getrusage says begins with the size of the process that started this one.
    if _STATUS.exists():
        high = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(high.split()[1]) * 1024
    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def workers_peak() -> int:
    """The same of the largest process that this one has started and waited for; 0 without any."""
    return _bytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def cpu() -> float:
    """Seconds of the processor that this process and those it has waited for have taken."""
    return sum(os.times()[:4])


def _bytes(maxrss: int) -> int:
    return maxrss if sys.platform == "darwin" else maxrss * 1024
