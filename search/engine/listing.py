"""A whole list of hits on one state of the archive: which articles, in which order, with what digests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from search.article import Article
from search.engine.cards import identities
from search.engine.damage import readable
from search.engine.postings import Ints
from search.engine.segment import DIGEST_BYTES
from search.engine.snapshot import Snapshot
from search.listed import Listed
from search.request import SearchRequest
from search.results import Expansion

SHORT_BYTES = 4
"""A short digest tells a corrected text from the earlier one in all but one of four thousand million cases."""


@dataclass(frozen=True, kw_only=True)
class Listing(Listed):
    """All hits of a request; it stays what it is while the archive is written to.

    ``typed`` is the request as it came, ``canonical`` the query in its plain form, ``expansions`` what was looked for
    besides. ``archive`` is the identity of the archive, ``analyser`` the analyser version its index was made with,
    ``path`` where it lies. IndexUnreadable is raised wherever damage shows.
    """

    typed: SearchRequest
    canonical: str
    expansions: Sequence[Expansion]
    archive: str
    analyser: str
    path: Path
    snapshot: Snapshot
    docs: Ints

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the hits in their order."""
        names = [""] * len(self.docs)
        with readable(self.path):
            for segment, base in zip(self.snapshot.segments, self.snapshot.bases, strict=False):
                places = np.flatnonzero((self.docs >= base) & (self.docs < base + segment.size))
                own = identities(segment, (self.docs[places] - base).tolist())
                for place, name in zip(places.tolist(), own, strict=True):
                    names[place] = name
        return names

    @cached_property
    def digests(self) -> list[str]:
        """The short digests of the hits, in hex."""
        with readable(self.path):
            return short_digests(self.snapshot, self.docs)

    def articles(self) -> Iterator[Article]:
        """The articles of the hits in their order."""
        with readable(self.path):
            yield from map(self.snapshot.article, self.docs.tolist())

    def article(self, identity: str) -> Article | None:
        """The article of an id, whether it is a hit or not."""
        with readable(self.path):
            doc = self.snapshot.doc_of(identity)
            return None if doc is None else self.snapshot.article(doc)

    def stories(self, ids: Sequence[str]) -> dict[str, int]:
        """The number of the story of each of the ids that the archive holds; versions of one story share it."""
        with readable(self.path):
            if not self.snapshot.has_versions:
                return {}
            return {one: int(self.snapshot.stories[doc]) for one, doc in known(self.snapshot, ids).items()}

    def standing(self, ids: Sequence[str]) -> dict[str, str]:
        """The short digest of each of the ids that the archive holds."""
        with readable(self.path):
            return standing(self.snapshot, ids)


def known(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, int]:
    """The document of each of the ids that a snapshot holds."""
    docs = zip(ids, snapshot.docs_of(ids).tolist(), strict=True)
    return {one: doc for one, doc in docs if doc >= 0 and snapshot.identity(doc) == one}


def standing(snapshot: Snapshot, ids: Sequence[str]) -> dict[str, str]:
    """The short digest of each of the ids that a snapshot holds."""
    docs = known(snapshot, ids)
    return dict(zip(docs, short_digests(snapshot, np.array(list(docs.values()), dtype=np.int64)), strict=True))


def short_digests(snapshot: Snapshot, docs: Ints) -> list[str]:
    """The first SHORT_BYTES of each document's digest, in hex."""
    rows = snapshot.numbers("digest").reshape(-1, DIGEST_BYTES)[docs, :SHORT_BYTES]
    return np.ascontiguousarray(rows).tobytes().hex(" ", SHORT_BYTES).split()
