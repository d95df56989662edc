"""A whole result list, ready to be written: every hit of one request on one state of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from search.article import Article, from_stored
from search.request import SearchRequest
from search.results import Corpus


class Row(NamedTuple):
    """One hit: the ``record`` of its article and the ``json`` in which that is stored, without blanks.

    ``snippet`` is plain text, ``versions`` how many versions the story has.
    """

    json: bytes
    record: Mapping[str, Any]
    snippet: str = ""
    versions: int = 1

    @property
    def id(self) -> str:
        identity: str = self.record["id"]
        return identity

    @property
    def article(self) -> Article:
        return from_stored(self.record)


@dataclass(frozen=True)
class Listed:
    """All hits of a request. ``rows`` reads them one by one, from the same state of the archive each time it is called.

    ``understood`` says in Chinese how the request was read, filters included; ``notes`` what should be known of it.
    """

    request: SearchRequest
    total: int
    corpus: Corpus
    understood: str
    rows: Callable[[], Iterator[Row]]
    notes: Sequence[str] = ()
