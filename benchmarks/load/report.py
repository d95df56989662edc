"""Loads as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.load.crowd import Measured
from benchmarks.load.soak import Soak
from benchmarks.load.traffic import SHARES
from benchmarks.report import MEGABYTE, table

GOAL = 10
"""How many times the median of one reader the slowest hundredth of 32 may take."""
_HEADING = (
    *("load", "answers a second", "p50, ms", "p95, ms", "p99, ms", "longest, ms"),
    *("refused", "refusal p99, ms", "hung", "wrong", "server, cores", "client, ms an answer", "server, MB"),
)


def at(times: Sequence[float], share: float) -> float:
    """The milliseconds within which a share of some ascending seconds lies; 0 of none."""
    return times[min(len(times) - 1, int(len(times) * share))] * 1000 if times else 0.0


def report_loads(measured: Sequence[Measured]) -> str:
    """All loads in one table, the kinds of pages as one reader gets them, and what was wrong."""
    parts = [table(_HEADING, map(_row, measured))]
    if measured:
        parts.append(table(("one after the other", "share", "answers", "p50, ms", "p95, ms"), _kinds(measured[0])))
    parts += _goal(measured)
    parts += [f"! {what} ({count})" for one in measured for what, count in one.tally.wrong.most_common(10)]
    return "\n\n".join(parts)


def _row(one: Measured) -> tuple[str, ...]:
    tally, times = one.tally, one.times
    asked = len(times) + len(tally.refused)
    memory = max((sample.memory for sample in one.samples), default=0)
    return (
        one.load.name,
        f"{len(times) / one.seconds:.1f}",
        *(f"{at(times, share):.1f}" for share in (0.5, 0.95, 0.99, 1)),
        f"{len(tally.refused) / asked:.1%}" if asked else "",
        f"{at(sorted(tally.refused), 0.99):.1f}" if tally.refused else "",
        str(tally.hung),
        str(tally.wrong.total() + tally.speechless),
        f"{one.server_cpu / one.load.seconds:.2f}",
        f"{one.client_cpu * 1000 / max(1, asked):.2f}",
        f"{memory / MEGABYTE:.0f}",
    )


def _kinds(one: Measured) -> Iterator[tuple[str, ...]]:
    for kind, share in SHARES.items():
        times = sorted(one.tally.good[kind])
        yield kind, f"{share} %", str(len(times)), f"{at(times, 0.5):.1f}", f"{at(times, 0.95):.1f}"


def _goal(measured: Sequence[Measured]) -> Iterator[str]:
    """The one number that is promised, where both of its loads were measured."""
    by_readers = {one.load.readers: one.times for one in measured if not one.load.pause}
    if by_readers.get(1) and by_readers.get(32):
        times = at(by_readers[32], 0.99) / at(by_readers[1], 0.5)
        yield f"p99 at 32 connections is {times:.1f} times the p50 at 1 (goal: at most {GOAL})"


def report_soak(soaked: Soak) -> str:
    """The soak: its answers tenth by tenth, and what the server took in the beginning and in the end."""
    parts = [table(_HEADING, [_row(soaked.measured)])]
    tenths = enumerate(soaked.tenths(), 1)
    rows = [(str(number), f"{len(times):,}", *_percentiles(times)) for number, times in tenths]
    parts.append(table(("tenth of the time", "answers", "p50, ms", "p99, ms"), rows))
    if grown := soaked.growth:
        samples = (("first tenth after the warm-up", grown.first), ("last tenth", grown.last))
        sizes = [
            (name, f"{one.memory / MEGABYTE:.1f}", f"{one.own / MEGABYTE:.1f}", str(one.files), str(one.deleted))
            for name, one in samples
        ]
        heading = ("server", "memory, MB", "its own, MB", "open files", "deleted files mapped")
        parts.append(table(heading, sizes))
        parts.append(
            f"{soaked.commits} commits; memory grew by {grown.share:+.1%}, what is its own by {grown.own_share:+.1%}; "
            f"at most {grown.most_files} files open and {grown.most_deleted} deleted ones mapped"
        )
    parts += [f"! {what} ({count})" for what, count in soaked.measured.tally.wrong.most_common(10)]
    return "\n\n".join(parts)


def _percentiles(times: Sequence[float]) -> tuple[str, str]:
    return f"{at(times, 0.5):.1f}", f"{at(times, 0.99):.1f}"
