"""What a process and its children take of the machine, by Linux's /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import monotonic

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
PRESENT = (_PROC / "self" / "smaps_rollup").exists()
"""Whether this system tells such things."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A tree of processes at a moment (time.monotonic).

    ``memory`` is its proportional share in bytes: pages that several processes have mapped count once. ``own`` is what
    no file stands behind; the rest are pages of mapped files, which the system takes back when it needs them.
    ``files`` are its open ones, ``deleted`` those mapped whose names are gone; ``cpu`` are the seconds of the processor
    that it has taken so far.
    """

    at: float
    memory: int
    own: int
    files: int
    deleted: int
    cpu: float
    processes: int


def family(pid: int) -> Iterator[int]:
    """A process and all that come from it."""
    yield pid
    with suppress(OSError):
        for task in (_PROC / str(pid) / "task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield from family(int(child))


def sample(pid: int) -> Sample:
    """The tree of a process now; members that end meanwhile are left out."""
    memory, own, files, deleted, seconds = 0, 0, 0, 0, 0.0
    members = list(family(pid))
    for one in members:
        with suppress(OSError, ValueError):
            folder = _PROC / str(one)
            sizes = _sizes(folder)
            memory += sizes["Pss"]
            # Forked workers share what their parent had: it counts once.
            own += sizes["Anonymous"] if len(members) == 1 else sizes.get("Pss_Anon", sizes["Anonymous"])
            files += len(os.listdir(folder / "fd"))
            deleted += len(_deleted(folder))
            seconds += _cpu(folder)
    return Sample(monotonic(), memory, own, files, deleted, seconds, len(members))


def _sizes(folder: Path) -> dict[str, int]:
    lines = (line.split() for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in lines}


def _deleted(folder: Path) -> set[str]:
    """The inodes of deleted files that are mapped; shared memory and the like is no file."""
    lines = (folder / "maps").read_text().splitlines()
    return {line.split()[4] for line in lines if line.endswith("(deleted)") and line.split()[3] != "00:01"}


def _cpu(folder: Path) -> float:
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@dataclass
class Watch:
    """Samples of some processes by name, taken while the block runs; none where the system does not tell."""

    pids: Mapping[str, int]
    every: float
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> Watch:
        self.samples = {name: [] for name in self.pids}
        if PRESENT:
            self._thread = Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        while True:
            for name, pid in self.pids.items():
                taken = sample(pid)
                # One that has ended has nothing any more.
                if taken.memory:
                    self.samples[name].append(taken)
            if self._over.wait(self.every):
                return


@dataclass(frozen=True, slots=True)
class Growth:
    """What a process took in the first tenth of its time after the warm-up and in the last; the most of its files."""

    first: Sample
    last: Sample
    most_files: int
    most_deleted: int

    @property
    def share(self) -> float:
        """By how much its memory has grown: 0.02 is two per cent."""
        return self.last.memory / self.first.memory - 1

    @property
    def own_share(self) -> float:
        """By how much what it has of its own has grown."""
        return self.last.own / self.first.own - 1


def growth(samples: Sequence[Sample], warm_up: float) -> Growth | None:
    """The growth after ``warm_up`` seconds; None where there are not four samples after them."""
    after = [one for one in samples if one.at >= samples[0].at + warm_up]
    if len(after) < 4:
        return None
    tenth = max(1, len(after) // 10)
    first, last = _middle(after[:tenth]), _middle(after[-tenth:])
    return Growth(first, last, max(one.files for one in after), max(one.deleted for one in after))


def _middle(samples: Sequence[Sample]) -> Sample:
    """The sample whose own memory is the median of some."""
    middle = median(one.own for one in samples)
    return min(samples, key=lambda one: abs(one.own - middle))
