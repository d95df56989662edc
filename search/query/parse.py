"""The parser: a query as typed becomes a tree. Whatever is typed is read, mended, or refused in words."""

from __future__ import annotations

from dataclasses import dataclass

from search.errors import QueryRefused
from search.message import Message
from search.query import glob
from search.query.canonical import canonical
from search.query.explain import explain
from search.query.leaf import read_distance, read_leaf, read_near
from search.query.lexer import Lexer, Token
from search.query.tree import And, Everything, Leaf, Near, Node, Not, Or, Pattern, Words, leaves

MAX_LENGTH = 1000
"""Characters of a query, as typed and in canonical form."""
MAX_TERMS = 64
"""Words, quotations and field values together."""
MAX_DEPTH = 20
"""Parentheses within parentheses."""

_NO_OPERAND = ("AND", "OR", "NOT", "NEAR", ")", "END")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read.

    ``understood`` explains it in Chinese, ``canonical`` is a query that parses to the same tree, ``repairs``
    says what was mended.
    """

    tree: Node
    understood: str
    canonical: str
    repairs: tuple[str, ...]


def parse(text: str) -> Query:
    """Reads a query; the empty one means everything.

    Raises:
        QueryRefused: it is longer than MAX_LENGTH, has more than MAX_TERMS terms or is nested deeper than MAX_DEPTH.
    """
    _check_length(text)
    repairs: list[str] = []
    tree = _Parser(text, repairs).tree()
    _check_terms(tree)
    written = canonical(tree)
    _check_length(written)
    return Query(tree, explain(tree), written, tuple(dict.fromkeys(repairs)))


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise QueryRefused(
            Message("检索式太长：最多 {max_length} 个字，请缩短后再试 (query too long)", max_length=MAX_LENGTH)
        )


def _check_terms(tree: Node) -> None:
    terms = sum(map(_cost, leaves(tree)))
    if terms > MAX_TERMS:
        raise QueryRefused(
            Message(
                "检索词太多：最多 {max_terms} 个词，整句请加引号 (too many terms; quote a whole sentence)",
                max_terms=MAX_TERMS,
            )
        )


class _Parser:
    """Recursive descent: OR binds weakest, then AND (or a blank), then NOT and fields."""

    def __init__(self, text: str, repairs: list[str]) -> None:
        self._repairs = repairs
        self._tokens = Lexer(text, repairs).tokens()
        self._depth = 0
        self._token = Token("END")
        self._advance()

    def tree(self) -> Node:
        parts = [self._or(None)]
        while self._token.kind == ")":
            self._repairs.append(Message("略去了多余的右括号"))
            self._advance()
            parts.append(self._or(None))
        tree = _join(And, parts)
        if tree is None and self._repairs:
            self._repairs.append(Message("没有可检索的内容，列出全部文章"))
        return tree or Everything()

    def _advance(self) -> Token:
        token, self._token = self._token, next(self._tokens, Token("END"))
        return token

    def _or(self, field: str | None) -> Node | None:
        parts = [self._and(field)]
        while self._token.kind == "OR":
            operator = self._advance()
            parts.append(self._and(field))
            if None in parts[-2:]:
                self._drop(operator)
        return _join(Or, parts)

    def _and(self, field: str | None) -> Node | None:
        parts: list[Node | None] = []
        while self._token.kind not in ("OR", ")", "END"):
            if self._token.kind in ("AND", "NEAR"):
                operator = self._advance()
                if not parts or self._token.kind in ("AND", "OR", ")", "END"):
                    self._drop(operator)
            else:
                parts.append(self._prefixed(field))
        return _join(And, parts)

    def _prefixed(self, field: str | None) -> Node | None:
        negated = False
        prefix = None
        while self._token.kind in ("NOT", "FIELD"):
            prefix = self._advance()
            if prefix.kind == "NOT":
                negated = not negated
            else:
                field = prefix.text
        if prefix and self._token.kind in ("AND", "NEAR", "OR", ")", "END"):
            self._drop(prefix)
            return None
        node = self._near(field, self._operand(field))
        if not negated or node is None:
            return node
        return node.part if isinstance(node, Not) else Not(node)

    def _operand(self, field: str | None) -> Node | None:
        return self._group(field) if self._token.kind == "(" else read_leaf(self._advance(), field, self._repairs)

    def _near(self, field: str | None, first: Node | None) -> Node | None:
        """A chain of NEAR: each operand near the one before it."""
        chain, distances = [first], []
        while self._token.kind == "NEAR":
            operator = self._advance()
            if self._token.kind in _NO_OPERAND:
                self._drop(operator)
                continue
            inner = self._advance().text if self._token.kind == "FIELD" else field
            chain.append(self._operand(inner))
            distances.append(read_distance(operator, self._repairs))
        near = [read_near(*sides, self._repairs) for sides in zip(chain, chain[1:], distances, strict=False)]
        return _join(And, near) if near else first

    def _drop(self, token: Token) -> None:
        colon = ":" if token.kind == "FIELD" else ""
        self._repairs.append(Message("略去了没有着落的 {operator}", operator=token.printed + colon))

    def _group(self, field: str | None) -> Node | None:
        self._advance()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryRefused(
                Message("括号嵌套太深：最多 {max_depth} 层，请简化后再试 (nested too deeply)", max_depth=MAX_DEPTH)
            )
        node = self._or(field)
        self._depth -= 1
        if node is None:
            self._repairs.append(Message("略去了空的括号"))
        if self._token.kind == ")":
            self._advance()
        else:
            self._repairs.append(Message("括号没有闭合，已补在末尾"))
        return node


def _join(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """The parts as one node: nested ones of the same kind are taken up, repeated ones are named once."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat |= dict.fromkeys(part.parts if isinstance(part, kind) else [part] if part else [])
    return next(iter(flat), None) if len(flat) < 2 else kind(tuple(flat))


def _cost(leaf: Leaf) -> int:
    """How many terms have to be looked up."""
    match leaf:
        case Words(_, words):
            return max(1, len(words))
        case Pattern() | Near():
            return len(glob.literals(leaf))
    return 1
