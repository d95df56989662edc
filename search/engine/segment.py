"""One segment: some documents with everything that the index knows of them, in one file that never changes."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from search.engine.arrayfile import ArrayFile
from search.engine.columns import Coded, Ragged
from search.engine.lexicon import Lexicon
from search.engine.pairs import TextIndex
from search.engine.postings import Ints
from search.engine.records import unpacked
from search.errors import IndexUnreadable
from search.message import Message

DIGEST_BYTES = 32
_BY_DOCUMENT = {
    **dict.fromkeys(("id_starts", "record_starts", "sketch_starts", "text_starts"), 1),
    **dict.fromkeys(("key", "keys", "key_docs", "first_day", "last_day", "complete", "completed"), 0),
    **dict.fromkeys(("title_units", "rest_units"), 0),
}
"""Arrays with an item for each document, and how many they have besides."""


class Segment:
    """A segment file, open. Its arrays are read when they are asked for; any number of threads may do so.

    Raises:
        FileNotFoundError: there is no such file.
        IndexUnreadable: it cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.size = int(self.file.meta["documents"])
        self._coded: dict[str, Coded] = {}
        for name, more in _BY_DOCUMENT.items():
            if name in self.file and self.file.count(name) != self.size + more:
                raise IndexUnreadable(
                    Message("索引文件 {path} 的 {name} 部分与篇数不符 (not as many as documents)", path=path, name=name)
                )

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.file)

    @cached_property
    def texts(self) -> TextIndex:
        return TextIndex(self.file)

    def numbers(self, name: str) -> NDArray[Any]:
        """A column of numbers."""
        return self.file[name]

    def coded(self, name: str) -> Coded:
        """A column of names; the same one each time, since it remembers its names."""
        column = self._coded.get(name)
        if column is None:
            column = self._coded[name] = Coded(self.file, name, self.size)
        return column

    def ragged(self, name: str) -> Ragged:
        """A column of pieces."""
        return Ragged(self.file, name)

    def identity(self, doc: int) -> str:
        """The id of a document."""
        return str(self.ragged("id")[doc].tobytes(), "utf-8")

    def digest(self, doc: int) -> str:
        """The digest of a document's article, in hex."""
        return bytes(self.digests()[doc].tobytes()).hex()

    def digests(self) -> NDArray[np.uint8]:
        """The digests of all documents' articles, a row each."""
        return self.file["digest"].reshape(-1, DIGEST_BYTES)

    def record(self, doc: int) -> dict[str, Any]:
        """The stored record of a document.

        Raises:
            IndexUnreadable: it is damaged.
        """
        record: dict[str, Any] = json.loads(self.json(doc))
        return record

    def json(self, doc: int) -> bytes:
        """The stored record of a document as it is kept: JSON in UTF-8, without blanks.

        Raises:
            IndexUnreadable: it is damaged.
        """
        try:
            return unpacked(self.ragged("record")[doc].tobytes(), self.texts.text(doc))
        except zstandard.ZstdError as error:
            raise IndexUnreadable(
                Message("索引文件 {path} 中第 {doc} 篇读不出来 (record unreadable)", path=self.file.path, doc=doc)
            ) from error

    def docs_of(self, keys: NDArray[np.uint64]) -> Ints:
        """The last document that has each of the keys of ids (builder.id_key); -1 where none has."""
        sorted_keys, docs = self.file["keys"], self.file["key_docs"]
        places = np.searchsorted(sorted_keys, keys, side="right") - 1
        found = (places >= 0) & (sorted_keys[places] == keys) if self.size else np.zeros(len(keys), bool)
        return np.where(found, docs[places].astype(np.int64) if self.size else -1, -1)
