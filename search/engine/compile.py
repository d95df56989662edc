"""Our query tree as Whoosh's query objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from whoosh import query

from search.engine.exact import ExactString
from search.engine.schema import BOOSTS, TITLE_FIELDS
from search.query.tree import And, Dates, Everything, Exact, Has, Node, Not, Or, Words

_SCOPES = {None: tuple(BOOSTS), "title": TITLE_FIELDS, "body": ("body",)}
_LITERAL = 100.0
"""Added to articles that contain an unquoted run as it stands: more than words alone usually make."""


def compiled(node: Node, known: Callable[[str, str], str]) -> query.Query:
    """The query of a tree; ``known`` gives the value of a facet that a person means."""
    match node:
        case Words(text, words, field):
            literal = ExactString(text, field, _LITERAL)
            return query.Or([literal, all_words(words, field)]) if words else literal
        case Exact(text, field):
            return ExactString(text, field)
        case And(parts):
            return query.And([compiled(part, known) for part in parts])
        case Or(parts):
            return query.Or([compiled(part, known) for part in parts])
        case Not(part):
            return query.And([_unscored(query.Every()), query.Not(compiled(part, known))])
        case Has(facet, value):
            return _unscored(query.Term(facet, known(facet, value)))
        case Dates(None, None):
            return query.And([_unscored(query.Every()), query.Not(query.Every("first_day"))])
        case Dates(first, last):
            return _unscored(_days(first, last))
        case Everything():
            return _unscored(query.Every())


def all_words(words: Iterable[str], field: str | None = None) -> query.Query:
    """All words, each in any of the fields."""
    return query.And([_anywhere(word, _SCOPES[field]) for word in dict.fromkeys(words)])


def any_word(words: Iterable[str]) -> query.Query:
    """Any of the words in any field: for articles that are alike."""
    return query.Or([_anywhere(word, _SCOPES[None]) for word in words])


def _anywhere(word: str, fields: Iterable[str]) -> query.Query:
    return query.Or([query.Term(field, word, boost=BOOSTS[field]) for field in fields])


def _days(first: date | None, last: date | None) -> query.Query:
    """Intervals that have a day within the bounds."""
    start, end = (day.toordinal() if day else None for day in (first, last))
    return query.And([query.NumericRange("last_day", start, None), query.NumericRange("first_day", None, end)])


def _unscored(node: query.Query) -> query.Query:
    return query.ConstantScoreQuery(node, score=0.0)
