"""How many misread strings ``~`` finds: well-known confusions, planted into articles and sought as printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from benchmarks.corpus import Corpus
from benchmarks.report import digits, percentiles, table
from search.archive import Archive
from search.text import fold
from search.words import words

CONFUSIONS = Path(__file__).with_name("confusions.txt")
LONGEST = 8
"""Characters of the strings that are looked for; from TWICE on every second one is misread in two places."""
TWICE = 4
_TRIES = 40
"""How many strings of an article are tried before the next article is taken."""

Confusions = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Planted:
    """What was ``printed`` and what stands in the archive instead; ``exchanged`` characters differ."""

    printed: str
    misread: str
    exchanged: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of one planted string: whether it was among the ``forms``, how many these are, and in what time."""

    planted: Planted
    found: bool
    forms: int
    more: bool
    milliseconds: float


def confusions() -> Confusions:
    """What each character is misread as, from confusions.txt, which was written without the table that is measured."""
    lines = CONFUSIONS.read_text("utf-8").splitlines()
    known: defaultdict[str, list[str]] = defaultdict(list)
    for printed, read in (pair for line in lines if not line.startswith("#") for pair in line.split()):
        known[printed].append(read)
    return known


def measure_misread(corpus: Corpus, count: int, seed: int) -> list[Sought]:
    """Plants up to ``count`` misread strings, one an article, makes an archive of the articles, and looks for them."""
    chance, known, planted = Random(seed), confusions(), []
    articles = list(corpus())
    for place in chance.sample(range(len(articles)), len(articles)):
        one = plant(articles[place].body, known, chance) if len(planted) < count else None
        if one:
            planted.append(one)
            body = fold(articles[place].body).replace(one.printed, one.misread)
            articles[place] = replace(articles[place], body=body)
    with TemporaryDirectory(prefix="baoku-misread-") as folder:
        archive = Archive.create(Path(folder) / "index")
        archive.add(articles)
        return [_sought(archive, one) for one in planted]


def plant(body: str, known: Confusions, chance: Random) -> Planted | None:
    """A string of one or more whole words of a text, of two to LONGEST characters, and how it is misread."""
    text = fold(body)
    parts = words(text)
    for _ in range(_TRIES if parts else 0):
        start = chance.randrange(len(parts))
        printed = "".join(parts[start : start + chance.randint(1, 3)])
        places = [place for place, char in enumerate(printed) if char in known]
        exchanged = 1 if len(printed) < TWICE else chance.randint(1, 2)
        if 2 <= len(printed) <= LONGEST and len(places) >= exchanged and printed in text:
            read = list(printed)
            for place in chance.sample(places, exchanged):
                read[place] = chance.choice(known[read[place]])
            return Planted(printed, "".join(read), exchanged)
    return None


def _sought(archive: Archive, planted: Planted) -> Sought:
    start = perf_counter()
    given = archive.misread_forms(planted.printed)
    spent = (perf_counter() - start) * 1000
    found = any(form.text == planted.misread for form in given.forms)
    return Sought(planted, found, len(given.forms), given.more, spent)


def report_misread(sought: Sequence[Sought]) -> str:
    """The share that was found, how many forms come back, and in what time."""
    header = ("string", "planted", "found", "forms, mean", "capped", "ms p50", "ms p95")
    return table(header, [_row(name, chosen) for name, chosen in _kinds(sought) if chosen])


def _kinds(sought: Sequence[Sought]) -> Iterator[tuple[str, list[Sought]]]:
    for name, lengths, exchanged in (
        ("2 characters", range(2, 3), 1),
        ("3 characters", range(3, 4), 1),
        (f"{TWICE}–{LONGEST} characters", range(TWICE, LONGEST + 1), 1),
        ("the same, two misread", range(TWICE, LONGEST + 1), 2),
    ):
        planted = [one for one in sought if len(one.planted.printed) in lengths]
        yield name, [one for one in planted if one.planted.exchanged == exchanged]
    yield "all", list(sought)


def _row(name: str, sought: Sequence[Sought]) -> tuple[str, ...]:
    found, forms, more = (float(np.mean([getattr(one, key) for one in sought])) for key in ("found", "forms", "more"))
    times = percentiles([one.milliseconds for one in sought])
    return name, f"{len(sought)}", f"{found:.1%}", digits(forms), f"{more:.1%}", *times
