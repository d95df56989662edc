"""Exports: how fast and in how much memory they are written, whether all counts agree, what is left of killed ones."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, process_time, sleep

from numpy.random import Generator, default_rng

from benchmarks.process import apart, peak
from search.archive import Archive
from search.export import EXPORTS
from search.export.form import Wanted
from search.export.reading import rows_of
from search.export.readrow import ListUnreadable
from search.export.verify import verify
from search.request import SORTS, SearchRequest

COMPARED = ("csv", "xlsx", "jsonl")
KILLED = ("csv", "jsonl", "json", "ris", "bibtex", "xlsx", "text")
_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A format: its rows, bytes, seconds by the clock and by the processor, and the most resident memory in bytes."""

    form: str
    rows: int
    size: int
    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Killed:
    """What a killed export has left: its format, whether it was written to a file or to a pipe, what verify says."""

    form: str
    piped: bool
    state: str
    finished: bool

    @property
    def right(self) -> bool:
        """Whole if and only if it came to its end; nothing at all is right, too."""
        return self.state == "nothing" or (self.state == "whole") == self.finished


def measure_formats(index: Path, forms: Sequence[str]) -> list[Written]:
    """Every article written in each format, each in a process of its own."""
    return [apart(_write, index, form) for form in forms]


def _write(index: Path, form: str) -> Written:
    listed = Archive.open(index).listed(SearchRequest())
    wall, cpu = monotonic(), process_time()
    size = sum(map(len, EXPORTS[form].write(listed, Wanted("http://localhost/article/{}".format))))
    return Written(form, listed.total, size, monotonic() - wall, process_time() - cpu, peak())


def differing(index: Path, count: int, seed: int) -> list[SearchRequest]:
    """Those of some random requests whose total, pages and exports do not all name the same articles."""
    archive, rng = Archive.open(index), default_rng(seed)
    return [request for request in _requests(archive, rng, count) if not _agree(archive, request)]


def _requests(archive: Archive, rng: Generator, count: int) -> Iterator[SearchRequest]:
    with archive._newest.reading() as snapshot:
        docs = rng.choice(snapshot.everything, count).tolist()
        for doc in docs:
            article = snapshot.article(doc)
            start = int(rng.integers(max(1, len(article.body) - 6)))
            piece = article.body[start : start + int(rng.integers(2, 7))].replace('"', "")
            streets = {"street": article.streets[:1]} if article.streets and rng.random() < 0.3 else {}
            query = f'"{piece}"' if rng.random() < 0.5 else piece
            sort = SORTS[int(rng.integers(len(SORTS)))]
            yield SearchRequest(query, streets, sort=sort, all_versions=bool(rng.random() < 0.2), per_page=_PER_PAGE)


def _agree(archive: Archive, request: SearchRequest) -> bool:
    first = archive.answer(request)
    pages = [first, *(archive.answer(replace(request, page=page)) for page in range(2, first.pages + 1))]
    paged = [hit.article.id for answer in pages for hit in answer.hits]
    listed = archive.listed(request)
    files = (b"".join(EXPORTS[form].write(listed, Wanted(str))) for form in COMPARED)
    exported = [[row.id for row in rows_of(io.BytesIO(file))] for file in files]
    return len(paged) == first.total == listed.total and all(ids == paged for ids in exported)


def measure_kills(index: Path, folder: Path, count: int, seed: int) -> list[Killed]:
    """What is left of exports that are killed at random moments, half of them written to a file, half to a pipe."""
    rng = default_rng(seed)
    spans = {form: _finished(index, folder, form) for form in KILLED}
    return [
        _killed(index, folder, form := KILLED[turn % len(KILLED)], turn % 2 == 1, float(rng.random()) * spans[form])
        for turn in range(count)
    ]


def _command(index: Path, form: str, output: Path | str) -> list[str]:
    return [sys.executable, "-m", "baoku", "export", "--index", str(index), "--format", form, "-o", str(output)]


def _finished(index: Path, folder: Path, form: str) -> float:
    """The seconds that an export takes which is left alone."""
    start = monotonic()
    subprocess.run(_command(index, form, _whole(folder, form)), check=True, capture_output=True)
    return monotonic() - start


def _whole(folder: Path, form: str) -> Path:
    return folder / f"whole.{form}"


def _killed(index: Path, folder: Path, form: str, piped: bool, after: float) -> Killed:
    place = folder / "list"
    part = place if piped else place.with_name("list.part")
    for path in (place, part):
        path.unlink(missing_ok=True)
    with (place if piped else folder / "said").open("wb") as out:
        process = subprocess.Popen(
            _command(index, form, "-" if piped else place), stdout=out, stderr=subprocess.DEVNULL
        )
        sleep(after)
        process.kill()
        finished = process.wait() == 0
    left = place if place.exists() else part
    # Whoever is killed between the last byte and the end of the process has written all.
    finished = finished or (left.exists() and left.read_bytes() == _whole(folder, form).read_bytes())
    return Killed(form, piped, _state(left), finished or (not piped and place.exists()))


def _state(left: Path) -> str:
    if not left.exists() or not left.stat().st_size:
        return "nothing"
    try:
        return verify(left).state
    except ListUnreadable:
        return "unreadable"
