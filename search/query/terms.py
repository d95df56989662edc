"""What of a text a query is about: strings, patterns and nearness, for marks and snippets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.query.tree import Exact, Leaf, Misread, Near, Node, Pattern, Words, leaves

Term = str | Pattern | Near
"""A folded string, or what search.query.glob finds."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is to be marked in the headline, in the body, and in the other parts of an article."""

    title: tuple[Term, ...] = ()
    body: tuple[Term, ...] = ()
    rest: tuple[Term, ...] = ()


def terms_of(tree: Node) -> Terms:
    """The terms of all conditions that are not negated, the more important first."""
    found = [
        (leaf.left.field if isinstance(leaf, Near) else leaf.field, term)
        for leaf in leaves(tree, positive_only=True)
        if isinstance(leaf, (Words, Exact, Pattern, Misread, Near))
        for term in _terms(leaf)
    ]
    parts = (("title", None), ("body", None), (None,))
    return Terms(*(tuple(dict.fromkeys(term for field, term in found if field in part)) for part in parts))


def _terms(leaf: Leaf) -> Iterator[Term]:
    """Single characters out of a longer run are not marked: they would be everywhere."""
    match leaf:
        case Words(text, words, _, synonyms):
            yield text
            yield from (word for word in words if len(word) > 1)
            yield from synonyms
        case Exact(text):
            yield text
        case Misread(text, _, forms):
            yield text
            yield from forms
        case Pattern() | Near():
            yield leaf
