"""Our query tree's leaves as Whoosh queries; what is not text is answered from the snapshot's columns."""

from __future__ import annotations

from collections.abc import Iterable

from whoosh.query import And, Or, Query, Term

from search.engine.schema import BOOSTS, GRAM_FIELDS, TITLE_FIELDS
from search.query.tree import Words

_SCOPES = {None: tuple(BOOSTS), "title": TITLE_FIELDS, "body": ("body",)}
_GROUPS = {None: tuple(GRAM_FIELDS), "title": ("title",), "body": ("body",)}


def groups(field: str | None) -> tuple[str, ...]:
    """The groups of parts that a field of the query language covers."""
    return _GROUPS[field]


def words(node: Words) -> Query:
    """All words, each in any of the fields."""
    return And([_anywhere(word, _SCOPES[node.field]) for word in dict.fromkeys(node.words)])


def any_word(found: Iterable[str]) -> Query:
    """Any of the words in any field: for articles that are alike."""
    return Or([_anywhere(word, _SCOPES[None]) for word in found])


def _anywhere(word: str, fields: Iterable[str]) -> Query:
    return Or([Term(field, word, boost=BOOSTS[field]) for field in fields])


def pieces(text: str, group: str) -> And:
    """The neighbouring pairs of a string (the string itself when it is one character), all in one group of parts."""
    pairs = dict.fromkeys(map(str.__add__, text, text[1:])) or (text,)
    return And([Term(GRAM_FIELDS[group], pair) for pair in pairs])
