"""The measurements. Each runs in a fresh process, so that its peak of memory is its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from math import inf
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from benchmarks.corpus import Corpus
from benchmarks.process import apart, cpu, peak
from benchmarks.queries import PER_PAGE, QueryClass, query_set
from search.archive import Archive
from search.article import Article, from_record, to_record
from search.entry import Entry
from search.errors import BaokuError
from search.request import SearchRequest

BATCH = 2000
"""Articles a commit."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured on: articles in a file, their size as UTF-8 of title and body, and the queries."""

    file: Path
    articles: int
    text_bytes: int
    queries: Sequence[QueryClass]


@dataclass(frozen=True, slots=True)
class Indexing:
    """Seconds by the clock and of the processor, bytes on disk, bytes of memory at the peak."""

    wall: float
    cpu: float
    index_bytes: int
    peak: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Milliseconds to open the archive in a fresh process, and then to answer the first query."""

    open_ms: float
    first_ms: float


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of every run of a class of queries; ``bare`` is without facets, empty where that is not asked.

    ``hits`` is the median number of hits.
    """

    name: str
    hits: float
    faceted: Sequence[float]
    bare: Sequence[float]


@dataclass(frozen=True, slots=True)
class Searching:
    """The timings of all classes and the bytes of memory at the peak."""

    timings: Sequence[Timing]
    peak: int


@dataclass(frozen=True, slots=True)
class Measured:
    """All measurements of one corpus."""

    name: str
    material: Material
    indexing: Indexing
    opening: Sequence[Opening]
    searching: Searching


def measure(name: str, corpus: Corpus, seed: int, repeat: int, say: Callable[[str], None]) -> Measured:
    """Everything about one corpus; ``say`` is told what is being done."""
    with TemporaryDirectory(prefix="baoku-bench-") as folder:
        index = Path(folder) / "index"
        say(f"{name}: articles")
        material = apart(prepare, corpus, Path(folder) / "corpus.jsonl", seed)
        say(f"{name}: indexing {material.articles:,} articles")
        indexing = apart(index_all, index, material.file)
        say(f"{name}: searching")
        opening = [apart(open_and_ask, index, material.queries[0].requests[0]) for _ in range(repeat)]
        return Measured(name, material, indexing, opening, apart(search_all, index, material.queries, repeat))


def prepare(corpus: Corpus, file: Path, seed: int) -> Material:
    """Write the articles down, so that measuring them needs neither dictionary nor decompression."""
    count = size = 0
    with file.open("w", encoding="utf-8") as lines:
        for article in corpus():
            count += 1
            size += len(f"{article.title or ''}{article.body}".encode())
            lines.write(json.dumps(to_record(article), ensure_ascii=False) + "\n")
    if not count:
        raise BaokuError("语料里没有文章 (the corpus has no articles)")
    return Material(file, count, size, query_set(_stored(file), seed))


def index_all(index: Path, file: Path) -> Indexing:
    """Index the articles of a file in batches. Reading the file is not counted."""
    archive = Archive.create(index)
    wall = spent = 0.0
    for batch in _batches(_stored(file)):
        wall_start, cpu_start = perf_counter(), cpu()
        archive.update(batch)
        wall += perf_counter() - wall_start
        spent += cpu() - cpu_start
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return Indexing(wall, spent, size, peak())


def open_and_ask(index: Path, request: SearchRequest) -> Opening:
    """Open the archive and answer one query; jieba's dictionary is loaded on the way."""
    opening, archive = _clocked(partial(Archive.open, index))
    archive.budget = inf
    asking, _ = _clocked(partial(archive.answer, request))
    return Opening(opening, asking)


def search_all(index: Path, queries: Sequence[QueryClass], repeat: int) -> Searching:
    """Run all classes of queries ``repeat`` times, in an archive that has answered before."""
    archive = Archive.open(index)
    # A slow answer is to be measured, not refused.
    archive.budget = inf
    archive.answer(SearchRequest("平城"))
    # Class after class and all over again: a slow spell of the machine then falls on all of them alike.
    rounds = [[_timing(archive, kind) for kind in queries] for _ in range(repeat)]
    return Searching([_together(timings) for timings in zip(*rounds, strict=True)], peak())


def _timing(archive: Archive, kind: QueryClass) -> Timing:
    answers = [_clocked(partial(archive.answer, request)) for request in kind.requests]
    # Archive.every has no pages: what is left out before the page would be read all the same.
    bare = [_clocked(partial(_first_hits, archive, request))[0] for request in kind.requests if request.page == 1]
    return Timing(kind.name, median(results.total for _, results in answers), [ms for ms, _ in answers], bare)


def _together(timings: Sequence[Timing]) -> Timing:
    """The rounds of one class as one."""
    faceted = [ms for timing in timings for ms in timing.faceted]
    return replace(timings[0], faceted=faceted, bare=[ms for timing in timings for ms in timing.bare])


def _first_hits(archive: Archive, request: SearchRequest) -> None:
    with closing(archive.every(request)) as hits:  # type: ignore[type-var]
        for _ in islice(hits, PER_PAGE):
            pass


def _clocked(task: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds, and what came out."""
    start = perf_counter()
    result = task()
    return (perf_counter() - start) * 1000, result


def _stored(file: Path) -> Iterator[Article]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield from_record(json.loads(line))


def _batches(articles: Iterator[Article]) -> Iterator[list[Entry]]:
    while batch := [Entry(article) for article in islice(articles, BATCH)]:
        yield batch
