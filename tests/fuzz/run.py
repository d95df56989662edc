"""Many inputs for one target, in a process of its own, which may die without the others."""

from __future__ import annotations

import os
import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from time import perf_counter

from tests.fuzz.mutate import Mutate
from tests.fuzz.target import Finding, Outcome, attempt
from tests.fuzz.targets import TARGETS

ASKED_TWICE = 8
"""Every so manieth input is asked twice, and must have the same answer."""
TALLY = "tally.pickle"
_SILENT = 120
"""Seconds by the clock after which a process that hangs where no signal reaches it is ended."""
_TOLD = 40


@dataclass
class Tally:
    """What became of the inputs of a target, of which atheris chose ``guided``.

    ``peak`` is the most megabytes that a process took; of findings at one place the first is kept, all are counted.
    """

    inputs: int = 0
    guided: int = 0
    refused: int = 0
    peak: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Counts an input; of findings at one place only the first is kept."""
        self.inputs += 1
        self.refused += outcome.refused
        if outcome.finding:
            self.found(outcome.finding)

    def found(self, finding: Finding) -> None:
        self.repeated[finding.place] += 1
        if self.repeated[finding.place] == 1 and len(self.findings) < _TOLD:
            self.findings.append(finding)

    def join(self, other: Tally) -> None:
        self.inputs += other.inputs
        self.guided += other.guided
        self.refused += other.refused
        self.peak = max(self.peak, other.peak)
        self.seconds += other.seconds
        self.findings += other.findings
        self.repeated += other.repeated


def made(seeds: Sequence[bytes], mutate: Mutate, seed: int, number: int) -> bytes:
    """The input of a number, whatever came before it."""
    chance = random.Random(f"{seed} {number}")
    return mutate(chance.choice(seeds), chance)


def series(
    name: str, seed: int, first: int, last: int, at: Synchronized[int] | None = None, within: Path | None = None
) -> Tally:
    """The inputs of a target from number ``first`` up to but without ``last``; ``at`` tells which it is."""
    target, tally, since = TARGETS[name], Tally(), perf_counter()
    with workplace(within) as folder:
        seeds, use = target.open(folder)
        for number in range(first, last):
            if at is not None:
                at.value = number
            data = made(seeds, target.mutate, seed, number)
            tally.add(attempt(name, use, data, again=number % ASKED_TWICE == 0))
    tally.seconds, tally.peak = perf_counter() - since, peak()
    return tally


def watched(name: str, seed: int, count: int) -> Tally:
    """So many inputs in another process; one that ends it, or that it does not come back from, is a finding."""
    with workplace() as within:
        return _watched(name, seed, count, within)


def _watched(name: str, seed: int, count: int, within: Path) -> Tally:
    tally, begun, first = Tally(), 0, 0
    while first < count:
        at = get_context("spawn").Value("q", first)
        ours, theirs = get_context("spawn").Pipe(duplex=False)
        process = get_context("spawn").Process(target=_send, args=(theirs, name, seed, first, count, at, within))
        process.start()
        theirs.close()
        while not ours.poll(_SILENT):
            if at.value == first:
                process.kill()
                break
            first = at.value
        try:
            tally.join(ours.recv())
            first = count
        except EOFError:
            process.join()
            tally.inputs += at.value - begun
            tally.join(_died(name, seed, at.value, f"the process ended with {process.exitcode}"))
            begun = first = at.value + 1
        process.join()
    return tally


def guided(name: str, seed: int, count: int) -> Tally:
    """So many inputs under atheris, in another process (tests.fuzz.guided)."""
    with workplace() as folder:
        command = [sys.executable, "-m", "tests.fuzz.guided", name, str(count), str(seed), str(folder)]
        done = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONHASHSEED": "0"}, check=False)
        if (folder / TALLY).exists():
            found: Tally = pickle.loads((folder / TALLY).read_bytes())
            return replace(found, guided=found.inputs)
        ended = next((file.read_bytes() for file in folder.iterdir() if file.is_file()), b"")
    tally = Tally(inputs=1)
    tally.found(Finding(name, ended, done.stderr.decode("utf-8", "replace")[-2000:], "guided process"))
    return tally


def peak() -> int:
    """The most megabytes that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


@contextmanager
def workplace(within: Path | None = None) -> Iterator[Path]:
    """An empty folder, by itself in memory where there is such a place."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    place = Path(tempfile.mkdtemp(dir=within or memory, prefix="baoku-fuzz-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _send(theirs: Connection, name: str, seed: int, first: int, last: int, at: Synchronized[int], within: Path) -> None:
    theirs.send(series(name, seed, first, last, at, within))


def _died(name: str, seed: int, number: int, what: str) -> Tally:
    with workplace() as folder:
        seeds, _ = TARGETS[name].open(folder)
        finding = Finding(name, made(seeds, TARGETS[name].mutate, seed, number), what, "process")
    tally = Tally(inputs=1)
    tally.found(finding)
    return tally
