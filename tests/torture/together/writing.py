"""The writer: one edition after the other, by every way in which an archive is written to."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import cycle
from pathlib import Path

from search.archive import Archive
from search.article import Article, to_record
from search.entry import Entry
from tests.torture.scenes import articles, run
from tests.torture.together.editions import briefs, chronicle, passing

_UPDATES = 6
"""Of so many editions all but one of each other way are updates by Python."""


class Writer:
    """Writes editions of ``folder``/pages into ``folder``/index, the first of them at once."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.index = folder / "index"
        self.edition = 0
        self._pages = folder / "pages"
        self.chance = random.Random(seed)
        self._pages.mkdir()
        _put(self._pages / "chronicle.jsonl", chronicle().values())
        self._write_briefs()
        self.indexed()

    @property
    def ways(self) -> tuple[Callable[[], None], ...]:
        """All ways to write an edition."""
        return (self.updated, self.indexed, self.pruned, self.rebuilt, self.renewed)

    def chosen(self) -> Iterator[Callable[[], None]]:
        """Each way once, then in random order, updates more often than all others together."""
        yield from self.ways
        others = cycle(self.ways[1:])
        while True:
            some = [self.updated] * _UPDATES + [next(others), next(others)]
            self.chance.shuffle(some)
            yield from some

    def write(self, way: Callable[[], None]) -> None:
        """The next edition by one of the ways."""
        self.edition += 1
        self._write_briefs()
        way()

    def updated(self) -> None:
        """By Archive.update, as a program does."""
        archive, wanted = Archive.open(self.index), briefs(self.edition)
        origin = str((self._pages / "briefs.jsonl").resolve())
        gone = set(briefs(self.edition - 1)) - set(wanted)
        archive.update((Entry(article, origin, str(self.edition)) for article in wanted.values()), gone)

    def indexed(self) -> None:
        """By ``baoku index``, with some articles that pass."""
        _put(self._pages / "passing.jsonl", passing().values())
        self._run()

    def pruned(self) -> None:
        """By ``baoku index --prune``: what has passed is removed."""
        (self._pages / "passing.jsonl").unlink(missing_ok=True)
        self._run("--prune")

    def rebuilt(self) -> None:
        """By ``baoku index --rebuild``: another folder takes the place of the index."""
        self._run("--rebuild")

    def renewed(self) -> None:
        """By ``baoku index`` with another dictionary: what is stored is cut into words anew, and then the new read."""
        marker = self.index / "baoku.json"
        fresh = self._pages.parent / "marker"
        fresh.write_text(json.dumps(json.loads(marker.read_text("utf-8")) | {"analyser_version": "earlier"}), "utf-8")
        os.replace(fresh, marker)
        self._run()

    def _run(self, *options: str) -> None:
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = run(["index", str(self._pages), "--index", str(self.index), *options])
        if code:
            raise AssertionError(f"baoku index {' '.join(options)}: {code} {said.getvalue()[-600:]}")

    def _write_briefs(self) -> None:
        _put(self._pages / "briefs.jsonl", briefs(self.edition).values())


def _put(path: Path, articles: Iterable[Article]) -> None:
    lines = (json.dumps(to_record(article), ensure_ascii=False) for article in articles)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def wrong_at_the_end(writer: Writer) -> Iterator[str]:
    """What is wrong with the index that the writer leaves: damage, or articles that are not those of the edition."""
    yield from (f"check: {problem}" for problem in Archive.open(writer.index).check())
    wanted = {**briefs(writer.edition), **chronicle()}
    held = articles(writer.index)
    yield from (f"{identity} is not as it was given" for identity in wanted if held.get(identity) != wanted[identity])
    yield from (f"{identity} should be gone" for identity in held.keys() - wanted.keys() - passing().keys())
