"""The advanced form as a query: what is filled in becomes the tree that the same words in the box would give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.errors import QueryRefused
from search.message import Message
from search.query.canonical import canonical
from search.query.dates import read_dates
from search.query.leaf import NEAR
from search.query.lexer import QUOTES
from search.query.parse import Query, parse
from search.query.tree import TEXT_FIELDS, VALUE_FIELDS, And, Dates, Everything, Exact, Or
from search.text import fold

FIELDS = ("all", "exact", "any", "none", "near", "near_to", "within", "scope", *VALUE_FIELDS, "from", "to")
"""The fields of the form: words that must all be there, a string, words of which any or none, two strings near each
other and how near, where all this is looked for (title or body), whole values, and days."""


def compose(form: Mapping[str, str]) -> Query:
    """The query of a form; empty fields ask for nothing, unknown ones are ignored.

    Raises:
        QueryRefused: what is filled in is too much for one query, or a day cannot be read.
    """
    filled = {name: form[name].strip() for name in FIELDS if form.get(name, "").strip()}
    scope = filled["scope"] if filled.get("scope") in TEXT_FIELDS else None
    return parse(" ".join((*_words(filled, scope), *_strings(filled, scope), *_values(filled))))


def _words(filled: Mapping[str, str], scope: str | None) -> Iterator[str]:
    """Each field read by itself: what is not closed in one is no matter of the next."""
    for name, sign in (("all", ""), ("any", ""), ("none", "-")):
        tree = parse(filled.get(name, "")).tree
        if name != "all" and isinstance(tree, And):
            tree = Or(tree.parts)
        if tree != Everything():
            yield f"{sign}{scope}:({canonical(tree)})" if scope else f"{sign}({canonical(tree)})"


def _strings(filled: Mapping[str, str], scope: str | None) -> list[str]:
    names = ("exact", "near", "near_to")
    quoted = {name: canonical(Exact(fold(filled[name]), scope)) for name in names if name in filled}
    if "near" in quoted and "near_to" in quoted:
        distance = filled.get("within", "")
        near = f"{quoted.pop('near')} NEAR/{distance if distance.isdecimal() else NEAR} {quoted.pop('near_to')}"
        return [*quoted.values(), near]
    return list(quoted.values())


def _values(filled: Mapping[str, str]) -> list[str]:
    parts = [f'{field}:"{_without_quotes(filled[field])}"' for field in VALUE_FIELDS if field in filled]
    if "from" in filled or "to" in filled:
        parts.append(canonical(_dates(*(filled.get(name, "") for name in ("from", "to")))))
    return parts


def _dates(first: str, last: str) -> Dates:
    """The days of the form, which can mean nothing else."""
    dates = read_dates(fold(f"{first}..{last}"))
    if dates is None:
        typed = " 至 ".join(filter(None, (first, last)))
        raise QueryRefused(
            Message("读不懂日期「{typed}」：请写成 2022、2022-05 或 2022-05-22 (unreadable date)", typed=typed[:40])
        )
    return dates


def _without_quotes(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, QUOTES['"'])))
