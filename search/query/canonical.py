"""The tree written as a query again, in one fixed form that parses back to the same tree."""

from __future__ import annotations

import re

from search.query.lexer import QUOTES
from search.query.tree import And, Dates, Everything, Exact, Has, Misread, Near, Node, Not, Or, Pattern, Words
from search.request import MISSING

_BEGINS_DAY = tuple("0123456789今")
_PLAIN = re.compile("[\u4e00-\u9fff]{2,}")


def canonical(node: Node) -> str:
    """A query that means exactly this tree, with English field names and operators."""
    match node:
        case Everything():
            return ""
        case Words() | Exact() | Pattern() | Misread():
            return _in_field(node.field) + _text(node)
        case Near():
            return f"{canonical(node.left)} NEAR/{node.distance} {canonical(node.right)}"
        case Has():
            return f"{node.facet}:" + (node.value if _PLAIN.fullmatch(node.value) else _quoted(node.value))
        case Dates():
            return f"date:{_range(node)}"
        case Not():
            return "-" + _grouped(node.part)
        case And():
            written = [_grouped(part) if isinstance(part, Or) else canonical(part) for part in node.parts]
            return " ".join(map(_apart, written, [*written[1:], ""]))
        case Or():
            return " OR ".join(canonical(part) for part in node.parts)


def _text(node: Words | Exact | Pattern | Misread) -> str:
    if isinstance(node, (Words, Pattern)):
        return node.text
    return _quoted(node.text) + "~" * isinstance(node, Misread)


def _in_field(field: str | None) -> str:
    return f"{field}:" if field else ""


def _apart(written: str, following: str) -> str:
    """A part in parentheses where the next one would be read as the end of its period."""
    return f"({written})" if written.endswith("..") and following[:1] in _BEGINS_DAY else written


def _grouped(node: Node) -> str:
    return f"({canonical(node)})" if isinstance(node, (And, Or)) else canonical(node)


def _quoted(text: str) -> str:
    """In the first pair of quotes that the text does not close itself; text that was typed always has one."""
    pairs = ((opening, closing) for opening, closing in QUOTES.items() if not set(closing) & set(text))
    opening, closing = next(pairs)
    return opening + text + closing[0]


def _range(dates: Dates) -> str:
    if dates.first is None and dates.last is None:
        return MISSING
    first, last = (str(day or "") for day in (dates.first, dates.last))
    return first if first == last else f"{first}..{last}"
