"""tantivy-py, fed with words or pairs of characters cut beforehand, parted by blanks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.highlight import highlight
from benchmarks.compare.material import FACETS, Row, pairs, sought_pairs
from benchmarks.compare.questions import PER_PAGE, Question
from search.words import index_words

_HEAP = 512_000_000
_MANY_VALUES = 100_000
"""More values than any facet has: counts are exact when none is left out."""


class Tantivy(Engine):
    """Facets by aggregation of fast fields; one writing thread."""

    package = "tantivy"

    def __init__(self, by_pairs: bool) -> None:
        self.by_pairs, self.needs_words = by_pairs, not by_pairs
        self.label = f"tantivy-py, {'pairs' if by_pairs else 'jieba words'}"

    def version(self) -> str:
        import tantivy

        return str(tantivy.__version__).split(",")[0]

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        import tantivy

        index = self._with_blanks(tantivy.Index(_schema(), path=str(folder)))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for row in rows:
            fields = {facet: list(values) for facet, values in row.facets.items()}
            text = " ".join(pairs(row.text)) if self.by_pairs else row.words
            document = tantivy.Document(id=row.article.id, day=row.day, hay=[text], **fields)
            document.add_bytes("stored", row.stored.encode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        self.index = self._with_blanks(tantivy.Index.open(str(folder)))
        self.searcher = self.index.searcher()
        self.wanted = {facet: {"terms": {"field": facet, "size": _MANY_VALUES}} for facet in FACETS}
        self._sought("平城")

    def answer(self, question: Question) -> Answer:
        query = self._query(question)
        order = {"order_by_field": "day", "order": self.tantivy.Order.Desc} if question.newest else {}
        hits = self.searcher.search(query, limit=PER_PAGE, offset=question.skipped, count=True, **order)
        counted = self.searcher.aggregate(query, self.wanted)
        counts = {facet: {one["key"]: one["doc_count"] for one in counted[facet]["buckets"]} for facet in FACETS}
        shown = [self._shown(address, question) for _, address in hits.hits]
        return Answer(hits.count, shown, counts)

    def found(self, question: Question) -> set[str]:
        hits = self.searcher.search(self._query(question), limit=max(1, self.searcher.num_docs)).hits
        return {self._stored(address)[0] for _, address in hits}

    def _query(self, question: Question) -> Any:
        make = self.tantivy.Query
        if question.form == "everything":
            return make.all_query()
        terms = [(self._prefix if question.form == "prefix" else self._sought)(term) for term in question.terms]
        must, should = self.tantivy.Occur.Must, self.tantivy.Occur.Should
        found = make.boolean_query([(should if question.form == "any" else must, term) for term in terms])
        filters = list(self._filters(question))
        if not filters:
            return found if len(terms) > 1 else terms[0]
        unscored = [(must, make.const_score_query(one, 0.0)) for one in filters]
        return make.boolean_query([(must, found), *unscored])

    def _filters(self, question: Question) -> Iterable[Any]:
        make, schema = self.tantivy.Query, self.index.schema
        if question.first and question.last:
            bounds = question.first.toordinal(), question.last.toordinal()
            yield make.range_query(schema, "day", self.tantivy.FieldType.Integer, *bounds)
        if question.street:
            yield make.term_query(schema, "street", question.street)

    def _prefix(self, text: str) -> Any:
        return self._sought(text) if self.by_pairs else self._beginning(text)

    def _beginning(self, text: str) -> Any:
        return self.tantivy.Query.regex_query(self.index.schema, "hay", f"{text}.*")

    def _sought(self, text: str) -> Any:
        make, schema = self.tantivy.Query, self.index.schema
        words, is_prefix = sought_pairs(text) if self.by_pairs else (index_words(text), False)
        if len(words) > 1:
            return (make.phrase_prefix_query if is_prefix else make.phrase_query)(schema, "hay", words)
        if not words:
            return make.empty_query()
        return self._beginning(words[0]) if is_prefix else make.term_query(schema, "hay", words[0])

    def _shown(self, address: Any, question: Question) -> tuple[str, str | None, str]:
        identity, title, body = self._stored(address)
        return identity, title, highlight(body, question.terms)

    def _stored(self, address: Any) -> Any:
        return json.loads(bytes(self.searcher.doc(address).get_first("stored")))

    @staticmethod
    def _with_blanks(index: Any) -> Any:
        import tantivy

        index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        return index


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("stored", stored=True, indexed=False)
    builder.add_text_field("hay", stored=False, tokenizer_name="blanks", index_option="position")
    builder.add_integer_field("day", fast=True, indexed=True)
    for facet in FACETS:
        builder.add_text_field(facet, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()
