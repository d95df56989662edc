"""One request answered on one snapshot: all hits, still as document numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from search.engine import compile
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.facets import Filters, Hits
from search.engine.found import Found, inside
from search.engine.order import leading, ordered
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.query.tree import And, Dates, Node, Not, Or
from search.request import FACETS, SearchRequest


@dataclass(frozen=True)
class Answer:
    """``found`` is what the query alone finds, ``hits`` what passes the filters, one a story unless all are wanted."""

    snapshot: Snapshot
    request: SearchRequest
    found: Found
    filters: Filters

    @cached_property
    def _passed(self) -> Ints:
        return self.filters.apply(self.found.docs)

    @cached_property
    def hits(self) -> Found:
        passed, found = self._passed, self.found
        if len(passed) < len(found.docs):
            found = Found(passed, found.score[inside(found.docs, passed, self.snapshot.size)])
        return found if self.request.all_versions else leading(self.snapshot, found)

    def ordered(self, wanted: int | None = None) -> Ints:
        """The hits in the order of the request, the first ``wanted`` of them or all."""
        return ordered(self.snapshot, self.hits, self.request.sort, wanted)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each facet how many hits have each value when the facet's own filter is left out.

        The versions of a story count once, unless the request wants them all.
        """
        collapsed = not self.request.all_versions
        all_filters = Hits(self.snapshot, self._passed, collapsed)
        return {facet: (self._sideways(facet) or all_filters).counts(facet) for facet in FACETS}

    def _sideways(self, facet: str) -> Hits | None:
        if not self.filters.has(facet):
            return None
        docs = self.filters.apply(self.found.docs, without=facet)
        return Hits(self.snapshot, docs, not self.request.all_versions, facet)


def answer(snapshot: Snapshot, request: SearchRequest, tree: Node, deadline: Deadline) -> Answer:
    """All hits of a request whose query has been parsed to ``tree``.

    Raises:
        QueryRefused: the deadline has passed.
    """
    found = Evaluator(snapshot, deadline).find(compile.compiled(tree, snapshot.known_value))
    return Answer(snapshot, request, found, Filters(snapshot, request))


def vaguely_dated(snapshot: Snapshot, docs: Ints) -> int:
    """How many of the documents are dated by an interval of more than one day."""
    return int((snapshot.first[docs] != snapshot.last[docs]).sum())


def asks_for_dates(tree: Node, request: SearchRequest) -> bool:
    """Whether a date in the query or a filter decides over the hits."""
    return bool(
        request.only.get("date")
        or request.without.get("date")
        or request.first_day
        or request.last_day
        or _has_dates(tree)
    )


def _has_dates(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_has_dates, parts))
        case Not(part):
            return _has_dates(part)
    return isinstance(node, Dates)
