"""One condition of a query: what a word or a quotation means, in its field, and what had to be mended."""

from __future__ import annotations

import re

from search.message import Message
from search.query import glob
from search.query.dates import read_dates
from search.query.lexer import OPERATORS, Token, is_operator
from search.query.tree import TEXT_FIELDS, And, Exact, Has, Misread, Near, Node, Pattern, Words
from search.words import is_searchable, words

NEAR, FURTHEST = 10, 100
"""Characters between what is near: without a number, and at most."""

_NO_FIELD = re.compile("([a-z]{2,12}|[\u4e00-\u9fff]{1,4}):(?!//)")
_TRAILING = re.compile("(?:[,.;:!。、…》】~']|~[0-9])+$")
"""Signs that mean nothing at the end of a run, and what would be a mark for misreadings without those behind it."""
_QUESTION = 3
"""A question mark behind more characters than this ends a question; behind fewer it stands for a character."""


def read_leaf(token: Token, field: str | None, repairs: list[str]) -> Node | None:
    """The condition of a token; None where nothing is left to look for. What was mended is added to ``repairs``."""
    if field == "date":
        dates = read_dates(token.text)
        if dates:
            return dates
        repairs.append(Message("「{printed}」不是日期，按文字检索", printed=token.printed))
        field = None
    if field and field not in TEXT_FIELDS:
        return _has(field, token, repairs)
    return _quoted(token, field, repairs) if token.kind == "QUOTED" else _word(token, field, repairs)


def read_distance(operator: Token, repairs: list[str]) -> int:
    """How many characters a NEAR allows."""
    distance = int(operator.text or NEAR)
    if distance > FURTHEST:
        repairs.append(
            Message("{printed} 太远，按相距不超过 {furthest} 字检索", printed=operator.printed, furthest=FURTHEST)
        )
    return min(distance, FURTHEST)


def read_near(left: Node | None, right: Node | None, distance: int, repairs: list[str]) -> Node | None:
    """Both sides near each other; only both, with a note, where one of them is no single string."""
    if left is None or right is None:
        return left or right
    strings = (Words, Exact, Pattern)
    if isinstance(left, strings) and isinstance(right, strings) and left.field == right.field:
        return Near(left, right, distance)
    repairs.append(Message("NEAR 的两边只能是同一范围里的词或引号里的字，已按「两者都有」检索"))
    return And((*_all_of(left), *_all_of(right)))


def _all_of(node: Node) -> tuple[Node, ...]:
    """What must all be there: one conjunction within another is the same as one."""
    return node.parts if isinstance(node, And) else (node,)


def _has(facet: str, token: Token, repairs: list[str]) -> Node | None:
    value = token.printed.strip()
    if not value:
        repairs.append(Message("略去了空的引号"))
        return None
    if token.misread:
        repairs.append(Message("~ 只用于正文和标题里的字，「{value}」按原样检索", value=value))
    return Has(facet, value)


def _quoted(token: Token, field: str | None, repairs: list[str]) -> Node | None:
    if not token.text:
        repairs.append(Message("略去了空的引号"))
        return None
    return _misread(token.text, field, repairs) if token.misread else Exact(token.text, field)


def _word(token: Token, field: str | None, repairs: list[str]) -> Node | None:
    text = trimmed(token.text)
    if glob.is_pattern(text):
        if token.misread:
            repairs.append(Message("「{text}」里已有通配符，~ 略去", text=text))
        return Pattern(text, field)
    text = trimmed(text.replace(glob.ANY, "").replace(glob.ONE, ""))
    if not text:
        repairs.append(Message("略去了没有文字的「{printed}」", printed=token.printed[:20]))
        return None
    if token.misread:
        return _misread(text, field, repairs)
    if unknown := _NO_FIELD.match(text):
        repairs.append(Message("没有“{unknown}”这个检索字段，已按普通文字检索", unknown=unknown[1]))
    if text.upper() in OPERATORS and not is_operator(text):
        repairs.append(
            Message("「{text}」按普通文字检索；要作运算符，请写成大写的 {operator}", text=text, operator=text.upper())
        )
    # An operator's word that is not meant as one can be written only in quotes.
    return Exact(text, field) if is_operator(text) else Words(text, tuple(words(text)), field)


def _misread(text: str, field: str | None, repairs: list[str]) -> Node:
    if len(text) > 1:
        return Misread(text, field)
    repairs.append(Message("单个字「{text}」可能认成的字太多，~ 略去", text=text))
    return Exact(text, field)


def trimmed(text: str) -> str:
    """A folded run without signs at the ends; a wildcard stays, but not the question mark of a question."""
    text = _TRAILING.sub("", text)
    if text.endswith(glob.ONE) and len(text) > _QUESTION + 1 and not glob.is_pattern(text.rstrip(glob.ONE)):
        text = _TRAILING.sub("", text.rstrip(glob.ONE))
    while text and not is_searchable(text[0]) and text[0] not in glob.ONE + glob.ANY:
        text = text[1:]
    return text
