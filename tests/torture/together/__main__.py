"""``python -m tests.torture.together``: readers and a writer at one archive for ten minutes, and what came of them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.load.tree import growth
from tests.torture.together.crowd import Outcome, Plan, together

LATEST_SECONDS = 2.0
"""After so long every server must have seen a new edition."""
_MEGABYTE = 1 << 20
_TOLD = 20
"""Findings of a kind and a reader that are told one by one."""


def report(outcome: Outcome, warm_up: float) -> Iterator[str]:
    """Tables of answers, of what was wrong, and of memory after ``warm_up`` seconds."""
    everyone = list(outcome.everyone)
    answers = sum((one.answers for one in everyone), Counter[str]())
    ways = ", ".join(f"{name} {count}" for name, count in sorted(outcome.written.ways.items()))
    yield f"{len(outcome.written.committed)} editions in {outcome.seconds:.0f} s: {ways}"
    yield "\n| answers | " + " | ".join(answers) + " | all |\n| --- |" + " --: |" * (len(answers) + 1)
    yield f"| | {' | '.join(f'{count:,}' for count in answers.values())} | {answers.total():,} |"
    yield "\n| of more than one edition | of an earlier one | errors | refused | list gone | index in the end |"
    yield "| --: | --: | --: | --: | --: | --- |"
    wrong, backwards, errors = (sum(map(len, kind)) for kind in _kinds(outcome))
    refused, gone = sum(one.refused for one in everyone), sum(one.gone for one in everyone)
    yield f"| {wrong} | {backwards} | {errors} | {refused} | {gone} | {len(outcome.written.wrong)} wrong |"
    yield "\n| a new edition was seen by | after at most |\n| --- | --: |"
    yield from (f"| {name} | {outcome.slowest(name):.2f} s |" for name in outcome.watchers)
    yield from _memory(outcome, warm_up)
    for kind in (*_kinds(outcome), [outcome.written.wrong]):
        yield from (f"! {finding}" for findings in kind for finding in findings[:_TOLD])


def _kinds(outcome: Outcome) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    everyone = list(outcome.everyone)
    return [one.wrong for one in everyone], [one.backwards for one in everyone], [one.errors for one in everyone]


def _memory(outcome: Outcome, warm_up: float) -> Iterator[str]:
    """Of each process what no file stands behind: readers are forks, so that shares of what they share would move."""
    yield "\n| process | MB of its own after the warm-up | in the end | growth | files open at most | deleted mapped |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for name, samples in outcome.samples.items():
        if grown := growth(samples, warm_up):
            sizes = f"{grown.first.own / _MEGABYTE:.1f} | {grown.last.own / _MEGABYTE:.1f}"
            yield f"| {name} | {sizes} | {grown.own_share:+.1%} | {grown.most_files} | {grown.most_deleted} |"


def sound(outcome: Outcome) -> bool:
    """Whether every answer was of one edition, none older than the one before, and every server quick to see."""
    nothing = not outcome.written.wrong and not any(map(any, _kinds(outcome)))
    return nothing and all(outcome.slowest(name) <= LATEST_SECONDS for name in outcome.watchers)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.together", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    for name, default in (("readers", 8), ("servers", 3), ("seed", 8)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two editions")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the servers")
    asked = parser.parse_args()
    settings = dict(pair.split("=", 1) for pair in asked.set)
    plan = Plan(
        asked.readers, asked.servers, seconds=asked.minutes * 60, pause=asked.pause, seed=asked.seed, settings=settings
    )
    with tempfile.TemporaryDirectory() as folder:
        outcome = together(Path(folder), plan)
    print("\n".join(report(outcome, warm_up=plan.seconds / 5)))
    return not sound(outcome)


if __name__ == "__main__":
    sys.exit(main())
