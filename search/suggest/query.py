"""The query that a proposed name, word or title stands for."""

from __future__ import annotations

from search.query.canonical import canonical
from search.query.tree import VALUE_FIELDS, Exact, Has, Node, Words
from search.text import fold
from search.words import words

FACET_KINDS = ("street", "community", "reporter", "topic")
WORD, TITLE = "word", "title"
KINDS = (*FACET_KINDS, WORD)
"""The kinds of terms, the most telling first."""


def query_of(kind: str, name: str) -> str:
    """The query in canonical form: a value of its facet, a headline word by word, or a word as one types it."""
    return canonical(_node(kind, name))


def _node(kind: str, name: str) -> Node:
    if kind in VALUE_FIELDS:
        return Has(kind, name)
    text = fold(name)
    if kind == TITLE:
        return Exact(text, "title")
    return Words(text, tuple(words(text))) if text.isalnum() else Exact(text)
