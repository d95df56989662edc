"""Formats 1 and 2, Whoosh's own: the record is a stored field, the marks of the indexer and the sketch are columns.

Whoosh keeps the list of its segments and the stored fields as pickles, which can make a reader run anything. Here they
are read knowing only the few names that such an index has.
"""

from __future__ import annotations

import io
import json
import operator
import pickle
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.upgrade.stored import Stored

_NAME = "MAIN"
_COLUMNS = ("_stored", "card", "sketch")
_MARKS = operator.itemgetter("id", "digest", "origin", "fingerprint")


def stored(folder: Path) -> Iterator[Stored]:
    """What the newest generation holds.

    Raises:
        Exception: of almost any kind, where a file is damaged.
    """
    storage = FileStorage(str(folder), supports_mmap=False)
    for segment in _segments(storage):
        columns = [_column(storage, segment, name) for name in _COLUMNS]
        for doc, (fields, card, sketch) in enumerate(zip(*columns, strict=True)):
            if doc not in segment.deleted:
                record = json.loads(_loaded(zlib.decompress(fields))["record"])
                identity, digest, origin, fingerprint = _MARKS(json.loads(card))
                yield Stored(record, identity, digest, origin, fingerprint, array("Q", sketch))


def _segments(storage: FileStorage) -> list[Any]:
    """What the newest table of contents says of its segments."""
    with storage.open_file(TOC._filename(_NAME, TOC._latest_generation(storage, _NAME))) as table:
        # Sizes of int, long and float; byte order, version; the three numbers of the release; the schema.
        for read in (*[table.read_varint] * 3, *[table.read_int] * 2, *[table.read_varint] * 3, table.skip_string):
            read()
        # Generation, and nothing.
        table.read_int(), table.read_int()
        return list(_Unpickler(table.file).load())


def _column(storage: FileStorage, segment: Any, name: str) -> list[bytes]:
    file = f"{_NAME}_{segment.segid}.{name}.col"
    with storage.open_file(file) as opened:
        return list(VarBytesColumn.Reader(opened, 0, storage.file_length(file), segment.size))


class _Segment:
    """What an unpickled segment of Whoosh turns into."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.segid, self.size = str(state["segid"]), int(state["_doccount"])
        self.deleted = frozenset(state["_deleted"] or ())


_KNOWN: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): _Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): SimpleNamespace,
    ("builtins", "int"): int,
    ("collections", "defaultdict"): defaultdict,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return _KNOWN[module, name]


def _loaded(data: bytes) -> Any:
    return _Unpickler(io.BytesIO(data)).load()
