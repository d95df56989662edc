"""Our query tree as Whoosh's query objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from whoosh import query

from search.engine.exact import ExactString
from search.engine.matching import Matching
from search.engine.schema import TITLE_FIELDS, WORD_FIELDS
from search.engine.word import Word
from search.query import glob
from search.query.tree import And, Dates, Everything, Exact, Has, Misread, Near, Node, Not, Or, Pattern, Words

_SCOPES = {None: WORD_FIELDS, "title": TITLE_FIELDS, "body": ("body",)}
LITERAL = 10_000.0
"""Added to articles that contain an unquoted run as it stands: more than all words and their nearness ever make."""


def compiled(node: Node, known: Callable[[str, str], str]) -> query.Query:
    """The query of a tree; ``known`` gives the value of a facet that a person means."""
    match node:
        case And(parts):
            return query.And([compiled(part, known) for part in parts])
        case Or(parts):
            return query.Or([compiled(part, known) for part in parts])
        case Not(part):
            return query.And([_unscored(query.Every()), query.Not(compiled(part, known))])
        case Everything():
            return _unscored(query.Every())
        case Has(facet, value):
            return _unscored(query.Term(facet, known(facet, value)))
        case Dates():
            return _dates(node)
        case _:
            return _text(node)


def strings(node: Node) -> Iterator[Word | ExactString]:
    """The words and quoted strings that a tree wants, in the order of the question: those whose nearness counts."""
    match node:
        case Words(words=words, field=field):
            yield from (Word(word, _SCOPES[field]) for word in words)
        case Exact(text, field):
            yield ExactString(text, field)
        case And(parts) | Or(parts):
            for part in parts:
                yield from strings(part)


def _text(node: Words | Exact | Pattern | Misread | Near) -> query.Query:
    match node:
        case Words():
            return _words(node)
        case Exact(text, field):
            return ExactString(text, field)
        case Misread(text, field, forms):
            return query.Or([ExactString(text, field, LITERAL), *(ExactString(form, field) for form in forms)])
        case Pattern() if literal := glob.plain(node):
            return ExactString(literal, node.field)
        case Pattern() | Near():
            return Matching(node)


def _words(node: Words) -> query.Query:
    """What has the run as it stands first, then what has its words, then what has a synonym of it."""
    ways = [ExactString(node.text, node.field, LITERAL)]
    ways += [all_words(node.words, node.field)] if node.words else []
    ways += [ExactString(synonym, node.field) for synonym in node.synonyms]
    return query.Or(ways) if len(ways) > 1 else ways[0]


def _dates(node: Dates) -> query.Query:
    if node.first or node.last:
        return _unscored(_days(node.first, node.last))
    return query.And([_unscored(query.Every()), query.Not(query.Every("first_day"))])


def all_words(words: Iterable[str], field: str | None = None) -> query.Query:
    """All words, each in any of the fields."""
    return query.And([Word(word, _SCOPES[field]) for word in dict.fromkeys(words)])


def _days(first: date | None, last: date | None) -> query.Query:
    """Intervals that have a day within the bounds."""
    start, end = (day.toordinal() if day else None for day in (first, last))
    return query.And([query.NumericRange("last_day", start, None), query.NumericRange("first_day", None, end)])


def _unscored(node: query.Query) -> query.Query:
    return query.ConstantScoreQuery(node, score=0.0)
