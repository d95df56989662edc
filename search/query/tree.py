"""The query tree: what a question means, free of any engine. Text in it is folded already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

TEXT_FIELDS = ("title", "body")
"""Fields that a text node can be limited to; ``title`` covers kicker and subtitle too."""
VALUE_FIELDS = ("street", "community", "reporter", "topic", "section", "kind", "page", "newspaper")
"""Fields that are asked for a whole value."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles: the empty query."""


@dataclass(frozen=True, slots=True)
class Words:
    """An unquoted run: articles that contain ``text`` literally, and those that contain all of ``words``.

    ``synonyms`` are strings that mean the same and are looked for as well.
    """

    text: str
    words: tuple[str, ...]
    field: str | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """A quoted string: precisely the articles whose folded text contains ``text``."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Articles with a string that looks like ``text``: ? is any one character, * any within a clause, even none."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """Articles that contain ``text`` or one of the ``forms`` that may be misreadings of it; these are the archive's."""

    text: str
    field: str | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Articles in which two strings or patterns stand with at most ``distance`` characters between, in either order."""

    left: Words | Exact | Pattern
    right: Words | Exact | Pattern
    distance: int


@dataclass(frozen=True, slots=True)
class Has:
    """Articles that have ``value`` for one of VALUE_FIELDS; MISSING finds those without any."""

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


Leaf = Words | Exact | Pattern | Misread | Near | Has | Dates
"""A single condition."""
Node = Everything | Leaf | And | Or | Not


def leaves(node: Node, positive_only: bool = False) -> Iterator[Leaf]:
    """The conditions of a tree from left to right; on demand without those that are negated."""
    if isinstance(node, (And, Or)):
        for part in node.parts:
            yield from leaves(part, positive_only)
    elif isinstance(node, Not):
        yield from () if positive_only else leaves(node.part)
    elif not isinstance(node, Everything):
        yield node
