"""Small questions to a snapshot, a limited number of them: how many, when, which values, which words look alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from whoosh import query

from search.engine import termsets
from search.engine.answer import Answer, answer
from search.engine.cards import UNDATED
from search.engine.deadline import Deadline
from search.engine.facets import Hits
from search.engine.postings import Ints
from search.engine.schema import FACET_FIELDS
from search.engine.snapshot import Snapshot
from search.errors import QueryRefused
from search.query.tree import And, Everything, Node
from search.request import SearchRequest

LIMIT = 40
"""The most trees that one probe evaluates."""
_ALIKE = 5


class Spent(Exception):
    """No more questions: their number or their time is used up."""


@dataclass(frozen=True, slots=True)
class Around:
    """The days nearest to a period on which there are hits, and how many hits have no date."""

    before: date | None
    after: date | None
    undated: int


class Probe:
    """Answers about one snapshot; a tree that has been evaluated is not evaluated again.

    ``widened`` gives a condition together with what is looked for besides.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        deadline: Deadline,
        all_versions: bool = False,
        limit: int = LIMIT,
        widened: Callable[[Node], Node] = lambda node: node,
    ) -> None:
        self._snapshot = snapshot
        self._deadline = deadline
        self._request = SearchRequest(all_versions=all_versions)
        self._limit = limit
        self._answers: dict[tuple[Node, ...], Answer] = {}
        self._widened = cache(widened)

    @property
    def evaluations(self) -> int:
        """How many trees have been evaluated."""
        return len(self._answers)

    def count(self, *nodes: Node) -> int:
        """How many hits have all of the conditions; without any, how many articles there are.

        Raises:
            Spent: the limit or the deadline has been reached.
        """
        return len(self._docs(*nodes))

    def values(self, facet: str, *nodes: Node) -> Mapping[str, int]:
        """How many articles that have all of the conditions have each value of a facet; MISSING stands for none."""
        return Hits(self._snapshot, self._docs(*nodes)).counts(facet)

    def names(self, field: str) -> Sequence[str]:
        """The values that articles have for a field; none for a field without values."""
        return self._snapshot.facet(field).names[1:] if field in FACET_FIELDS else ()

    def known(self, facet: str, typed: str) -> str | None:
        """The value of a facet that a person means; None when no article has it."""
        value = self._snapshot.known_value(facet, typed)
        return value if self._snapshot.facet(facet).code_of.get(value) else None

    def span(self) -> tuple[date, date] | None:
        """The first and the last day of the archive; None when no article is dated."""
        docs = self._snapshot.everything
        dated = docs[self._snapshot.first[docs] != UNDATED]
        if not len(dated):
            return None
        return _day(self._snapshot.first[dated].min()), _day(self._snapshot.last[dated].max())

    def around(self, first: date | None, last: date | None, *nodes: Node) -> Around:
        """What lies next to the inclusive bounds among the hits that have all of the conditions."""
        docs = self._docs(*nodes)
        dated = docs[self._snapshot.first[docs] != UNDATED]
        ends = self._snapshot.last[dated]
        starts = self._snapshot.first[dated]
        before = ends[ends < first.toordinal()] if first else ends[:0]
        after = starts[starts > last.toordinal()] if last else starts[:0]
        return Around(
            _day(before.max()) if len(before) else None,
            _day(after.min()) if len(after) else None,
            len(docs) - len(dated),
        )

    def alike(self, word: str) -> list[str]:
        """The words of the texts that differ from one in a single character, the most frequent first."""
        found: dict[str, int] = {}
        wanted = query.FuzzyTerm("body", word, maxdist=1, prefixlength=0)
        for segment in self._snapshot.segments:
            lexicon = segment.lexicon
            for first, last in termsets.alike(lexicon, wanted):
                for number in range(first, last):
                    found[lexicon.text(number)] = found.get(lexicon.text(number), 0) + lexicon.df(number)
        found.pop(word, None)
        return sorted(found, key=lambda other: (len(other) != len(word), -found[other], other))[:_ALIKE]

    def _docs(self, *nodes: Node) -> Ints:
        if nodes not in self._answers:
            if len(self._answers) >= self._limit:
                raise Spent
            try:
                self._answers[nodes] = self._evaluated(tuple(map(self._widened, nodes)))
            except QueryRefused as refused:
                raise Spent from refused
        return self._answers[nodes].hits.docs

    def _evaluated(self, nodes: tuple[Node, ...]) -> Answer:
        node = nodes[0] if len(nodes) == 1 else And(nodes) if nodes else Everything()
        return answer(self._snapshot, self._request, node, self._deadline)


def _day(ordinal: np.int64) -> date:
    return date.fromordinal(int(ordinal))
