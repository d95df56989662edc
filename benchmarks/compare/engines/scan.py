"""Every article looked at, in plain Python: what is true."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.highlight import highlight
from benchmarks.compare.material import FACETS, Row
from benchmarks.compare.questions import PER_PAGE, Question
from search.article import from_record, to_record


class Scan(Engine):
    """Hits by their characters, the newest first. Its index is a file of the articles, all of it in memory."""

    label = "plain scan"

    def version(self) -> str:
        return f"Python {platform.python_version()}"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps([to_record(row.article), row.text], ensure_ascii=False) + "\n")

    def open(self, folder: Path) -> None:
        with (folder / "rows.jsonl").open("rb") as file:
            self.rows = [Row(from_record(record), text) for record, text in map(json.loads, file)]

    def answer(self, question: Question) -> Answer:
        matching = [row for row in self.rows if question.matches(row.text)]
        hits = [row for row in matching if question.passes(row)]
        # Like Baoku, a facet counts without its own filter.
        counts = {facet: self._counts(matching, question, facet) for facet in FACETS}
        newest = sorted(hits, key=lambda row: -row.day)[question.skipped : question.skipped + PER_PAGE]
        shown = [(row.article.id, row.article.title, highlight(row.article.body, question.terms)) for row in newest]
        return Answer(len(hits), shown, counts)

    def found(self, question: Question) -> set[str]:
        return {row.article.id for row in self.rows if question.matches(row.text) and question.passes(row)}

    @staticmethod
    def _counts(rows: Iterable[Row], question: Question, facet: str) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for row in rows:
            if question.passes(row, without=facet):
                counts.update(row.facets[facet])
        return dict(counts)
