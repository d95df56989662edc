"""The answers: pages whose stories somebody has described by hand, in tests/gold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"
SETS = {
    "sample": ROOT / "data" / "sample",
    "tuned": GOLD / "tuned",
    "held": GOLD / "held",
    "real": ROOT.parent / "shared" / "pages",
}
"""Where the pages of each set lie; the answers lie in tests/gold under the set's name."""


@dataclass(frozen=True)
class GoldStory:
    """One story as it ought to be found; ``spans`` are 1-based inclusive line numbers."""

    file: str
    spans: tuple[tuple[int, int], ...]
    title: str | None
    answers: dict[str, Any]

    def names(self, key: str) -> frozenset[str] | None:
        """The values of a list, or None where nobody has answered."""
        return frozenset(self.answers[key]) if key in self.answers else None


@dataclass(frozen=True)
class GoldPage:
    """One page; ``dated`` tells what its day is told by: masthead, manifest, file name or none."""

    file: str
    day: str | None
    dated: str
    damage: tuple[str, ...] = ()
    stories: tuple[GoldStory, ...] = field(default=())

    @property
    def is_jumbled(self) -> bool:
        """Whether its lines are hard-wrapped or its stories interleave."""
        return any("wrapped" in word or "interleav" in word for word in self.damage)


def gold_pages(name: str) -> Iterator[GoldPage]:
    """The answers of one set of pages, in order of the page's name."""
    for path in sorted((GOLD / name).glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        stories = tuple(_story(table["file"], answers) for answers in table["article"])
        dated = table.get("dated") or ("manifest" if table.get("date") else "none")
        day = table.get("issue") or table.get("date")
        yield GoldPage(table["file"], day, dated, tuple(table.get("damage", ())), stories)


def _story(file: str, answers: dict[str, Any]) -> GoldStory:
    spans = tuple((first, last) for first, last in answers["spans"])
    return GoldStory(file, spans, answers.get("title"), answers)
