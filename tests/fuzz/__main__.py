"""``python -m tests.fuzz``: a million inputs for all the doors by which bytes come in, and what came of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.fuzz.mutate import sha
from tests.fuzz.run import Tally, peak, watched, workplace
from tests.fuzz.target import Finding, attempt
from tests.fuzz.targets import TARGETS

_FOUND = Path("var/fuzz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="in all, over the targets by their shares")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--targets", nargs="+", choices=sorted(TARGETS), default=[*TARGETS])
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="one input once more")
    asked = parser.parse_args()
    if asked.again:
        return _again(*asked.again)
    tallies: dict[str, Tally] = {}
    parts = sum(TARGETS[name].share for name in asked.targets)
    print(*_HEAD, sep="\n")
    for name in asked.targets:
        tallies[name] = watched(name, asked.seed, max(1, asked.inputs * TARGETS[name].share // parts))
        print(_line(name, tallies[name]), *_told(tallies[name]), sep="\n", flush=True)
    print(_line("all", _whole(tallies.values())))
    return any(tally.findings for tally in tallies.values())


_HEAD = ("| target | inputs | refused | findings | MB | seconds |", "| --- | --: | --: | --: | --: | --: |")


def _line(name: str, tally: Tally) -> str:
    numbers = (f"{tally.inputs:,}", f"{tally.refused:,}", len(tally.findings), tally.peak, f"{tally.seconds:.0f}")
    return f"| {name} | " + " | ".join(map(str, numbers)) + " |"


def _whole(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.join(tally)
    return whole


def _told(tally: Tally) -> Iterator[str]:
    for finding in tally.findings:
        yield f"{finding.place}: {finding.what} ({tally.repeated[finding.place]} times)\n  --again {finding.target!r} {_keep(finding)}"


def _keep(finding: Finding) -> Path:
    """Where the input of a finding is kept, and what happened beside it."""
    _FOUND.mkdir(parents=True, exist_ok=True)
    path = _FOUND / f"{finding.target.replace(' ', '-')}-{sha(finding.data)}"
    path.write_bytes(finding.data)
    path.with_name(path.name + ".txt").write_text(f"{finding.what}\n{finding.trace}", "utf-8", "backslashreplace")
    return path


def _again(name: str, path: str) -> int:
    with workplace() as folder:
        _, use = TARGETS[name].open(folder)
        outcome = attempt(name, use, Path(path).read_bytes(), again=True)
    print(outcome.answer or "", outcome.finding.trace if outcome.finding else f"({peak()} MB)", sep="\n")
    return outcome.finding is not None


if __name__ == "__main__":
    sys.exit(main())
