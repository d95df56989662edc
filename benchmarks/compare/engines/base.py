"""What every engine of a comparison offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.compare.material import Row
from benchmarks.compare.questions import Question


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page of hits shows: ``hits`` are (id, title, snippet as HTML), ``counts`` are by facet and value."""

    total: int
    hits: Sequence[tuple[str, str | None, str]]
    counts: Mapping[str, Mapping[str, int]]


class Engine(ABC):
    """A search engine. One object makes an index, another, in another process, is opened and asked."""

    label: str
    package: str | None = None
    """What has to be installed besides Baoku."""
    needs_words = False
    """Whether it indexes the words of Row.words."""
    index: str | None = None
    """The name of the engine whose index it reads, when it makes none."""

    @property
    def missing(self) -> bool:
        return self.package is not None and find_spec(self.package) is None

    @abstractmethod
    def version(self) -> str: ...

    @abstractmethod
    def build(self, rows: Iterable[Row], folder: Path) -> None:
        """Index the articles in an empty folder."""

    @abstractmethod
    def open(self, folder: Path) -> None: ...

    def before(self) -> None:  # noqa: B027
        """Called before each question; its time does not count."""

    @abstractmethod
    def answer(self, question: Question) -> Any:
        """The complete answer in the engine's own form."""

    def plain(self, answer: Any) -> Answer:
        """An answer in the common form; its time does not count."""
        return answer

    @abstractmethod
    def found(self, question: Question) -> set[str]:
        """The ids of all hits."""
