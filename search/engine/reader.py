"""What is read from Whoosh's files, and the one place where damage in them becomes a sentence."""

from __future__ import annotations

import errno
import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.article import Article, from_record
from search.engine.deadline import Deadline
from search.engine.schema import COLUMNS, TEXT_ORDER
from search.errors import ArticleInvalid, BaokuError, IndexUnreadable

_CHUNK = 4096
_DAMAGE = (None, errno.EINVAL, errno.EOVERFLOW, errno.EISDIR)
"""What the system says when a damaged file leads to an impossible place."""


class FilesGone(IndexUnreadable):
    """A file of the index is not there: deleted by a newer commit, or lost."""


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns whatever Whoosh raises over damaged files into IndexUnreadable.

    Damage shows as almost any exception: struct.error, EOFError, zlib.error, KeyError, AssertionError, MemoryError...
    """
    try:
        yield
    except (BaokuError, GeneratorExit):
        raise
    except FileNotFoundError as error:
        raise FilesGone(_damaged(path)) from error
    except OSError as error:
        if error.errno in _DAMAGE:
            raise IndexUnreadable(_damaged(path)) from error
        # A full disk or missing rights: nothing that rebuilding would mend.
        raise IndexUnreadable(f"读写索引 {path} 失败：{error.strerror or error} (cannot read or write)") from error
    except Exception as error:
        raise IndexUnreadable(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return f"索引 {path} 已损坏或不完整；请用 baoku index PATH... --rebuild 重建 (the index is damaged: rebuild it)"


class Reader:
    """One generation of the index, open. Whoosh's readers share file positions: one thread at a time.

    All files are opened at once, so that a reader goes on working when a newer commit deletes them.
    Documents are numbered over all segments, deleted ones included.
    """

    def __init__(self, index: Any, path: Path) -> None:
        self._index = index
        self._path = path
        self._leaves = [(leaf, base) for leaf, base in index.leaf_readers() if leaf.doc_count_all()]
        for name in COLUMNS:
            if not all(leaf.has_column(name) for leaf, _ in self._leaves):
                # Whoosh would answer with empty values.
                raise FileNotFoundError(name)
        self._columns = {
            name: [leaf.column_reader(name, translate=False) for leaf, _ in self._leaves] for name in COLUMNS
        }
        for leaf, _ in self._leaves:
            leaf.stored_fields(0)

    def close(self) -> None:
        self._index.close()

    def size(self) -> int:
        """The number of documents, deleted ones included."""
        return int(self._index.doc_count_all())

    def live(self) -> NDArray[np.bool_]:
        """Which documents are not deleted, by number."""
        with readable(self._path):
            live = np.ones(self.size(), dtype=bool)
            for leaf, base in self._leaves:
                live[[base + doc for doc in leaf.segment().deleted_docs()]] = False
            return live

    def column(self, name: str) -> list[bytes]:
        """The values of a column of bytes for all documents."""
        with readable(self._path):
            return [value for column in self._columns[name] for value in column]

    def sketch(self, doc: int) -> Sequence[int]:
        """The stored sketch of one document."""
        with readable(self._path):
            place, own = self._place(doc)
            return array("Q", self._columns["sketch"][place][own])

    def texts(self, docs: Iterable[int]) -> Iterator[list[bytes]]:
        """The lines of the text column of documents, in UTF-8; the first stand in the order of schema.TEXT_ORDER."""
        with readable(self._path):
            for doc in docs:
                place, own = self._place(doc)
                lines = self._columns["text"][place][own].split(b"\n", len(TEXT_ORDER) - 1)
                if len(lines) < len(TEXT_ORDER):
                    raise ValueError("a text lacks some of its parts")
                yield lines

    def article(self, doc: int) -> Article:
        """The stored article of one document."""
        with readable(self._path):
            place, own = self._place(doc)
            record = json.loads(self._leaves[place][0].stored_fields(own)["record"])
        try:
            return from_record(record)
        except ArticleInvalid as error:
            raise IndexUnreadable(_damaged(self._path)) from error

    def frequency(self, field: str, term: str) -> int:
        """In how many documents a term is, deleted ones included: good for comparing terms."""
        with readable(self._path):
            return sum(int(leaf.doc_frequency(field, encoded(term))) for leaf, _ in self._leaves)

    def docs(self, field: str, term: str, deadline: Deadline) -> NDArray[np.int64]:
        """The live documents that have a term, ascending."""
        found: list[int] = []
        with readable(self._path):
            for leaf, base in self._matchers(field, term):
                ids = leaf.all_ids()
                while chunk := [base + doc for doc in islice(ids, _CHUNK)]:
                    found += chunk
                    deadline.check()
            return self._numbers(found)

    def postings(self, field: str, term: str, deadline: Deadline) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The live documents that have a term, ascending, and how often each has it."""
        docs: list[int] = []
        weights: list[float] = []
        with readable(self._path):
            for matcher, base in self._matchers(field, term):
                while matcher.is_active():
                    docs.append(base + matcher.id())
                    weights.append(matcher.weight())
                    matcher.next()
                    if len(docs) % _CHUNK == 0:
                        deadline.check()
            return self._numbers(docs), np.array(weights, dtype=np.float64)

    def scan(self) -> None:
        """Decodes every posting of every term.

        Raises:
            IndexUnreadable: some cannot be read.
        """
        with readable(self._path):
            for leaf, _ in self._leaves:
                for field, term in leaf.all_terms():
                    self._numbers(list(leaf.postings(field, term).all_ids()))

    def _numbers(self, docs: list[int]) -> NDArray[np.int64]:
        if docs and max(docs) >= self.size():
            raise ValueError("a posting names a document that is not there")
        return np.array(docs, dtype=np.int64)

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, int]]:
        key = encoded(term)
        for leaf, base in self._leaves:
            if (field, key) in leaf:
                yield leaf.postings(field, key), base

    def _place(self, doc: int) -> tuple[int, int]:
        place = bisect_right(self._leaves, doc, key=lambda leaf: leaf[1]) - 1
        return place, doc - self._leaves[place][1]


def encoded(term: str) -> bytes:
    """The bytes of a string in the index. A lone surrogate can be asked for, though none is ever stored."""
    return term.encode("utf-8", "surrogatepass")
