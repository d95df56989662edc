"""A writer, servers and readers started, each in a process of its own, and what all of them say in the end."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any, Generic, TypeVar

from benchmarks.load.served import serving
from benchmarks.load.tree import Sample, Watch
from search.archive import Archive
from tests.torture.together.reading import Place, Told, delays, read, watch
from tests.torture.together.writing import Writer, wrong_at_the_end

_THREADS = 2
"""Readers of a process that come by Python, and share its archive."""

_FORK = multiprocessing.get_context("fork")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many read, and how long: until so many editions are written or so many seconds are over.

    ``readers`` ask by Python and by HTTP in turn, ``servers`` run at the same index with ``settings``; ``pause`` are
    the seconds between two editions on average, ``every`` those between two samples of memory.
    """

    readers: int = 8
    servers: int = 3
    editions: int = 1_000_000
    seconds: float = 600.0
    pause: float = 0.5
    every: float = 2.0
    seed: int = 8
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer says: how often by which way, when each edition was committed, what was wrong in the end."""

    ways: Mapping[str, int]
    committed: Mapping[int, float]
    wrong: Sequence[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ``told`` are the readers by the process they are in, ``watchers`` those who only watch for new
    editions by where, ``samples`` the memory by process.
    """

    seconds: float
    written: Written
    told: Mapping[str, Sequence[Told]]
    watchers: Mapping[str, Told]
    samples: Mapping[str, Sequence[Sample]]

    @property
    def everyone(self) -> Iterator[Told]:
        """All who have asked."""
        for many in self.told.values():
            yield from many
        yield from self.watchers.values()

    def slowest(self, where: str) -> float:
        """The most seconds after which a new edition was seen there."""
        return max(delays(self.watchers[where], self.written.committed), default=0.0)


def together(folder: Path, plan: Plan) -> Outcome:
    """Readers and a writer at an archive in an empty folder.

    Raises:
        BaokuError: a server does not start.
    """
    over, begun = _FORK.Event(), _FORK.Value("q", 0)
    writer = Writer(folder, plan.seed)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(writer.index, plan.settings)) for _ in range(plan.servers)]
        places: dict[str, Place] = {f"server {port}": port for port, _ in servers}
        stack.callback(over.set)
        watcher = _Task(watch, {"python": writer.index, **places}, over)
        readers = {
            name: _Task(read, place, threads, plan.seed, over, begun)
            for name, place, threads in _shares(plan.readers, writer.index, places)
        }
        start, writing = monotonic(), _Task(_write, writer, plan, begun)
        pids = {f"server {port}": pid for port, pid in servers} | {name: task.pid for name, task in readers.items()}
        with Watch(pids, plan.every) as memory:
            written = writing.result()
            seconds = monotonic() - start
        over.set()
        told = {name: task.result() for name, task in readers.items()}
        return Outcome(seconds, written, told, watcher.result(), memory.samples)


def _shares(readers: int, index: Path, servers: Mapping[str, Place]) -> Iterator[tuple[str, Place, int]]:
    """The processes of the readers: their names, where they ask, and how many readers each holds."""
    by_http = readers // 2 if servers else 0
    for number, first in enumerate(range(0, readers - by_http, _THREADS)):
        yield f"readers by Python {number + 1}", index, min(_THREADS, readers - by_http - first)
    for name, threads in Counter(islice(cycle(servers), by_http)).items():
        yield f"readers at {name}", servers[name], threads


class _Task(Generic[T]):
    """Something done in a process that is forked when all is loaded; only while this one has no threads."""

    def __init__(self, call: Callable[..., T], *arguments: Any) -> None:
        self._answer, send = _FORK.Pipe(duplex=False)
        self._process = _FORK.Process(target=_perform, args=(send, call, arguments), daemon=True)
        self._process.start()
        send.close()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def result(self) -> T:
        """What the call has given.

        Raises:
            ChildProcessError: it has failed, and said so.
        """
        try:
            given: T = self._answer.recv()
        except EOFError:
            raise ChildProcessError("a process of the crowd has failed") from None
        self._process.join()
        return given


def _perform(send: Any, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    send.send(call(*arguments))


def _write(writer: Writer, plan: Plan, begun: Any) -> Written:
    """Editions until the plan says that it is enough."""
    ways: Counter[str] = Counter()
    committed: dict[int, float] = {}
    chance, end = writer.chance, monotonic() + plan.seconds
    for way in islice(writer.chosen(), plan.editions):
        if monotonic() > end:
            break
        begun.value = writer.edition + 1
        writer.write(way)
        committed[writer.edition] = _moment(writer, way)
        ways[way.__name__] += 1
        sleep(chance.uniform(0, 2 * plan.pause))
    return Written(ways, committed, list(wrong_at_the_end(writer)))


def _moment(writer: Writer, way: Callable[[], None]) -> float:
    """When the edition was committed, by time.monotonic: a run of the command is over later than that."""
    if way != writer.updated:
        return monotonic()
    return Archive.open(writer.index).committed - time() + monotonic()
