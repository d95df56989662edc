"""``python -m tests.fuzz``: a million inputs for all the doors by which bytes come in, and what came of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.mutate import sha
from tests.fuzz.run import Tally, guided, peak, watched, workplace
from tests.fuzz.target import Finding, attempt
from tests.fuzz.targets import TARGETS

_FOUND = Path("var/fuzz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="in all, over the targets by their shares")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--targets", nargs="+", choices=sorted(TARGETS), default=[*TARGETS])
    parser.add_argument("--guided", type=float, default=0.02, help="the share of inputs that atheris chooses")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time")
    parser.add_argument("--again", nargs=2, metavar=("TARGET", "FILE"), help="one input once more")
    asked = parser.parse_args()
    if asked.again:
        return _again(*asked.again)
    if asked.guided and find_spec("atheris") is None:
        print("atheris is not installed (pip install 'baoku[fuzz]'): no inputs are guided by what they reach")
        asked.guided = 0
    whole = Tally()
    print(*_HEAD, sep="\n")
    with ThreadPoolExecutor(asked.jobs) as pool:
        counts = _counts(asked.targets, asked.inputs)
        running = {pool.submit(_run, asked, name, count): name for name, count in counts.items()}
        for done in as_completed(running):
            name, tally = running[done], done.result()
            whole.join(tally)
            print(_line(name, tally), *_told(tally), sep="\n", flush=True)
    print(_line("all", whole))
    return bool(whole.findings)


_HEAD = (
    "| target | inputs | guided | refused | findings | MB | seconds |",
    "| --- | --: | --: | --: | --: | --: | --: |",
)


def _counts(names: Sequence[str], inputs: int) -> dict[str, int]:
    """How many inputs each target gets; what does not come out even goes to the first one."""
    parts = sum(TARGETS[name].share for name in names)
    counts = {name: max(1, inputs * TARGETS[name].share // parts) for name in names}
    counts[names[0]] += max(0, inputs - sum(counts.values()))
    return counts


def _run(asked: argparse.Namespace, name: str, count: int) -> Tally:
    led = int(count * asked.guided)
    tally = watched(name, asked.seed, count - led)
    if led:
        tally.join(guided(name, asked.seed, led))
    return tally


def _line(name: str, tally: Tally) -> str:
    numbers = (
        f"{tally.inputs:,}",
        f"{tally.guided:,}",
        f"{tally.refused:,}",
        len(tally.findings),
        tally.peak,
        f"{tally.seconds:.0f}",
    )
    return f"| {name} | " + " | ".join(map(str, numbers)) + " |"


def _told(tally: Tally) -> Iterator[str]:
    for finding in tally.findings:
        yield f"{finding.place}: {finding.what} ({tally.repeated[finding.place]} times)"
        yield f"  --again {finding.target!r} {_keep(finding)}"


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
