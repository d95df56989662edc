"""Whoosh over the segments of this engine: a codec for its readers and writers, and its own matchers as a last resort.

A segment is one array file (search.engine.segment). Whoosh's readers and searchers work on it unchanged; its writer can
make one from any schema of TEXT, ID, KEYWORD, NUMERIC, DATETIME and STORED fields.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh import query, scoring
from whoosh.codec import base
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermNotFound
from whoosh.searching import Searcher

from search.engine.codecwriter import DocumentsWriter, TermsWriter
from search.engine.deadline import Deadline
from search.engine.docsreader import DocumentsReader
from search.engine.found import Found
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.engine.termsreader import TermsReader

EXTENSION = ".arrays"

_CHECK_EVERY = 256


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """The codec of segments that are array files; their folder must be on a disk."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        return TermsReader(segment.opened(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> DocumentsReader:
        return DocumentsReader(segment.opened(storage), frozenset(segment.deleted_docs()))

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> DocumentsWriter:  # noqa: ARG002
        segment.documents = DocumentsWriter()
        return segment.documents

    def field_writer(self, storage: Any, segment: ArraySegment) -> TermsWriter:
        """The writer of the whole file; the one of documents is made before it."""
        documents, segment.documents = segment.documents, None
        return TermsWriter(segment.path(storage), documents or DocumentsWriter())

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002
        return ArraySegment(indexname)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What Whoosh knows of a segment."""

    def __init__(self, indexname: str, file: Segment | None = None, dead: set[int] | None = None) -> None:
        super().__init__(indexname)
        self._file = file
        self._size = file.size if file else 0
        self._dead = dead or set()
        self.documents: DocumentsWriter | None = None

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def opened(self, storage: Any) -> Segment:
        """Its file, open."""
        return self._file or Segment(self.path(storage))

    def path(self, storage: Any) -> Path:
        """Where it is in a FileStorage."""
        return Path(storage.folder, f"{self.segment_id()}{EXTENSION}")

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self._size

    def set_doc_count(self, dc: int) -> None:
        self._size = dc

    def deleted_count(self) -> int:
        return len(self._dead)

    def deleted_docs(self) -> set[int]:
        return self._dead

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._dead

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._dead.add if delete else self._dead.discard)(docnum)


class LiveBM25F(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with the numbers and lengths of the live documents alone."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self._snapshot = snapshot

    def idf(self, searcher: Searcher, fieldname: str, text: str | bytes) -> float:
        docs, _ = self._snapshot.postings(fieldname, searcher.schema[fieldname].to_bytes(text))
        return float(np.log(self._snapshot.count / (len(docs) + 1)) + 1)

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> scoring.BaseScorer:
        scorer = super().scorer(searcher, fieldname, text, qf)
        if isinstance(scorer, scoring.BM25FScorer):
            scorer.avgfl = self._snapshot.mean_length(fieldname) or 1
            scorer.setup(searcher, fieldname, text)
        return scorer


def searcher(snapshot: Snapshot) -> Searcher:
    """Whoosh's own searcher over a snapshot, with readers of its own; it must not be shared between threads."""
    weighting = LiveBM25F(snapshot) if len(snapshot.dead) else scoring.BM25F()
    return Searcher(_reader(snapshot), weighting=weighting)


def matched(snapshot: Snapshot, node: query.Query, deadline: Deadline) -> Found:
    """The live documents that Whoosh's own matchers find, with their scores.

    Raises:
        QueryRefused: the deadline has passed.
    """
    docs: list[int] = []
    scores: list[float] = []
    with searcher(snapshot) as whole:
        for part, base_doc in whole.leaf_searchers():
            matcher = _matcher(node, part)
            while matcher.is_active():
                docs.append(matcher.id() + base_doc)
                scores.append(matcher.score())
                matcher.next()
                if len(docs) % _CHECK_EVERY == 0:
                    deadline.check()
    found = np.array(docs, dtype=np.int64)
    alive = snapshot.live[found]
    return Found(found[alive], np.array(scores)[alive])


def _matcher(node: query.Query, part: Searcher) -> Any:
    try:
        return node.matcher(part, part.context(top_query=node))
    except TermNotFound:
        return query.NullQuery.matcher(part)


def _reader(snapshot: Snapshot) -> IndexReader:
    readers = []
    for file, first, behind in zip(snapshot.segments, snapshot.bases, snapshot.bases[1:], strict=False):
        low, high = np.searchsorted(snapshot.dead, (first, behind))
        dead = {doc - first for doc in snapshot.dead[low:high].tolist()}
        readers.append(SegmentReader(None, snapshot.schema, ArraySegment("snapshot", file, dead)))
    if len(readers) == 1:
        return readers[0]
    return MultiReader(readers) if readers else EmptyReader(snapshot.schema)
