"""What the writer is doing when it is struck: small archives before and after, the same at every run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from baoku import main
from search.archive import Archive
from search.article import Article
from tests.command import SAMPLE

PAGES = ("p0004.txt", "p0006.txt", "p0011.txt", "p0004b.txt")
_SEGMENTS = 7

Articles = dict[str, Article]


@dataclass(frozen=True, slots=True)
class Scene:
    """A command over the pages in ``folder``, begun with a copy of the index ``before`` if there is one."""

    name: str
    folder: Path
    before: Path | None
    options: tuple[str, ...] = ()

    def begin(self, index: Path) -> None:
        """Puts the index in its place."""
        if self.before:
            shutil.copytree(self.before, index)

    def command(self, index: Path) -> list[str]:
        return ["index", str(self.folder), "--index", str(index), *self.options]


def articles(index: Path) -> Articles:
    """Everything that an index holds, by id; nothing where no index was begun."""
    archive = Archive.open(index)
    return {identity: found for identity in archive.identities() if (found := archive.article(identity))}


def scenes(folder: Path, names: tuple[str, ...] = PAGES) -> list[Scene]:
    """All of them, with these pages and some ready articles; these and the indexes to begin with are in ``folder``."""
    pages = folder / "pages"
    _write_pages(pages, names[:3], range(0, 24))
    before = _indexed(pages, folder / "before")
    merge = _scattered(before, folder / "scattered")
    renew = _of_another_dictionary(before, folder / "renew")
    _write_pages(pages, names[1:], range(6, 30), changed=12)
    return [
        Scene("index", pages, None),
        Scene("update", pages, before),
        Scene("prune", pages, before, ("--prune",)),
        Scene("rebuild", pages, before, ("--rebuild",)),
        Scene("renew", pages, renew),
        Scene("merge", pages, merge),
    ]


def _write_pages(folder: Path, names: tuple[str, ...], numbers: range, changed: int = 0) -> None:
    """A few pages of the sample and some ready articles, of which the first ``changed`` are not as they were."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in names:
        shutil.copy(SAMPLE / name, folder)
    lines = (json.dumps(_ready(number, number < changed), ensure_ascii=False) for number in numbers)
    (folder / "ready.jsonl").write_text("\n".join(lines), "utf-8")


def _ready(number: int, changed: bool) -> dict[str, str]:
    body = f"第{number}号简报说，社区的第{number}个图书角开了门。" + "更正：开门的是阅览室。" * changed
    return {"id": f"ready{number:04}", "title": f"简报第{number}号", "body": body * 20}


def _indexed(pages: Path, index: Path) -> Path:
    run(["index", str(pages), "--index", str(index)])
    return index


def _scattered(before: Path, index: Path) -> Path:
    """The same articles in so many segments that the next ones have to be joined with them."""
    source, archive = Archive.open(before), Archive.create(index)
    entries = [entry for identity in source.identities() if (entry := source.entry(identity))]
    for first in range(_SEGMENTS):
        archive.update(entries[first::_SEGMENTS])
    return index


def _of_another_dictionary(before: Path, index: Path) -> Path:
    """The same index as if its words had been cut by an earlier dictionary."""
    shutil.copytree(before, index)
    marker = index / "baoku.json"
    marker.write_text(json.dumps(json.loads(marker.read_text("utf-8")) | {"analyser_version": "earlier"}), "utf-8")
    return index


def run(command: list[str], after: Callable[[], None] = lambda: None) -> int:
    """The program run here with these words; its exit code."""
    try:
        main(command)
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        with suppress(OSError):
            after()
    return 0
