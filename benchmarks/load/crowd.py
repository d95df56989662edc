"""Many readers at one server for a time, and how they were answered."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time

from benchmarks.load.client import Broken, Connection, Got
from benchmarks.load.traffic import Click, Matter, Traffic
from benchmarks.load.tree import Sample, Watch, sample

REFUSED = (429, 503)
GOOD = (200, 304)
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Load:
    """So many readers for so many seconds, of which those of the warm-up do not count.

    Each waits ``pause`` seconds on average between two requests, exponentially distributed, as people do; 0 for
    programs that ask again at once. The ``polite`` wait as long as a refusal says; others wait for nothing.
    """

    name: str
    readers: int
    seconds: float
    warm_up: float = 2.0
    pause: float = 0.0
    polite: bool = False
    every: float = 1.0


@dataclass
class Tally:
    """What readers were answered: seconds of good answers by kind, those of refusals, and what else came.

    ``speechless`` are refusals that do not say when to come again; ``moments`` are when good answers came, in seconds
    since the warm-up, with how long they took.
    """

    good: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: list[float] = field(default_factory=list)
    speechless: int = 0
    hung: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    size: int = 0
    moments: list[tuple[float, float]] = field(default_factory=list)

    def note(self, click: Click, got: Got, at: float) -> None:
        """Counts an answer."""
        self.size += got.size
        if got.status in REFUSED:
            self.refused.append(got.seconds)
            self.speechless += got.retry_after is None
        elif got.status in GOOD:
            self.good[click.kind].append(got.seconds)
            self.moments.append((at, got.seconds))
        else:
            self.wrong[f"{got.status} {click.address}"] += 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a load: how it was answered in so many seconds, and what of the processor each side took."""

    load: Load
    tally: Tally
    seconds: float
    server_cpu: float
    client_cpu: float
    samples: Sequence[Sample]

    @property
    def times(self) -> list[float]:
        """The seconds of all good answers, ascending."""
        return sorted(seconds for many in self.tally.good.values() for seconds in many)


def under(load: Load, port: int, pid: int, matter: Matter, seed: int) -> Measured:
    """A load laid on the server at a port, whose process is ``pid``."""
    with Watch({"server": pid}, load.every) as watch:
        tally, seconds, server_cpu, client_cpu = asyncio.run(_Crowd(load, port, pid, matter, seed).run())
    return Measured(load, tally, seconds, server_cpu, client_cpu, watch.samples["server"])


class _Crowd:
    def __init__(self, load: Load, port: int, pid: int, matter: Matter, seed: int) -> None:
        self._load, self._port, self._pid, self._matter, self._seed = load, port, pid, matter, seed
        self._tally = Tally()
        self._start = self._end = 0.0

    async def run(self) -> tuple[Tally, float, float, float]:
        """The answers, the seconds in which they came, and the processor's seconds of server and client."""
        self._start = perf_counter() + self._load.warm_up
        self._end = self._start + self._load.seconds
        readers = [asyncio.create_task(self._read(number)) for number in range(self._load.readers)]
        await asyncio.sleep(self._load.warm_up)
        client, server = process_time(), sample(self._pid).cpu
        await asyncio.sleep(self._load.seconds)
        client, server = process_time() - client, sample(self._pid).cpu - server
        await asyncio.gather(*readers)
        return self._tally, max(self._load.seconds, perf_counter() - self._start), server, client

    async def _read(self, number: int) -> None:
        connection, traffic = Connection(self._port), Traffic(self._matter, self._seed, number)
        while perf_counter() < self._end:
            if self._load.pause:
                await self._rest(traffic.chance.expovariate(1 / self._load.pause))
            await self._click(connection, traffic.next())
        connection.close()

    async def _rest(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, max(0.0, self._end - perf_counter())))

    async def _click(self, connection: Connection, click: Click) -> None:
        """One request; a polite reader makes it again for as long as it is refused."""
        while perf_counter() < self._end:
            got = await self._got(connection, click)
            if got is None or got.status not in REFUSED or not self._load.polite:
                return
            await self._rest(1.0 if got.retry_after is None else got.retry_after)

    async def _got(self, connection: Connection, click: Click) -> Got | None:
        """The answer, counted unless it was asked for during the warm-up."""
        asked = perf_counter()
        try:
            got = await connection.get(click.address)
        except TimeoutError:
            self._tally.hung += 1
            return None
        except (OSError, Broken, EOFError, ValueError) as error:
            self._tally.wrong[f"{type(error).__name__}: {error}"] += 1
            return None
        if asked >= self._start:
            self._tally.note(click, got, asked - self._start)
        return got
