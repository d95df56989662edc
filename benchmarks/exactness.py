"""Whether quoted strings find precisely what a scan of all folded texts finds, string by string."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.corpus import Corpus
from benchmarks.report import percentiles, table
from indexer.pipeline import parse_files
from search.archive import Archive
from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.query.canonical import canonical
from search.query.parse import parse
from search.query.tree import Exact
from search.request import SearchRequest
from search.text import searchable

LONGEST = 20
_LENGTHS = ((1, 1), (2, 2), (3, 4), (5, 8), (9, LONGEST))


@dataclass(frozen=True, slots=True)
class Quoted:
    """One string: how many articles have it (``truth``), were ``found``, and are in both."""

    string: str
    truth: int
    found: int
    both: int
    milliseconds: float


def measure_exactness(articles: Corpus, pages: Sequence[Path], folder: Path, count: int, seed: int) -> list[Quoted]:
    """Strings of 1 to LONGEST characters, cut anywhere in any part of any article, as typed in quotation marks."""
    stored = [*articles(), *(parse_files(pages).articles if pages else ())]
    archive = Archive.create(folder)
    archive.add(stored)
    # No string of a query has a line feed: what stands in the whole stands in one of the parts.
    texts = {article.id: "\n".join(searchable(article).values()) for article in stored}
    chance = Random(seed)
    return [_quoted(archive, texts, string) for string in _strings(list(texts.values()), chance, count)]


def _strings(texts: Sequence[str], chance: Random, count: int) -> Iterator[str]:
    given = 0
    while given < count:
        lines = [line for line in chance.choice(texts).split("\n") if line]
        if lines:
            line = chance.choice(lines)
            start = chance.randrange(len(line))
            string = line[start : start + chance.randint(1, LONGEST)].strip()
            given += bool(string)
            yield from [string] if string else []


def _quoted(archive: Archive, texts: dict[str, str], string: str) -> Quoted:
    truth = {identity for identity, text in texts.items() if string in text}
    query, snapshot = parse(canonical(Exact(string))), archive._newest.snapshot()
    request = SearchRequest(query.canonical, per_page=10, all_versions=True)
    hits = answer(snapshot, request, query.tree, Deadline.never()).hits.docs.tolist()
    found = {snapshot.identity(doc) for doc in hits}
    return Quoted(string, len(truth), len(found), len(truth & found), archive.answer(request).took_ms)


def report_exactness(quoted: Sequence[Quoted]) -> str:
    """Recall and precision over all hits, the strings without a fault, and the time of an answer."""
    header = ("characters", "strings", "hits", "recall", "precision", "without a fault", "ms p50", "ms p95")
    groups = [(f"{low}–{high}", [one for one in quoted if low <= len(one.string) <= high]) for low, high in _LENGTHS]
    return table(header, [_row(name, group) for name, group in (*groups, ("all", list(quoted))) if group])


def _row(name: str, group: Sequence[Quoted]) -> tuple[str, ...]:
    truth, found, both = (sum(getattr(one, key) for one in group) for key in ("truth", "found", "both"))
    whole = sum(one.truth == one.found == one.both for one in group)
    times = percentiles([one.milliseconds for one in group])
    return name, f"{len(group):,}", f"{truth:,}", f"{both / truth:.4f}", f"{both / found:.4f}", f"{whole:,}", *times
