"""The query taken apart at its top: each part in words, and the query that is left without it."""

from __future__ import annotations

from dataclasses import dataclass

from search.message import Message
from search.query.canonical import canonical
from search.query.explain import explain
from search.query.tree import And, Everything, Node, Or


@dataclass(frozen=True, slots=True)
class Part:
    """A part in words, and the canonical ``rest`` without it: empty where it was the only one.

    ``joint`` is what stands before it, 且 or 或, and empty for the first.
    """

    words: str
    rest: str
    joint: str = ""


def parts(tree: Node) -> list[Part]:
    """The parts of a tree from left to right, none for everything."""
    if isinstance(tree, Everything):
        return []
    if not isinstance(tree, (And, Or)):
        return [Part(explain(tree), "")]
    joint = Message("且") if isinstance(tree, And) else Message("或")
    return [
        Part(explain(part), canonical(_without(tree, at)), joint if at else "") for at, part in enumerate(tree.parts)
    ]


def _without(tree: And | Or, at: int) -> Node:
    rest = tree.parts[:at] + tree.parts[at + 1 :]
    return rest[0] if len(rest) == 1 else type(tree)(rest)
