"""One target under atheris, which keeps the inputs that reach code which none before has reached.

``python -m tests.fuzz.guided TARGET INPUTS SEED FOLDER``: what came of them is written into the folder, pickled, and an
input that ended the process beside it. libFuzzer ends the process itself.
"""

from __future__ import annotations

import pickle
import random
import sys
from pathlib import Path
from time import perf_counter

import atheris

with atheris.instrument_imports(include=["search", "indexer", "webui"]):
    from tests.fuzz.run import ASKED_TWICE, TALLY, Tally, peak
    from tests.fuzz.target import attempt
    from tests.fuzz.targets import TARGETS

_LONGEST = 1 << 16


def main(name: str, inputs: int, seed: int, told: Path) -> None:
    """Asks so many inputs; atheris mutates them or leaves that to the target's own mutations."""
    target, tally, since = TARGETS[name], Tally(), perf_counter()

    def one(data: bytes) -> None:
        tally.add(attempt(name, use, data, again=tally.inputs % ASKED_TWICE == 0))
        if tally.inputs >= inputs:
            tally.seconds, tally.peak = perf_counter() - since, peak()
            (told / TALLY).write_bytes(pickle.dumps(tally))

    def mutated(data: bytes, longest: int, number: int) -> bytes:
        chance = random.Random(number)
        made = target.mutate(data, chance) if chance.random() < 0.7 else atheris.Mutate(data, longest)
        return made[:longest]

    # libFuzzer leaves no time to tidy up: both are in the folder of whoever has started this.
    place, corpus = told / "place", told / "corpus"
    place.mkdir()
    corpus.mkdir()
    seeds, use = target.open(place)
    for number, kept in enumerate(seeds):
        (corpus / f"{number}").write_bytes(kept)
    flags = (f"-runs={inputs}", f"-seed={seed}", f"-max_len={_LONGEST}", "-timeout=120", "-rss_limit_mb=4096")
    atheris.Setup(
        [sys.argv[0], *flags, f"-artifact_prefix={told}/", "-verbosity=0", str(corpus)], one, custom_mutator=mutated
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
