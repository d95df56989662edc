"""One request answered on one snapshot: all hits, still as document numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.engine import compile
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.facets import Filters, Hits
from search.engine.found import NOTHING, Found, inside
from search.engine.nearness import LOOKED_THROUGH, Asked, nearest_first
from search.engine.order import BY_SCORE, leading, ordered
from search.engine.postings import Ints
from search.engine.recency import recent
from search.engine.snapshot import Snapshot
from search.engine.word import idf
from search.query.tree import And, Dates, Node, Not, Or
from search.request import FACETS, SearchRequest


@dataclass(frozen=True)
class Answer:
    """``found`` is what the query alone finds, ``hits`` what passes the filters, one a story unless all are wanted.

    ``asked`` are the strings of the query, whose nearness decides about the best hits.
    """

    snapshot: Snapshot
    request: SearchRequest
    found: Found
    filters: Filters
    asked: Sequence[Asked] = ()

    @cached_property
    def _passed(self) -> Ints:
        return self.filters.apply(self.found.docs)

    @cached_property
    def hits(self) -> Found:
        passed, found = self._passed, self.found
        if len(passed) < len(found.docs):
            found = Found(passed, found.score[inside(found.docs, passed, self.snapshot.size)])
        found = found if self.request.all_versions else leading(self.snapshot, found)
        return recent(self.snapshot, found) if self.request.sort == "recent" else found

    def ordered(self, wanted: int | None = None) -> Ints:
        """The hits in the order of the request, the first ``wanted`` of them or all."""
        first = self._nearest.docs
        if wanted is not None and wanted <= len(first):
            return first[:wanted]
        return np.concatenate((first, ordered(self.snapshot, self.hits, self.request.sort, wanted)[len(first) :]))

    def scores(self, docs: Ints) -> list[float]:
        """The scores of some hits."""
        raised = dict(zip(self._nearest.docs.tolist(), self._nearest.score.tolist(), strict=True))
        scores = self.hits.score[np.searchsorted(self.hits.docs, docs)].tolist()
        return [raised.get(doc, score) for doc, score in zip(docs.tolist(), scores, strict=True)]

    @cached_property
    def _nearest(self) -> Found:
        """The best hits, best first, as the nearness of the strings has them; none where it does not matter."""
        if self.request.sort not in BY_SCORE or len(self.asked) < 2:
            return NOTHING
        docs = ordered(self.snapshot, self.hits, self.request.sort, LOOKED_THROUGH)
        return nearest_first(
            self.snapshot, Found(docs, self.hits.score[np.searchsorted(self.hits.docs, docs)]), self.asked
        )

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For each facet how many hits have each value when the facet's own filter is left out.

        The versions of a story count once, unless the request wants them all.
        """
        collapsed = not self.request.all_versions
        all_filters = Hits(self.snapshot, self._passed, collapsed)
        return {facet: (self._sideways(facet) or all_filters).counts(facet) for facet in FACETS}

    def count(self, facet: str) -> Mapping[str, int]:
        """The same of one facet."""
        hits = self._sideways(facet) or Hits(self.snapshot, self._passed, not self.request.all_versions, facet)
        return hits.counts(facet)

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
    evaluator = Evaluator(snapshot, deadline)
    found = evaluator.find(compile.compiled(tree, snapshot.known_value))
    asked = [
        Asked(leaf.text, idf(snapshot.count, len(evaluator.find(leaf).docs)))
        for leaf in dict.fromkeys(compile.strings(tree))
    ]
    return Answer(snapshot, request, found, Filters(snapshot, request), asked)


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
