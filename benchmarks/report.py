"""Measurements as Markdown."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.export import Killed, Written
from benchmarks.measure import Measured, Timing
from benchmarks.parsing import Parsing
from benchmarks.ranking import Part
from benchmarks.suggest import Suggesting, Way
from benchmarks.words import Cutting

MEGABYTE = 1_000_000
_CPUINFO = Path("/proc/cpuinfo")


def report(measured: Measured) -> str:
    """The tables of one corpus: first its facts, then its queries."""
    heading = f"### {measured.name}"
    facts = table(("measured", "value"), _facts(measured))
    queries = table(
        ("query", "hits", "p50, ms", "p95, ms", "no facets p50, ms", "no facets p95, ms"),
        map(_row, measured.searching.timings),
    )
    return "\n\n".join((heading, facts, queries))


def report_parsing(parsing: Parsing) -> str:
    """What each stage of parsing takes for a megabyte of page text, by the median of the runs, and all together."""
    megabytes = parsing.text_bytes / MEGABYTE
    stages = {stage: median(runs) / megabytes for stage, runs in parsing.seconds.items()}
    stages["all"] = sum(stages.values())
    heading = f"### Parsing, {parsing.pages:,} pages, {digits(megabytes)} MB (UTF-8 of page text)"
    rows = [(stage, f"{seconds:.3f}", digits(1 / seconds)) for stage, seconds in stages.items()]
    return f"{heading}\n\n{table(('stage', 'CPU seconds a MB', 'MB a CPU second'), rows)}"


def report_words(cutting: Cutting) -> str:
    """How fast each way of cutting is in the processor's time."""
    heading = f"### Words, {cutting.articles:,} articles, {digits(cutting.text_bytes / MEGABYTE)} MB (UTF-8, folded)"
    rows = [
        (way, digits(cutting.text_bytes / MEGABYTE / seconds), digits(cutting.articles / seconds))
        for way, seconds in cutting.seconds.items()
    ]
    return f"{heading}\n\n{table(('way', 'MB a CPU second', 'articles a CPU second'), rows)}"


def report_suggest(measured: Suggesting) -> str:
    """What a vocabulary costs, then what was found of what was typed and of what was misspelt, and how fast."""
    heading = f"### Suggestions, {measured.articles:,} articles, {measured.terms:,} terms"
    made = f"Made in {measured.seconds:.2f} CPU seconds, {digits(measured.size / MEGABYTE)} MB."
    head = ("found, %", "calls", "p50, CPU ms", "p95, CPU ms", "at most, CPU ms")
    typing = table(("typed", *head), map(_way, measured.typing))
    return "\n\n".join((heading, made, typing, table(("misspelt", *head), map(_way, measured.misspelling))))


def _way(way: Way) -> tuple[str, ...]:
    share = f"{100 * way.found / way.cases:.1f}" if way.cases else "–"
    return way.name, share, f"{len(way.spent):,}", *percentiles(way.spent), digits(max(way.spent, default=0.0))


def report_formats(written: Sequence[Written]) -> str:
    """A table of formats: how fast they are written, and in how much memory."""
    rows = (
        (
            one.form,
            f"{one.rows:,}",
            f"{one.size / 1e6:,.0f}",
            f"{one.rows / one.cpu:,.0f}",
            f"{one.rows / one.wall:,.0f}",
            f"{one.memory / 1e6:,.0f}",
        )
        for one in written
    )
    return table(("format", "rows", "MB", "rows a CPU second", "rows a second", "peak of memory, MB"), rows)


def report_kills(killed: Sequence[Killed]) -> str:
    """What killed exports have left, by what is said of it; those of which something wrong is said one by one."""
    counts = Counter((one.state, "finished" if one.finished else "killed in time") for one in killed)
    lines = [f"{state}, {how}: {count}" for (state, how), count in sorted(counts.items())]
    wrong = [f"WRONG: {one}" for one in killed if not one.right]
    return "\n".join([f"{len(killed)} exports killed, {len(wrong)} of which something wrong is said", *lines, *wrong])


def machine() -> str:
    """The machine in one line: processor, cores, Python."""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def report_ranking(parts: Sequence[Part]) -> str:
    """MRR and nDCG@10 of each way of ranking, kind by kind, and the share of articles that it finds at all."""
    ways = list(parts[0].scores)
    header = ("queries", "number", *(f"{way}: MRR, nDCG@10, found" for way in ways))
    halves = {"Tuned on": False, "Held back": True}
    return "\n\n".join(
        f"### {name}\n\n{table(header, (_ranked(part) for part in parts if part.held == held))}"
        for name, held in halves.items()
    )


def _ranked(part: Part) -> tuple[str, ...]:
    scores = (f"{score.mrr:.3f}, {score.ndcg:.3f}, {score.found:.0%}" for score in part.scores.values())
    return part.kind, str(part.queries), *scores


def percentiles(spent: Sequence[float]) -> tuple[str, str]:
    """The median and the 95th percentile, by linear interpolation; dashes for nothing."""
    if not spent:
        return "–", "–"
    p50, p95 = np.percentile(spent, (50, 95))
    return digits(p50), digits(p95)


def _facts(measured: Measured) -> Iterator[tuple[str, str]]:
    material, indexing, opening = measured.material, measured.indexing, measured.opening
    yield "articles", f"{material.articles:,}"
    yield "text, MB (UTF-8 of title and body)", digits(material.text_bytes / MEGABYTE)
    yield "articles a second, wall", digits(material.articles / indexing.wall)
    yield "articles a second, CPU", digits(material.articles / indexing.cpu)
    yield "index bytes a text byte", f"{indexing.index_bytes / material.text_bytes:.2f}"
    yield "peak memory of indexing, MB", digits(indexing.peak / MEGABYTE)
    yield "opening in a fresh process, ms", digits(median(run.open_ms for run in opening))
    yield "first query after that, ms", digits(median(run.first_ms for run in opening))
    yield "peak memory of searching, MB", digits(measured.searching.peak / MEGABYTE)


def _row(timing: Timing) -> tuple[str, ...]:
    return timing.name, f"{timing.hits:,.0f}", *percentiles(timing.faceted), *percentiles(timing.bare)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with its numbers to the right."""
    rule = ("---", *["---:"] * (len(header) - 1))
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, rule, *rows))


def digits(value: float) -> str:
    """Three significant digits: the noise is larger than a fourth."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _processor() -> str:
    if _CPUINFO.exists():
        for line in _CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
