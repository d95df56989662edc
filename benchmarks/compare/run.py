"""The run of a comparison: every engine indexes, is opened cold, and then all are asked in turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from statistics import median

from benchmarks.compare.engines import Answer, make
from benchmarks.compare.material import Drawn, Material, prepare
from benchmarks.compare.questions import Question, questions
from benchmarks.compare.serve import Asked, Built, Opened, Server, build, open_cold
from benchmarks.process import apart

COLD_OPENINGS = 3
STRINGS = ("quoted string", "mixed quoted string")
"""The kinds whose hits are held against the scan one by one."""
TRUTH = "scan"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Spent:
    """Medians over the rounds of the milliseconds that a question took."""

    cpu: float
    wall: float
    total: int


@dataclass(frozen=True, slots=True)
class Exactness:
    """Hits of one kind of strings against the scan: shares of all hits, and questions answered without a fault."""

    recall: float
    precision: float
    perfect: int
    asked: int


@dataclass
class Measured:
    """All that was measured of one engine at one size; ``spent`` is in the order of the questions."""

    label: str
    needs_words: bool
    built: Built | None
    opened: list[Opened]
    spent: list[Spent] = field(default_factory=list)
    exactness: Mapping[str, Exactness] = field(default_factory=dict)
    serving_peak: int = 0


@dataclass
class Comparison:
    """One size. ``differing`` are the questions to which Baoku's total or counts are not those of the scan."""

    material: Material
    questions: Sequence[Question]
    engines: dict[str, Measured]
    differing: list[str] = field(default_factory=list)


def compare(
    drawn: Drawn, size: int, names: Sequence[str], rounds: int, seed: int, scratch: Path, say: Say
) -> Comparison:
    """Everything about one size. What is written to ``scratch`` is taken away again."""
    folder = scratch / f"{size}"
    try:
        say(f"{size:,}: articles and their words")
        material = apart(prepare, drawn, size, seed, folder / "articles")
        asked = apart(questions, material, seed)
        engines = {name: _built(name, material, folder, asked, say) for name in names}
        comparison = Comparison(material, asked, engines)
        servers = {name: Server(name, _index(name, folder)) for name in names}
        _time(comparison, servers, rounds, say)
        _check(comparison, servers, say)
        for name, server in servers.items():
            engines[name].serving_peak = server.close()
        return comparison
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _built(name: str, material: Material, folder: Path, asked: Sequence[Question], say: Say) -> Measured:
    say(f"{material.articles:,}: {name}, indexing and cold openings")
    engine, index = make(name), _index(name, folder)
    built = None if index.exists() else apart(build, index.name, material, index)
    first = next((question for question in asked if question.kind == "mid term"), asked[0])
    opened = [apart(open_cold, name, index, first) for _ in range(COLD_OPENINGS)]
    return Measured(engine.label, engine.needs_words, built, opened)


def _index(name: str, folder: Path) -> Path:
    return folder / (make(name).index or name)


def _time(comparison: Comparison, servers: Mapping[str, Server], rounds: int, say: Say) -> None:
    """Every kind goes to one engine after the other, and all over again: a slow spell falls on all alike."""
    kinds = [list(kind) for _, kind in groupby(comparison.questions, lambda question: question.kind)]
    taken: dict[str, list[list[Asked]]] = {name: [] for name in servers}
    order = list(servers)
    for number in range(rounds + 1):
        say(f"{comparison.material.articles:,}: round {number} of {rounds}" + " (warming up)" * (not number))
        this: dict[str, list[Asked]] = {name: [] for name in servers}
        for kind in kinds:
            order = order[1:] + order[:1]
            for name in order:
                this[name] += servers[name].ask(kind)
        if number:
            for name in servers:
                taken[name].append(this[name])
    for name, engine in comparison.engines.items():
        engine.spent = [_median(of_one) for of_one in zip(*taken[name], strict=True)]


def _median(asked: Sequence[Asked]) -> Spent:
    return Spent(median(one.cpu for one in asked), median(one.wall for one in asked), asked[0].total)


def _check(comparison: Comparison, servers: Mapping[str, Server], say: Say) -> None:
    if TRUTH not in servers:
        return
    say(f"{comparison.material.articles:,}: what is found, against the scan")
    for kind in STRINGS:
        asked = [question for question in comparison.questions if question.kind == kind]
        truth = servers[TRUTH].found(asked)
        for name, server in servers.items():
            engine = comparison.engines[name]
            engine.exactness = {**engine.exactness, kind: exactness(server.found(asked), truth)}
    if "baoku" in servers:
        asked = [question for question in comparison.questions if question.form != "prefix"]
        comparison.differing = _differing(asked, servers["baoku"].answers(asked), servers[TRUTH].answers(asked))


def exactness(found: Sequence[set[str]], truth: Sequence[set[str]]) -> Exactness:
    """Recall and precision over all hits of some questions; 1 where there is nothing to find or nothing was found."""
    both = sum(len(own & true) for own, true in zip(found, truth, strict=True))
    own, true = sum(map(len, found)), sum(map(len, truth))
    perfect = sum(one == other for one, other in zip(found, truth, strict=True))
    return Exactness(both / true if true else 1.0, both / own if own else 1.0, perfect, len(truth))


def _differing(asked: Sequence[Question], answers: Sequence[Answer], truth: Sequence[Answer]) -> list[str]:
    triples = zip(asked, answers, truth, strict=True)
    return [
        f"{question.kind}: {' '.join(question.terms)} ({own.total}; {true.total})"
        for question, own, true in triples
        if (own.total, own.counts) != (true.total, true.counts)
    ]
