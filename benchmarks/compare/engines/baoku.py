"""Baoku through its public door, asked as a reader types."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from math import inf
from pathlib import Path
from typing import Any

from whoosh import query

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.material import FACETS, Row
from benchmarks.compare.questions import PER_PAGE, Question
from search.archive import Archive
from search.engine.answer import Answer as Unread
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.facets import Filters
from search.engine.schema import WORD_FIELDS
from search.entry import Entry
from search.request import MISSING, SearchRequest
from search.results import Hit, Results
from search.snippet import snippet


class Baoku(Engine):
    """``emptied`` forgets what earlier searches have left in memory before each question."""

    def __init__(self, emptied: bool = False) -> None:
        self.emptied = emptied
        self.index = "baoku" if emptied else None
        self.label = "Baoku, caches emptied" if emptied else "Baoku"

    def version(self) -> str:
        return metadata.version("baoku")

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        archive = Archive.create(folder)
        archive.update(Entry(row.article) for row in rows)
        archive.settle()

    def open(self, folder: Path) -> None:
        self.archive = Archive.open(folder)
        # A slow answer is to be measured, not refused.
        self.archive.budget = inf

    def before(self) -> None:
        if self.emptied:
            self.archive._snapshot.empty_caches()

    def answer(self, question: Question) -> Results:
        return self._prefixed(question) if question.form == "prefix" else self.archive.answer(_request(question))

    def plain(self, answer: Results) -> Answer:
        counts = {facet: _without_missing(answer.counts[facet]) for facet in FACETS if facet in answer.counts}
        months = {name: count for name, count in answer.counts["date"].items() if "-" in name}
        hits = [(hit.article.id, hit.article.title, hit.snippet) for hit in answer.hits]
        return Answer(answer.total, hits, {"month": months, **counts})

    def found(self, question: Question) -> set[str]:
        if question.form == "prefix":
            snapshot = self.archive._snapshot
            return {snapshot.identity(doc) for doc in self._beginning(question).hits.docs.tolist()}
        return {hit.article.id for hit in self.archive.every(_request(question))}

    def _prefixed(self, question: Question) -> Results:
        """The same page by the engine's own prefix query, since the query language has none."""
        found = self._beginning(question)
        snapshot = found.snapshot
        articles = map(snapshot.article, found.ordered(PER_PAGE).tolist())
        hits = tuple(Hit(article, 0.0, snippet(article.body, question.terms)) for article in articles)
        return Results(found.request, len(found.hits.docs), hits, found.counts(), 0.0, "")

    def _beginning(self, question: Question) -> Unread:
        snapshot, request = self.archive._snapshot, SearchRequest(per_page=PER_PAGE)
        node: Any = query.Or([query.Prefix(field, question.terms[0]) for field in WORD_FIELDS])
        return Unread(snapshot, request, Evaluator(snapshot, Deadline.never()).find(node), Filters(snapshot, request))


def _request(question: Question) -> SearchRequest:
    text = (" OR " if question.form == "any" else " ").join(question.terms)
    return SearchRequest(
        f'"{text}"' if question.form == "string" else text,
        only={"street": (question.street,)} if question.street else {},
        first_day=question.first,
        last_day=question.last,
        sort="newest" if question.newest else "relevance",
        page=question.page,
        per_page=PER_PAGE,
    )


def _without_missing(counts: Any) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name != MISSING}
