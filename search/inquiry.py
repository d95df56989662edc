"""A request put to one state of the archive: read, widened, evaluated, and made into a page, a list or a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter

import orjson

from search.engine import facets
from search.engine.answer import Answer, answer, asks_for_dates, vaguely_dated
from search.engine.damage import readable
from search.engine.deadline import Deadline
from search.engine.listing import Listing
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.engine.store import Store
from search.errors import QueryRefused
from search.expansion import Expanded, expanded, told
from search.listed import Row
from search.message import Counted, Message
from search.query.parse import Query, parse
from search.query.terms import Terms, terms_of
from search.request import FACETS, SORTS, SearchRequest
from search.results import Expansion, Hit, Results
from search.snippet import excerpt, snippet
from search.trends import Trend

_FORGET_ROWS = 2000
"""Rows of a long list after which the memory of what was read for it is given back."""


def read(request: SearchRequest) -> Query:
    """The query of a request.

    Raises:
        QueryRefused: the query is too long or too complex, or the request makes no sense.
    """
    if request.sort not in SORTS:
        raise QueryRefused(
            Message("没有「{sort}」这种排序，只有 {sorts} (unknown sort)", sort=request.sort, sorts=tuple(SORTS))
        )
    if unknown := {*request.only, *request.without}.difference(FACETS):
        raise QueryRefused(
            Message(
                "没有「{unknown}」这种筛选，只有 {facets} (unknown filter)",
                unknown=tuple(sorted(unknown)),
                facets=tuple(FACETS),
            )
        )
    if request.page < 1 or request.per_page < 1:
        raise QueryRefused(Message("页码和每页篇数都从 1 起 (page and per_page begin with 1)"))
    return parse(request.query)


def inquire(snapshot: Snapshot, typed: SearchRequest, query: Query, deadline: Deadline) -> Inquiry:
    """A request, of which ``query`` has been read, put to a snapshot.

    Raises:
        QueryRefused: the deadline has passed.
    """
    request = facets.in_known_values(snapshot, typed)
    asked = expanded(snapshot, query.tree, request.drop, deadline)
    return Inquiry(typed, query, asked, answer(snapshot, request, asked.tree, deadline), deadline)


@dataclass(frozen=True)
class Inquiry:
    """``typed`` is the request as it came, ``asked`` its query with what is looked for besides, ``found`` the hits.

    What is made of it raises QueryRefused once the deadline has passed.
    """

    typed: SearchRequest
    query: Query
    asked: Expanded
    found: Answer
    deadline: Deadline

    @property
    def snapshot(self) -> Snapshot:
        return self.found.snapshot

    @property
    def request(self) -> SearchRequest:
        """The request with the archive's own values in place of typed ones."""
        return self.found.request

    @property
    def total(self) -> int:
        return len(self.found.hits.docs)

    @cached_property
    def terms(self) -> Terms:
        """What is to be marked."""
        return terms_of(self.asked.tree)

    @property
    def understood(self) -> str:
        """How the query and the filters were read, in Chinese."""
        return "；".join([self.query.understood, *facets.in_words(self.request)])

    @property
    def notes(self) -> Sequence[str]:
        """What was repaired or should be known."""
        dates = asks_for_dates(self.query.tree, self.request)
        vague = vaguely_dated(self.snapshot, self.found.hits.docs) if dates else 0
        note = Counted("其中 {n} 条只知道大致日期（一段区间），区间与所求日期有重叠即算命中", n=vague)
        return (*self.query.repairs, *self.asked.notes, *([note] if vague else []))

    @property
    def expansions(self) -> Sequence[Expansion]:
        """What was looked for besides, with what it adds."""
        return told(self.found, self.asked, self.deadline)

    def hits(self, docs: Ints) -> Iterator[Hit]:
        """Some of the hits, read one by one while they are taken."""
        snapshot, terms = self.snapshot, self.terms
        for doc, score in zip(docs.tolist(), self.found.scores(docs), strict=True):
            stored = snapshot.stored(doc)
            shown = snippet(stored.text, terms.body, form=stored.folded if terms.body else None)
            yield Hit(stored.article, score, shown, _versions(snapshot, doc))

    def results(self, since: float) -> Results:
        """The page that the request asks for, which was begun at ``since`` as perf_counter tells it."""
        request = self.request
        counts = self.found.counts()
        first = (request.page - 1) * request.per_page
        docs = self.found.ordered(first + request.per_page)[first:]
        return Results(
            request=request,
            total=self.total,
            hits=tuple(self.hits(docs)),
            counts=counts,
            understood=self.understood,
            notes=self.notes,
            terms=self.terms,
            expansions=self.expansions,
            took_ms=(perf_counter() - since) * 1000,
        )

    def trend(self) -> Trend:
        """The hits over time."""
        return Trend(self.total, self.found.count("date"))

    def listing(self, store: Store) -> Listing:
        """All hits in order, with what a receipt says of the ``store`` that the snapshot is of."""
        docs = self.found.ordered()
        return Listing(
            request=self.request,
            total=len(docs),
            corpus=self.snapshot.corpus,
            understood=self.understood,
            rows=partial(_rows, store.path, self.snapshot, self.terms, docs),
            notes=self.notes,
            typed=self.typed,
            canonical=self.query.canonical,
            expansions=self.expansions,
            archive=store.identity,
            analyser=store.analyser,
            path=store.path,
            snapshot=self.snapshot,
            docs=docs,
        )


def _rows(path: Path, snapshot: Snapshot, terms: Terms, docs: Ints) -> Iterator[Row]:
    with readable(path):
        for count, doc in enumerate(docs.tolist(), 1):
            yield _row(snapshot, terms, doc)
            if not count % _FORGET_ROWS:
                snapshot.forget()


def _row(snapshot: Snapshot, terms: Terms, doc: int) -> Row:
    stored = snapshot.json(doc)
    record = orjson.loads(stored)
    text = record["body"] or "\n".join(record["captions"])
    return Row(stored, record, excerpt(text, terms.body), _versions(snapshot, doc))


def _versions(snapshot: Snapshot, doc: int) -> int:
    return int(snapshot.versions[doc]) if snapshot.has_versions else 1
