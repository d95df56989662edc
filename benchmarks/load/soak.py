"""A long time in short: mixed traffic while the archive is written to now and then; what a server keeps shows."""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.load.crowd import Load, Measured, under
from benchmarks.load.served import serving
from benchmarks.load.traffic import Matter, matter
from benchmarks.load.tree import Growth, growth
from search.archive import Archive
from search.article import Article
from search.entry import Entry
from search.errors import BaokuError

_START_SECONDS = 60
_CHANGED = 20
"""Articles that a commit corrects; half as many leave with one commit and come again with the next."""
_CORRECTION = "\n更正："
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Soak:
    """What came of it: the load as measured, how many commits there were, and what grew after the warm-up."""

    measured: Measured
    commits: int
    growth: Growth | None

    def tenths(self) -> Iterator[Sequence[float]]:
        """The seconds of the good answers in each tenth of the time, ascending."""
        share = self.measured.load.seconds / TENTHS
        parts: list[list[float]] = [[] for _ in range(TENTHS)]
        for at, seconds in self.measured.tally.moments:
            parts[min(TENTHS - 1, int(at / share))].append(seconds)
        yield from map(sorted, parts)


def soak(index: Path, folder: Path, load: Load, between: float, seed: int, settings: dict[str, str]) -> Soak:
    """A load on a copy of an index, in ``folder``, that gets a commit every ``between`` seconds.

    The memory is watched from the end of the load's warm-up on.

    Raises:
        BaokuError: there is no archive, or the server does not start.
    """
    copy = folder / "index"
    shutil.copytree(index, copy)
    asked = matter(copy, seed)
    with serving(copy, settings) as (port, pid), _writing(copy, asked, between, seed) as commits:
        measured = under(load, port, pid, asked, seed)
    return Soak(measured, commits.value, growth(measured.samples, load.warm_up))


@contextmanager
def _writing(index: Path, asked: Matter, between: float, seed: int) -> Iterator[Any]:
    """The number of commits that a process of its own has made so far: one, and then one after the other."""
    spawn = multiprocessing.get_context("spawn")
    begun, over, commits = spawn.Event(), spawn.Event(), spawn.Value("q", 0)
    process = spawn.Process(target=_write, args=(index, asked.ids, between, seed, begun, over, commits), daemon=True)
    process.start()
    try:
        if not begun.wait(_START_SECONDS):
            raise BaokuError("写索引的进程没有起来 (the writer does not start)")
        yield commits
    finally:
        over.set()
        process.join()


def _write(index: Path, ids: Sequence[str], between: float, seed: int, begun: Any, over: Any, commits: Any) -> None:
    """Corrects some articles at a time; every other time some that nobody asks for leave, and come again later."""
    archive, chance = Archive.open(index), random.Random(seed)
    others = sorted(set(archive.identities()) - set(ids))
    away: list[Entry] = []
    while not (begun.is_set() and over.wait(between)):
        corrected = [
            replace(entry, article=_corrected(entry.article, commits.value))
            for entry in _some(archive, ids, chance, _CHANGED)
        ]
        leaving = [] if away else _some(archive, others, chance, _CHANGED // 2)
        archive.update([*away, *corrected], [entry.article.id for entry in leaving])
        away = leaving
        commits.value += 1
        begun.set()


def _some(archive: Archive, ids: Sequence[str], chance: random.Random, count: int) -> list[Entry]:
    return [entry for one in chance.sample(ids, min(count, len(ids))) if (entry := archive.entry(one))]


def _corrected(article: Article, number: int) -> Article:
    return replace(article, body=f"{article.body.partition(_CORRECTION)[0]}{_CORRECTION}第{number}次校对。")
