"""Whoosh as it comes: with jieba's own analyzer, or fed with the words that Baoku indexes."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, qparser, query, sorting, versionstring

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.highlight import highlight
from benchmarks.compare.material import FACETS, Row
from benchmarks.compare.questions import PER_PAGE, Question
from search.words import index_words

_MEMORY_MB = 512


class Whoosh(Engine):
    """One field of text; facets by its grouping of sortable fields and of lists of values."""

    def version(self) -> str:
        return f"Whoosh {versionstring()}"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        facets = {facet: fields.KEYWORD(commas=True) for facet in FACETS if facet != "month"}
        schema = fields.Schema(
            id=fields.STORED,
            title=fields.STORED,
            body=fields.STORED,
            hay=self._field(),
            day=fields.NUMERIC(sortable=True),
            month=fields.ID(sortable=True),
            **facets,
        )
        writer = index.create_in(folder, schema).writer(limitmb=_MEMORY_MB)
        for row in rows:
            article = row.article
            values = {facet: ",".join(values) for facet, values in row.facets.items()}
            stored = {"id": article.id, "title": article.title, "body": article.body}
            writer.add_document(**stored, day=row.day, hay=self._hay(row), **{k: v for k, v in values.items() if v})
        writer.commit()

    def open(self, folder: Path) -> None:
        self.searcher = index.open_dir(folder).searcher()
        self.groups = {facet: sorting.FieldFacet(facet, allow_overlap=facet != "month") for facet in FACETS}
        self._string("平城")

    def answer(self, question: Question) -> Answer:
        results = self._results(
            question, limit=question.skipped + PER_PAGE, groupedby=self.groups, maptype=sorting.Count
        )
        counts = {facet: {k: n for k, n in results.groups(facet).items() if k} for facet in FACETS}
        last = min(question.skipped + PER_PAGE, results.scored_length())
        hits = [results[place] for place in range(question.skipped, last)]
        return Answer(len(results), [(hit["id"], hit["title"], self._snippet(hit, question)) for hit in hits], counts)

    def found(self, question: Question) -> set[str]:
        results = self._results(question, limit=None)
        return {self.searcher.stored_fields(doc)["id"] for doc in results.docs()}

    @abstractmethod
    def _field(self) -> fields.TEXT: ...

    @abstractmethod
    def _hay(self, row: Row) -> str: ...

    @abstractmethod
    def _string(self, text: str) -> query.Query: ...

    def _term(self, text: str) -> query.Query:
        return self._string(text)

    @abstractmethod
    def _snippet(self, hit: Any, question: Question) -> str: ...

    def _results(self, question: Question, **options: Any) -> Any:
        if question.newest:
            options |= {"sortedby": "day", "reverse": True}
        return self.searcher.search(self._query(question), filter=_filter(question), **options)

    def _query(self, question: Question) -> query.Query:
        if question.form == "everything":
            return query.Every()
        if question.form == "prefix":
            return query.Prefix("hay", question.terms[0])
        sought = self._string if question.form == "string" else self._term
        terms = [sought(term) for term in question.terms]
        return (query.Or if question.form == "any" else query.And)(terms).normalize()


class WhooshJieba(Whoosh):
    """As jieba's documents have it: ChineseAnalyzer, the query parser, Whoosh's own highlighting."""

    label = "Whoosh + ChineseAnalyzer"

    def open(self, folder: Path) -> None:
        self.parser = qparser.QueryParser("hay", fields.Schema(hay=self._field()))
        super().open(folder)

    def _field(self) -> fields.TEXT:
        import jieba
        from jieba.analyse import ChineseAnalyzer

        jieba.setLogLevel(logging.ERROR)
        return fields.TEXT(analyzer=ChineseAnalyzer(), stored=True)

    def _hay(self, row: Row) -> str:
        return row.text

    def _string(self, text: str) -> query.Query:
        return self.parser.parse(f'"{text}"')

    def _term(self, text: str) -> query.Query:
        return self.parser.parse(text)

    def _snippet(self, hit: Any, question: Question) -> str:
        return hit.highlights("hay", top=1) or highlight(hit["body"], question.terms)


class WhooshWords(Whoosh):
    """Words between blanks, strings as phrases of words; snippets by the plain highlighter."""

    label = "Whoosh, Baoku's words"
    needs_words = True

    def _field(self) -> fields.TEXT:
        return fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer())

    def _hay(self, row: Row) -> str:
        return row.words

    def _string(self, text: str) -> query.Query:
        words = index_words(text)
        return query.Phrase("hay", words) if len(words) > 1 else query.Term("hay", words[0] if words else "")

    def _snippet(self, hit: Any, question: Question) -> str:
        return highlight(hit["body"], question.terms)


def _filter(question: Question) -> query.Query | None:
    filters: list[query.Query] = []
    if question.first and question.last:
        filters.append(query.NumericRange("day", question.first.toordinal(), question.last.toordinal()))
    if question.street:
        filters.append(query.Term("street", question.street))
    return query.And(filters) if filters else None
