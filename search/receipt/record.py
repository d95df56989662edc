"""A receipt as a plain typed record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.article import Article
from search.labels import date_words
from search.request import SearchRequest
from search.results import Corpus, Expansion


@dataclass(frozen=True, slots=True)
class Exported:
    """The file that a receipt goes with: its name, its rows, the SHA-256 (hex) of its bytes."""

    name: str
    rows: int
    sha256: str


class Hashed:
    """The pieces of a file on their way; once they are through, ``sha256`` (hex) is that of the file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._hash.update(piece)
            yield piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True)
class Named:
    """How an article is told to a reader: its headline, and its date in words, empty where it is unknown."""

    headline: str
    date: str

    @classmethod
    def of(cls, article: Article) -> Named:
        return cls(article.headline, date_words(article.date))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was asked, of which archive, and what came out.

    ``made`` is the time (RFC 3339, Asia/Shanghai). ``archive`` is the identity of the archive, empty where it has none;
    ``index_analyser`` and ``query_analyser`` are the analyser versions by which articles and query were cut into words.
    ``ids`` and ``digests`` (short, in hex) list the hits in order; ``named`` names them, unless they are many.
    """

    made: str
    software: str
    archive: str
    index_analyser: str
    query_analyser: str
    corpus: Corpus
    request: SearchRequest
    understood: str
    canonical: str
    notes: Sequence[str]
    expansions: Sequence[Expansion]
    ids: Sequence[str]
    digests: Sequence[str]
    named: Sequence[Named] = ()
    file: Exported | None = None

    @property
    def total(self) -> int:
        """The number of hits."""
        return len(self.ids)


def sha256_of_ids(ids: Iterable[str]) -> str:
    """SHA-256 (hex) over the ids in their order, each followed by a line feed."""
    return hashlib.sha256("".join(f"{one}\n" for one in ids).encode("utf-8", "surrogatepass")).hexdigest()
