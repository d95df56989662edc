"""What is ordered, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from search.export import EXPORTS
from search.request import SearchRequest

WAITING, WRITING, DONE, FAILED, CANCELLED = "waiting", "writing", "done", "failed", "cancelled"
LONG: Mapping[str, int] = {
    **dict.fromkeys(EXPORTS, 20_000),
    **dict.fromkeys(("csv", "jsonl", "json"), 50_000),
    "xlsx": 5_000,
    "bundle": 2_000,
}
"""Rows by format above which a reader would wait for more than about three seconds."""


def is_long(form: str, rows: int) -> bool:
    """Whether a list is better written before it is sent."""
    return rows > LONG[form]


def longest(rows: int) -> frozenset[str]:
    """The formats in which so many rows are long."""
    return frozenset(form for form in EXPORTS if is_long(form, rows))


@dataclass(frozen=True, slots=True)
class Order:
    """A list in a format: ``address`` is that of an article's page without the id."""

    index: Path
    request: SearchRequest
    form: str
    text: bool
    address: str


@dataclass(slots=True)
class Job:
    """An order and what has become of it; ``folder`` holds everything that is written for it.

    ``rows`` of ``total`` have been read, ``total`` being the hits times how often the format reads them; ``seen`` is
    when somebody last asked for it, by the clock of the desk; ``trouble`` is why it failed, in words.
    """

    name: str
    order: Order
    folder: Path
    seen: float
    state: str = WAITING
    rows: int = 0
    total: int = 0
    trouble: str = ""
    process: Popen[str] | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        """The file, whole when the state is DONE."""
        return self.folder / "list"

    @property
    def open(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (WAITING, WRITING)

    @property
    def percent(self) -> int:
        """How much has been read, rounded down; the last hundredth is for what follows the last row."""
        return min(99, 100 * self.rows // self.total) if self.total else 0
