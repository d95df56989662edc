"""The tables of a comparison, in Markdown, and its figures as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

import numpy as np

from benchmarks.compare.questions import Question
from benchmarks.compare.run import STRINGS, Comparison, Measured, Spent
from benchmarks.report import MEGABYTE, digits, machine, table

BASE = "baoku"
"""The engine that ratios refer to."""
_ALL = "all"

Measure = Callable[[Spent], float]
_MEASURES: dict[str, Measure] = {"CPU": lambda spent: spent.cpu, "wall": lambda spent: spent.wall}
_SHOWN = (("CPU", 50), ("CPU", 95), ("CPU", 99), ("wall", 50), ("wall", 95))


def report(comparisons: Sequence[Comparison], rounds: int, seed: int, absent: Iterable[str]) -> str:
    """All sizes one after the other, then how the cost grows with the size."""
    parts = [f"{machine()}; seed {seed}, median of {rounds} rounds"]
    parts += [f"Left out, not installed: {', '.join(absent)}."] if (absent := list(absent)) else []
    for comparison in comparisons:
        parts += _size(comparison)
    if len(comparisons) > 1:
        parts += [f"### Growth, CPU milliseconds of all questions: p50 / p95 / worst\n\n{_growth(comparisons)}"]
    return "\n\n".join(parts)


def figures(comparisons: Sequence[Comparison], rounds: int, seed: int) -> dict[str, Any]:
    """Everything measured, fit for JSON but for days."""
    sizes = [asdict(comparison) for comparison in comparisons]
    for size in sizes:
        size["material"]["folder"] = None
    return {"machine": machine(), "seed": seed, "rounds": rounds, "sizes": sizes}


def _size(comparison: Comparison) -> Iterator[str]:
    material = comparison.material
    text = f"{digits(material.text_bytes / MEGABYTE)} MB of text (UTF-8), {material.characters:,} characters"
    lap = f"; the corpus {material.laps} times over, with other ids and later dates" if material.laps > 1 else ""
    yield f"### {material.articles:,} articles\n\n{text}{lap}."
    yield _indexing(comparison)
    for measure, percentile in _SHOWN:
        title = f"{measure} milliseconds of a complete answer, p{percentile} (ratio to Baoku)"
        yield f"#### {title}\n\n{_answers(comparison, _MEASURES[measure], percentile)}"
    if exact := _exactness(comparison):
        yield f"#### Strings against the scan: recall / precision / questions without a fault\n\n{exact}"
        yield _agreement(comparison)


def _indexing(comparison: Comparison) -> str:
    material, base = comparison.material, comparison.engines.get(BASE)
    head = (
        *("engine", "version", "indexing, CPU s", "cutting words, CPU s", "together (ratio)", "wall s", "index / text"),
        *("memory, MB", "largest worker, MB", "cold open, ms", "first answer, ms", "both, CPU ms", "serving, MB"),
    )
    rows = []
    for engine in comparison.engines.values():
        cut, built = material.cut_cpu * engine.needs_words, engine.built
        base_cpu = base.built.cpu if base and base.built else None
        rows.append(
            (engine.label, *(_built(built, cut, material.cut_wall, material.text_bytes, base_cpu)), *_serving(engine))
        )
    return f"#### Indexing and opening\n\n{table(head, rows)}"


def _built(built: Any, cut: float, cut_wall: float, text_bytes: int, base_cpu: float | None) -> tuple[str, ...]:
    if built is None:
        return ("–",) * 8
    together = built.cpu + cut
    return (
        built.version,
        digits(built.cpu),
        digits(cut) if cut else "–",
        _with_ratio(together, base_cpu),
        digits(built.wall + (cut_wall if cut else 0)),
        f"{built.index_bytes / text_bytes:.2f}",
        digits(built.peak / MEGABYTE),
        digits(built.worker_peak / MEGABYTE) if built.worker_peak else "–",
    )


def _serving(engine: Measured) -> tuple[str, ...]:
    times = zip(*((one.open_ms, one.first_ms, one.cpu_ms) for one in engine.opened), strict=True)
    return *(digits(median(runs)) for runs in times), digits(engine.serving_peak / MEGABYTE)


def _answers(comparison: Comparison, measure: Measure, percentile: int) -> str:
    kinds = [*dict.fromkeys(question.kind for question in comparison.questions), _ALL]
    engines = comparison.engines
    rows = []
    for kind in kinds:
        spent = {name: _of_kind(comparison.questions, engine, kind) for name, engine in engines.items()}
        found = {name: float(np.percentile(list(map(measure, own)), percentile)) for name, own in spent.items()}
        hits = median(one.total for one in spent.get(BASE, next(iter(spent.values()))))
        rows.append((kind, f"{hits:,.0f}", *(_with_ratio(figure, found.get(BASE)) for figure in found.values())))
    return table(("question", "hits", *(engine.label for engine in engines.values())), rows)


def _of_kind(asked: Sequence[Question], engine: Measured, kind: str) -> list[Spent]:
    pairs = zip(asked, engine.spent, strict=True)
    return [spent for question, spent in pairs if kind in (_ALL, question.kind)]


def _with_ratio(figure: float, base: float | None) -> str:
    return digits(figure) if base is None else f"{digits(figure)} ({digits(figure / base)})"


def _exactness(comparison: Comparison) -> str:
    rows = [
        (engine.label, *(_exact(engine.exactness[kind]) for kind in STRINGS))
        for engine in comparison.engines.values()
        if engine.exactness
    ]
    return table(("engine", *STRINGS), rows) if rows else ""


def _exact(exact: Any) -> str:
    return f"{exact.recall:.3f} / {exact.precision:.3f} / {exact.perfect} of {exact.asked}"


def _agreement(comparison: Comparison) -> str:
    checked = sum(question.form != "prefix" for question in comparison.questions)
    if not comparison.differing:
        return f"Baoku's totals and all its facet counts are those of the scan in all of {checked} questions."
    listed = "\n".join(f"- {one}" for one in comparison.differing)
    return (
        f"Baoku differs from the scan in {len(comparison.differing)} of {checked} questions (total; scan):\n\n{listed}"
    )


def _growth(comparisons: Sequence[Comparison]) -> str:
    names = dict.fromkeys(name for comparison in comparisons for name in comparison.engines)
    rows = []
    for name in names:
        engines = [comparison.engines[name] for comparison in comparisons]
        rows.append((engines[0].label, *(_spread([spent.cpu for spent in engine.spent]) for engine in engines)))
    return table(("engine", *(f"{comparison.material.articles:,}" for comparison in comparisons)), rows)


def _spread(spent: Sequence[float]) -> str:
    return " / ".join(map(digits, np.percentile(spent, (50, 95, 100))))
