"""Baoku through its public door, asked as a reader types."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.material import FACETS, Row
from benchmarks.compare.questions import PER_PAGE, Question
from search.archive import Archive
from search.entry import Entry
from search.request import MISSING, SearchRequest
from search.results import Results


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
            self.archive._newest.snapshot().empty_caches()

    def answer(self, question: Question) -> Results:
        return self.archive.answer(_request(question))

    def plain(self, answer: Results) -> Answer:
        counts = {facet: _without_missing(answer.counts[facet]) for facet in FACETS if facet in answer.counts}
        months = {name: count for name, count in answer.counts["date"].items() if "-" in name}
        hits = [(hit.article.id, hit.article.title, hit.snippet) for hit in answer.hits]
        return Answer(answer.total, hits, {"month": months, **counts})

    def found(self, question: Question) -> set[str]:
        return {hit.article.id for hit in self.archive.every(_request(question))}


def _request(question: Question) -> SearchRequest:
    text = (" OR " if question.form == "any" else " ").join(question.terms)
    forms = {"string": f'"{text}"', "prefix": f"{text}*"}
    return SearchRequest(
        forms.get(question.form, text),
        only={"street": (question.street,)} if question.street else {},
        first_day=question.first,
        last_day=question.last,
        sort="newest" if question.newest else "relevance",
        page=question.page,
        per_page=PER_PAGE,
    )


def _without_missing(counts: Any) -> dict[str, int]:
    return {name: count for name, count in counts.items() if name != MISSING}
