"""How Whoosh's own writer makes a segment (whoosh.codec.base)."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns
from whoosh.codec import base
from whoosh.fields import FieldType, Schema
from whoosh.formats import Format

from search.engine.arrayfile import ArrayWriter
from search.engine.columns import narrowed, write_bytes
from search.engine.docsreader import DATETIME
from search.engine.invert import Inverted
from search.engine.postings import Ints
from search.engine.tables import LexiconWriter

Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, document, weight and the value that the field's format has made of its occurrences."""


class DocumentsWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Collects what is kept by document; TermsWriter writes it together with the terms."""

    def __init__(self) -> None:
        self.is_closed = False
        self._size = 0
        self._stored: list[bytes] = []
        self._values: dict[str, Any] = {}
        self._lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._columns: dict[str, tuple[columns.Column, dict[int, Any]]] = {}

    def start_doc(self, docnum: int) -> None:
        if docnum != self._size:
            raise ValueError(f"document {docnum} was to be number {self._size}")
        self._values = {}

    def add_field(self, fieldname: str, fieldobj: FieldType, value: Any, length: int) -> None:  # noqa: ARG002
        if value is not None:
            self._values[fieldname] = value
        if length:
            self._lengths[fieldname][self._size] = length

    def add_column_value(self, fieldname: str, columnobj: columns.Column, value: Any) -> None:
        self._columns.setdefault(fieldname, (columnobj, {}))[1][self._size] = value

    def add_vector_items(self, fieldname: str, fieldobj: FieldType, items: Any) -> None:  # noqa: ARG002
        raise ValueError(f"{fieldname}: term vectors have no place in this index")

    def finish_doc(self) -> None:
        """Ends a document.

        Raises:
            TypeError: a stored value is of a type that JSON does not have.
        """
        text = json.dumps(self._values, default=_datetime_as_json, ensure_ascii=False) if self._values else ""
        self._stored.append(text.encode())
        self._size += 1

    def cancel_doc(self) -> None:
        """Forgets what has been told of a document that was not finished; the successors of Whoosh 2.7.4 ask for it."""
        for values in (*self._lengths.values(), *(values for _, values in self._columns.values())):
            values.pop(self._size, None)

    def close(self) -> None:
        self.is_closed = True

    @property
    def size(self) -> int:
        return self._size

    def write(self, out: ArrayWriter, schema: Schema) -> None:
        """Writes the documents: ``stored``, FIELD_length of the fields that count their words, FIELD_column."""
        write_bytes(out, "stored", self._stored)
        for name, field in schema.items():
            if field.scorable:
                lengths = [self._lengths[name].get(doc, 0) for doc in range(self._size)]
                out.add(f"{name}_length", narrowed(np.array(lengths, dtype=np.int64)))
        for name, (column, values) in self._columns.items():
            rows = [values.get(doc, column.default_value()) for doc in range(self._size)]
            _write_column(out, f"{name}_column", rows)


class TermsWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes a segment in one go, when it is given all postings."""

    def __init__(self, path: Path, documents: DocumentsWriter) -> None:
        self.is_closed = False
        self._path, self._documents = path, documents

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[Posting]) -> None:  # noqa: ARG002
        """Writes the segment; the postings come in order of fields, terms and documents.

        Raises:
            ValueError: a term counts by something else than how often it occurs.
        """
        with ArrayWriter(self._path, {"documents": self._documents.size}) as out:
            lexicon = LexiconWriter(out)
            for name, postings in groupby(items, key=itemgetter(0)):
                lexicon.add(name, *_inverted(schema[name].format, postings))
            lexicon.finish()
            self._documents.write(out, schema)

    def close(self) -> None:
        self.is_closed = True


def _inverted(format_: Format, postings: Iterator[Posting]) -> tuple[list[bytes], Inverted]:
    """The terms of a field and their lists."""
    has_positions = format_.supports("positions")
    terms: list[bytes] = []
    counts, docs, tf, places = array("q"), array("q"), array("q"), array("q")
    for term, found in groupby(postings, key=itemgetter(1)):
        before = len(docs)
        for _, _, doc, weight, value in found:
            docs.append(doc)
            tf.append(_count(term, weight))
            if has_positions:
                places.extend(sorted(format_.decode_positions(value)))
        terms.append(term)
        counts.append(len(docs) - before)
    keys = np.arange(len(terms), dtype=np.uint32)
    return terms, Inverted(keys, _ints(counts), _ints(docs), _ints(tf), _ints(places) if has_positions else None)


def _count(term: bytes, weight: float) -> int:
    if weight < 1 or weight != int(weight):
        raise ValueError(f"{term!r} weighs {weight}; the index keeps how often a term occurs and no other weight")
    return int(weight)


def _ints(numbers: array[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _write_column(out: ArrayWriter, name: str, rows: Sequence[Any]) -> None:
    kinds = {type(row) for row in rows}
    if kinds == {bytes}:
        write_bytes(out, name, rows)
    elif kinds == {int} and min(rows) < 0:
        out.add(name, np.array(rows, dtype=np.int64))
    elif kinds == {int} or kinds == {bool}:
        out.add(name, narrowed(np.array(rows, dtype=np.uint64)))
    elif kinds == {float}:
        out.add(name, np.array(rows, dtype=np.float64))
    else:
        raise ValueError(f"{name}: values of {kinds} have no place in this index")


def _datetime_as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return {DATETIME: value.isoformat()}
    raise TypeError(f"{value!r} cannot be stored")
