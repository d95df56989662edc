"""What a segment keeps by document, as Whoosh reads it (whoosh.codec.base)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec import base

from search.engine.bm25 import Scores, rounded
from search.engine.columns import Ragged
from search.engine.segment import Segment

DATETIME = "datetime"
"""The key that stands for a datetime in stored values, which are JSON."""


class DocumentsReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns and stored values of one segment of which some documents are ``dead``."""

    def __init__(self, segment: Segment, dead: frozenset[int]) -> None:
        self._segment, self._dead = segment, dead
        self._rounded: dict[str, Scores | None] = {}

    def doc_count(self) -> int:
        return self._segment.size - len(self._dead)

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return bool(self._dead)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._dead

    def deleted_docs(self) -> frozenset[int]:
        return self._dead

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return f"{fieldname}_column" in self._segment.file

    def column_reader(self, fieldname: str, column: columns.Column) -> ColumnReader:
        name = f"{fieldname}_column"
        if f"{name}_starts" in self._segment.file:
            return ColumnReader(_Pieces(self._segment.ragged(name)))
        values = self._segment.numbers(name)
        return ColumnReader(values.astype(bool) if isinstance(column, columns.BitColumn) else values)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length as Whoosh keeps it, in one byte; ``default`` where it is 0 or not counted."""
        lengths = self._lengths(fieldname)
        return default if lengths is None else int(lengths[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        name = f"{fieldname}_length"
        return int(self._segment.numbers(name).sum()) if name in self._segment.file else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(self._counted(fieldname).min(initial=np.inf)) if len(self._counted(fieldname)) else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._counted(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        if self._stored is None or not len(self._stored[docnum]):
            return {}
        stored: dict[str, Any] = json.loads(self._stored[docnum].tobytes(), object_hook=_as_datetime)
        return stored

    @cached_property
    def _stored(self) -> Ragged | None:
        return self._segment.ragged("stored") if "stored" in self._segment.file else None

    def _counted(self, fieldname: str) -> Scores:
        lengths = self._lengths(fieldname)
        return np.empty(0) if lengths is None else lengths

    def _lengths(self, fieldname: str) -> Scores | None:
        if fieldname not in self._rounded:
            name = f"{fieldname}_length"
            known = name in self._segment.file
            self._rounded[fieldname] = rounded(self._segment.numbers(name)) if known else None
        return self._rounded[fieldname]


class ColumnReader(columns.ColumnReader):  # type: ignore[misc]
    """The values of a column by document."""

    def __init__(self, values: NDArray[Any] | Sequence[bytes]) -> None:
        self._values = values
        self._sign = 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        value = self._values[docnum]
        return value.item() if isinstance(value, np.generic) else value

    def __iter__(self) -> Any:
        return (self[docnum] for docnum in range(len(self)))

    def sort_key(self, docnum: int) -> Any:
        return self[docnum] if self._sign > 0 else -self[docnum]

    def set_reverse(self) -> None:
        self._sign = -1


class _Pieces(Sequence[bytes]):
    def __init__(self, pieces: Ragged) -> None:
        self._pieces = pieces

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, number: Any) -> Any:
        return self._pieces[number].tobytes()


def _as_datetime(value: dict[str, Any]) -> Any:
    return datetime.fromisoformat(value[DATETIME]) if list(value) == [DATETIME] else value
