"""Engines in processes of their own: one that indexes, one that is opened cold, one that stays open and is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time, process_time_ns
from traceback import format_exc
from typing import Any

from benchmarks.compare.engines import Answer, make
from benchmarks.compare.material import Material, Row
from benchmarks.compare.questions import Question
from benchmarks.process import cpu, peak, workers_peak
from search.errors import BaokuError


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds without reading the articles; bytes on disk, and of memory at the peak, of the largest worker apart."""

    version: str
    cpu: float
    wall: float
    index_bytes: int
    peak: int
    worker_peak: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds of the clock and of the processor to open an index in a fresh process and to answer once."""

    open_ms: float
    first_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of one answer."""

    cpu: float
    wall: float
    total: int


class _Reading:
    """The rows of a material; ``cpu`` and ``wall`` are the seconds that reading them took."""

    def __init__(self, material: Material, words: bool) -> None:
        self._rows = material.rows(words)
        self.cpu = self.wall = 0.0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        cpu, wall = process_time(), perf_counter()
        try:
            return next(self._rows)
        finally:
            self.cpu += process_time() - cpu
            self.wall += perf_counter() - wall


def build(name: str, material: Material, folder: Path) -> Built:
    """Index all articles; in a fresh process."""
    engine = make(name)
    folder.mkdir(parents=True)
    rows = _Reading(material, engine.needs_words)
    cpu_start, wall_start = cpu(), perf_counter()
    engine.build(rows, folder)
    wall, spent = perf_counter() - wall_start - rows.wall, cpu() - cpu_start - rows.cpu
    size = sum(path.stat().st_size for path in _files(folder))
    return Built(engine.version(), spent, wall, size, peak(), workers_peak())


def open_cold(name: str, folder: Path, question: Question) -> Opened:
    """Open the index when no page of its files is in memory, and answer; in a fresh process."""
    for path in _files(folder):
        _forget(path)
    engine = make(name)
    cpu_start, start = process_time(), perf_counter()
    engine.open(folder)
    opened = perf_counter()
    engine.answer(question)
    return Opened((opened - start) * 1000, (perf_counter() - opened) * 1000, (process_time() - cpu_start) * 1000)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _forget(path: Path) -> None:
    """Drop what the system keeps of a file in memory; where there is no way to ask for it, nothing happens."""
    if not hasattr(os, "posix_fadvise"):
        return
    file = os.open(path, os.O_RDONLY)
    try:
        # Only what has been written can be dropped.
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


class Server:
    """An engine that is open in another process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(name, folder, other), daemon=True)
        self._process.start()
        other.close()
        self._call("opened")

    def ask(self, questions: Sequence[Question]) -> list[Asked]:
        """Each question once, one after the other."""
        return self._call("ask", questions)

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers themselves."""
        return self._call("answers", questions)

    def found(self, questions: Sequence[Question]) -> list[set[str]]:
        """The ids of all hits of each question."""
        return self._call("found", questions)

    def close(self) -> int:
        """Ends the process; the bytes of memory that it had at the peak."""
        most = self._call("peak")
        self._pipe.close()
        self._process.join()
        return most

    def _call(self, what: str, questions: Sequence[Question] = ()) -> Any:
        self._pipe.send((what, questions))
        try:
            good, value = self._pipe.recv()
        except EOFError:
            good, value = False, "the process has ended"
        if not good:
            raise BaokuError(f"{self.name} 出错：{value} (the engine failed)")
        return value


def _serve(name: str, folder: Path, pipe: Connection) -> None:
    try:
        engine = make(name)
        engine.open(folder)
        calls = {
            "opened": lambda _: True,
            "ask": lambda questions: [_asked(engine, question) for question in questions],
            "answers": lambda questions: [engine.plain(engine.answer(question)) for question in questions],
            "found": lambda questions: [engine.found(question) for question in questions],
            "peak": lambda _: peak(),
        }
        while True:
            what, questions = pipe.recv()
            pipe.send((True, calls[what](questions)))
    except EOFError:
        pass
    except Exception:
        pipe.send((False, format_exc()))


def _asked(engine: Any, question: Question) -> Asked:
    engine.before()
    cpu, wall = process_time_ns(), perf_counter()
    answer = engine.answer(question)
    spent, waited = process_time_ns() - cpu, perf_counter() - wall
    return Asked(spent / 1e6, waited * 1000, engine.plain(answer).total)
