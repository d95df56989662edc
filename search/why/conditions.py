"""A request as a list of conditions, all of which a hit has: the parts of its query and its filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from search.days import read_span
from search.labels import FACET_LABELS
from search.message import Message
from search.query.canonical import canonical
from search.query.explain import explain
from search.query.tree import And, Dates, Everything, Has, Node, Not, Or, Words
from search.request import FACETS, MISSING, SearchRequest

_OTHER_LABELS = {"community": Message("社区"), "page": Message("版"), "newspaper": Message("报纸")}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a hit must have; ``filters`` is the filter that says so, as a request of its own, None for the query."""

    node: Node
    filters: SearchRequest | None = None

    @property
    def is_text(self) -> bool:
        """Whether it asks for words; all others narrow what words find."""
        return self.filters is None and _asks_for_text(self.node)

    def turned_into(self, node: Node) -> Condition:
        """The condition with another meaning; what no filter can say goes into the query."""
        if self.filters is None:
            return Condition(node)
        if isinstance(node, Has) and node.facet in FACETS:
            return Condition(node, SearchRequest(only={node.facet: (node.value,)}))
        if node == Dates(None, None):
            return Condition(node, SearchRequest(only={"date": (MISSING,)}))
        if isinstance(node, Dates):
            return Condition(node, SearchRequest(first_day=node.first, last_day=node.last))
        return Condition(node)


def conditions(request: SearchRequest, tree: Node) -> list[Condition]:
    """The conditions of a request whose query has been parsed to ``tree``."""
    parts = tree.parts if isinstance(tree, And) else () if isinstance(tree, Everything) else (tree,)
    return [*map(Condition, parts), *_filters(request)]


def field_label(field: str) -> str:
    """What a field of values is called."""
    return FACET_LABELS.get(field) or _OTHER_LABELS[field]


def named(node: Node) -> str:
    """A condition in Chinese without the words into which its runs were cut."""
    return explain(_uncut(node))


def _uncut(node: Node) -> Node:
    match node:
        case Words():
            return replace(node, words=(), synonyms=())
        case And(parts) | Or(parts):
            return type(node)(tuple(map(_uncut, parts)))
        case Not(part):
            return Not(_uncut(part))
    return node


def request_of(asked: SearchRequest, kept: Iterable[Condition]) -> SearchRequest:
    """The first page of a request with these conditions, in the order of another one."""
    kept = list(kept)
    parts = tuple(condition.node for condition in kept if condition.filters is None)
    filters = [condition.filters for condition in kept if condition.filters is not None]
    return replace(
        asked,
        query=canonical(parts[0] if len(parts) == 1 else And(parts)),
        only=_merged(own.only for own in filters),
        without=_merged(own.without for own in filters),
        first_day=max((own.first_day for own in filters if own.first_day), default=None),
        last_day=min((own.last_day for own in filters if own.last_day), default=None),
        page=1,
    )


def period(node: Node) -> tuple[date | None, date | None] | None:
    """The days of a condition that asks for nothing but days, from the first to the last; None for any other."""
    if isinstance(node, Dates):
        return None if node == Dates(None, None) else (node.first, node.last)
    periods = [period(part) for part in node.parts] if isinstance(node, Or) else [None]
    found = [own for own in periods if own is not None]
    if len(found) < len(periods):
        return None
    firsts, lasts = ([own[end] for own in found] for end in (0, 1))
    return _outermost(firsts, min), _outermost(lasts, max)


def _outermost(days: list[date | None], choose: Callable[[list[date]], date]) -> date | None:
    """One of several ends; open where any of them is."""
    known = [day for day in days if day]
    return choose(known) if len(known) == len(days) else None


def _asks_for_text(node: Node) -> bool:
    if isinstance(node, (And, Or)):
        return any(map(_asks_for_text, node.parts))
    return not isinstance(node, (Not, Has, Dates, Everything))


def _filters(request: SearchRequest) -> Iterator[Condition]:
    for facet in FACETS:
        if values := request.only.get(facet, ()):
            yield Condition(_any_of(facet, values), SearchRequest(only={facet: values}))
        if values := request.without.get(facet, ()):
            yield Condition(Not(_any_of(facet, values)), SearchRequest(without={facet: values}))
    if request.first_day or request.last_day:
        days = Dates(request.first_day, request.last_day)
        yield Condition(days, SearchRequest(first_day=days.first, last_day=days.last))


def _any_of(facet: str, values: tuple[str, ...]) -> Node:
    nodes = tuple(_valued(facet, value) for value in values)
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _valued(facet: str, value: str) -> Node:
    if facet != "date":
        return Has(facet, value)
    if value == MISSING:
        return Dates(None, None)
    try:
        return Dates(*read_span(value))
    except ValueError:
        return Has(facet, value)


def _merged(filters: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for own in filters:
        for facet, values in own.items():
            merged[facet] = tuple(dict.fromkeys((*merged.get(facet, ()), *values)))
    return merged
