"""What is fuzzed, and how one input is watched while it is answered."""

from __future__ import annotations

import resource
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.errors import BaokuError
from tests.fuzz.mutate import Mutate

SECONDS = 10
"""Of the processor's time, for one input."""
MEGABYTES = 256
"""By which one input may raise the most that the process has ever taken."""

_PROJECT = str(Path(__file__).parents[2])

Use = Callable[[bytes], object]
"""Answers an input, or raises one of our own errors. Equal inputs have equal answers, told apart by their repr."""


@dataclass(frozen=True)
class Target:
    """A door that bytes come in by.

    ``share`` is how many of ten thousand inputs it gets. ``open`` prepares in an empty folder what the target needs,
    and gives the seeds from which inputs are made, and what answers them.
    """

    name: str
    share: int
    mutate: Mutate
    open: Callable[[Path], tuple[Sequence[bytes], Use]]


class Broken(AssertionError):
    """An answer that must not be."""


class _Hang(BaseException):
    """Not an Exception: the program turns some of those into sentences."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that was not answered well: what happened, and at which ``place``; others at the same are its like."""

    target: str
    data: bytes
    what: str
    place: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an input: the answer as text, whether it was a refusal, and what was wrong, if anything."""

    answer: str
    refused: bool
    finding: Finding | None = None


def attempt(target: str, use: Use, data: bytes, *, again: bool = False) -> Outcome:
    """Asks once, on demand twice, and looks at the clock, at the memory and at what comes out."""
    before = _peak()
    try:
        with _clock():
            answer, refused = _asked(use, data)
            if again and (answer, refused) != (second := _asked(use, data)):
                raise Broken("another answer the second time", *_difference(answer, second[0]))
    except (Exception, _Hang) as error:
        return Outcome("", False, Finding(target, data, repr(error)[:400], _place(error), traceback.format_exc()))
    if (more := _peak() - before) > MEGABYTES:
        return Outcome(answer, refused, Finding(target, data, f"took {more} MB", "memory"))
    return Outcome(answer, refused)


def _asked(use: Use, data: bytes) -> tuple[str, bool]:
    try:
        return repr(use(data)), False
    except BaokuError as error:
        if not str(error).strip():
            raise Broken("refused without a word") from error
        return str(error), True


@contextmanager
def _clock() -> Iterator[None]:
    """Stops what takes too long; only the processor's time counts, however busy the machine is."""

    def stop(*_: object) -> None:
        raise _Hang(f"more than {SECONDS} s")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _difference(one: str, other: str) -> tuple[str, str]:
    """Two answers around the first place where they differ."""
    differing = (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    at = max(0, next(differing, min(len(one), len(other))) - 80)
    return one[at : at + 160], other[at : at + 160]


def _place(error: BaseException) -> str:
    """The last line of the project that was gone through; of what must not be, what it is."""
    if isinstance(error, Broken):
        return str(error.args[0])[:40]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_PROJECT)]
    return f"{type(error).__name__} {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def _peak() -> int:
    """The most megabytes that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
