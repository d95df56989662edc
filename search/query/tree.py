"""The query tree: what a question means, free of any engine. Text in it is folded already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TEXT_FIELDS = ("title", "body")
"""Fields that a text node can be limited to; ``title`` covers kicker and subtitle too."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles: the empty query."""


@dataclass(frozen=True, slots=True)
class Words:
    """An unquoted run: articles that contain ``text`` literally, and those that contain all of ``words``."""

    text: str
    words: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A quoted string: precisely the articles whose folded text contains ``text``."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Has:
    """Articles that have ``value`` in a facet of request.FACETS except ``date``; MISSING finds those without any."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Articles whose date interval overlaps the inclusive bounds; None leaves an end open. Both None: undated ones."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


Node = Everything | Words | Exact | Has | Dates | And | Or | Not
