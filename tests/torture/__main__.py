"""``python -m tests.torture``: 200 kills, 100 power cuts, 100 faults of the disk, and what came of them.

Beside these, faults while somebody only reads, and helping processes killed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import cycle, product
from pathlib import Path

from tests.torture.helpers import strike_helpers
from tests.torture.readers import KINDS as READING
from tests.torture.readers import READERS, listen, reads
from tests.torture.rounds import CLOCK, Expected, Round, rehearse, rounds, strike
from tests.torture.scenes import PAGES, scenes
from tests.torture.storage import Fault

_SHARES = {
    "kills": (CLOCK, "kill"),
    "cuts": ("power",),
    "faults": ("full", "io", "short", "fsync", "rename", "read", "unread"),
}


def prepare(folder: Path, names: tuple[str, ...] = PAGES) -> dict[str, Expected]:
    """The scenes by name, each once gone through without a fault; what the commands say about it goes nowhere."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return {scene.name: rehearse(scene, folder / "round") for scene in scenes(folder / "scenes", names)}


def torture(known: Mapping[str, Expected], folder: Path, counts: Mapping[str, int], seed: int) -> Iterator[Round]:
    """So many rounds of each kind, spread over all scenes."""
    for kind, count in counts.items():
        for number, expected in enumerate(known.values()):
            share = (count + number) // len(known)
            chance = random.Random(f"{seed} {kind} {expected.scene.name}")
            yield from rounds(expected, folder / "round", kind, share, chance)


def disturbed(known: Mapping[str, Expected], folder: Path, count: int, seed: int) -> Iterator[Round]:
    """So many rounds in which somebody reads the index that cannot be read."""
    index = known["update"].scene.before
    if index is None:
        raise AssertionError("there is nothing to read")
    for number, (reader, kind) in enumerate(product(READERS, READING)):
        undisturbed = listen(reader, index, folder / "round")
        share = (count + number) // (len(READERS) * len(READING))
        yield from reads(undisturbed, folder / "round", kind, share, random.Random(f"{seed} {reader} {kind}"))


def unhelped(known: Mapping[str, Expected], folder: Path, count: int, seed: int) -> Iterator[Round]:
    """So many rounds in which helping processes are killed, one or all."""
    for number, expected in zip(range(count), cycle(known.values()), strict=False):
        yield strike_helpers(expected, folder / "round", seed + number, every=number % 4 == 3)


def report(done: list[Round], kinds: Collection[str]) -> Iterator[str]:
    """A table of rounds by scene and kind, and what was wrong."""
    struck = Counter((one.scene, one.kind) for one in done if one.struck)
    yield "| | " + " | ".join(kinds) + " |\n| --- |" + " --: |" * len(kinds)
    for scene in dict.fromkeys(one.scene for one in done):
        yield f"| {scene} | " + " | ".join(str(struck[scene, kind]) for kind in kinds) + " |"
    wrong = [one for one in done if one.wrong]
    yield f"{sum(struck.values())} struck, {len(wrong)} with something wrong"
    for one in wrong:
        fault = one.fault
        yield f"--again {one.scene} {fault.kind} {fault.at} {fault.seed} # {one.kind}: {'; '.join(one.wrong)}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    numbers = {"kills": 200, "cuts": 100, "faults": 100, "reads": 60, "helpers": 24, "seed": 8}
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--again", nargs=4, metavar=("SCENE", "KIND", "AT", "SEED"), help="one round once more")
    asked = parser.parse_args()
    counts = {kind: getattr(asked, name) // len(kinds) for name, kinds in _SHARES.items() for kind in kinds}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        known = prepare(folder)
        if asked.again:
            scene, kind, at, seed = asked.again
            done = [strike(known[scene], folder / "round", Fault(kind, int(at), int(seed)))]
        else:
            done = list(torture(known, folder, counts, asked.seed))
            done += disturbed(known, folder, asked.reads, asked.seed)
            done += unhelped(known, folder, asked.helpers, asked.seed)
    print("\n".join(report(done, (*counts, "helper", "helpers"))))
    return any(one.wrong for one in done)


if __name__ == "__main__":
    sys.exit(main())
