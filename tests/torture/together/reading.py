"""The readers: threads of a process that ask one question after the other, and remember what they have been told."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Protocol

from search.archive import Archive
from tests.torture.together.doors import Asked, Door, Gone, HttpDoor, PythonDoor, Refused
from tests.torture.together.editions import BRIEF, edition_of
from tests.torture.together.questions import QUESTIONS, Question, Reader, Verdict

_LOOK_SECONDS = 0.02
"""A watcher asks so often which edition is there."""

Place = Path | int
"""An index, or the port of a server."""


class Event(Protocol):
    """One of multiprocessing."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float | None = None) -> bool: ...


class Number(Protocol):
    """A value that processes share."""

    value: int


@dataclass
class Told:
    """What a reader has been told: how many answers to each question, and what was wrong with them.

    ``seen`` has for each edition when this reader first saw it, by time.monotonic.
    """

    answers: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    gone: int = 0
    wrong: list[str] = field(default_factory=list)
    backwards: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seen: dict[int, float] = field(default_factory=dict)

    def note(self, question: str, verdict: Verdict, last: int) -> int:
        """Counts an answer; the newest edition that the reader has seen by then."""
        self.answers[question] += 1
        self.wrong += [f"{question}: {wrong}" for wrong in verdict.wrong]
        if verdict.edition is None:
            return last
        self.seen.setdefault(verdict.edition, monotonic())
        if verdict.edition < last:
            self.backwards.append(f"{question}: edition {verdict.edition} after edition {last}")
        return max(last, verdict.edition)


def read(place: Place, threads: int, seed: int, over: Event, begun: Number) -> list[Told]:
    """What each of so many threads has been told until it is over; ``begun`` is the newest edition begun."""
    doors = _doors(place)
    with ThreadPoolExecutor(threads) as pool:
        chances = [random.Random(f"{seed} {place} {number}") for number in range(threads)]
        tasks = [pool.submit(_ask, next(doors), chance, over, lambda: begun.value) for chance in chances]
        return [task.result() for task in tasks]


def watch(places: Mapping[str, Place], over: Event) -> dict[str, Told]:
    """When each new edition is seen at each of some places."""
    with ThreadPoolExecutor(len(places)) as pool:
        tasks = {name: pool.submit(_watch, next(_doors(place)), over) for name, place in places.items()}
        return {name: task.result() for name, task in tasks.items()}


def _doors(place: Place) -> Iterator[Door]:
    """Doors to a place, one for each thread; threads share an archive."""
    if isinstance(place, int):
        while True:
            yield HttpDoor(place)
    archive = Archive.open(place)
    while True:
        yield PythonDoor(archive)


def _ask(door: Door, chance: random.Random, over: Event, newest: Callable[[], int]) -> Told:
    questions, weights = zip(*QUESTIONS, strict=True)
    told, last = Told(), 0
    while not over.is_set():
        (question,) = chance.choices(questions, weights)
        last = _one(told, question, Reader(door, chance, last, newest))
    door.close()
    return told


def _watch(door: Door, over: Event) -> Told:
    told, last = Told(), 0
    while not over.wait(_LOOK_SECONDS):
        last = _one(told, watched, Reader(door, random.Random(), last, lambda: sys.maxsize))
    door.close()
    return told


def watched(reader: Reader) -> Verdict:
    """Which edition is there."""
    found = reader.door.search(Asked(BRIEF, per_page=10))
    (edition,) = set().union(*map(edition_of, found.titles.values()))
    return Verdict(edition)


def _one(told: Told, question: Question, reader: Reader) -> int:
    """One question asked; the newest edition that is known by then."""
    name = question.__name__
    try:
        verdict = question(reader)
        if verdict.edition is not None and verdict.edition > reader.newest():
            told.errors.append(f"{name}: edition {verdict.edition} has not been written yet")
        return told.note(name, verdict, reader.last)
    except Refused:
        told.refused += 1
    except Gone:
        told.gone += 1
    except Exception as error:
        told.errors.append(f"{name}: {type(error).__name__}: {error}")
        reader.door.close()
    return reader.last


def delays(told: Told, committed: Mapping[int, float]) -> Iterator[float]:
    """After how many seconds a reader has seen each edition or a newer one; ``committed`` tells when they came."""
    for edition, at in committed.items():
        if later := [seen for number, seen in told.seen.items() if number >= edition]:
            yield max(0.0, min(later) - at)
