"""The archive: the one door to everything stored and everything found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
import orjson

from search.article import Article
from search.days import read_span
from search.engine import copies, integrity, writer
from search.engine.damage import readable
from search.engine.deadline import Deadline
from search.engine.listing import Listing, standing
from search.engine.newest import Newest
from search.engine.probe import Probe
from search.engine.similar import similar
from search.engine.similar import story as same_matter
from search.engine.stats import stats
from search.engine.store import Store, program
from search.engine.stories import versions
from search.engine.tally import columns
from search.entry import Card, Entry
from search.errors import QueryRefused
from search.expansion import expanded
from search.inquiry import inquire, read
from search.labels import page_order
from search.listed import Row
from search.message import Message
from search.query.terms import Terms, terms_of
from search.request import SearchRequest
from search.results import Corpus, Held, Hit, Results, Stats, Told
from search.story import Story, in_order
from search.suggest.alternatives import Alternative, alternatives
from search.suggest.complete import Suggestion, completions
from search.suggest.vocabulary import Shelf
from search.trends import Trend
from search.why.cause import Why
from search.why.nothing import why_nothing

_BUDGET_SECONDS = 5.0
_EXPLAINING_SECONDS = 1.0


class Archive:
    """A stored archive. Safe for any number of reading threads; commits of other processes show within half a second.

    ``budget`` is the number of seconds after which a search is refused, ``memory`` about how many megabytes the
    making of the index may take.
    """

    def __init__(self, store: Store, budget: float = _BUDGET_SECONDS, memory: int = writer.MEMORY) -> None:
        self.budget = budget
        self.memory = memory
        self._store = store
        self._newest = Newest(store)
        self._vocabularies = Shelf()

    @classmethod
    def create(cls, path: str | Path) -> Archive:
        """The archive at ``path``, made empty if there is none.

        Raises:
            IndexUnreadable: the folder holds something else or a damaged index.
        """
        return cls(Store.create(Path(path)))

    @classmethod
    @contextmanager
    def rebuilding(cls, path: str | Path) -> Iterator[Archive]:
        """An empty archive that takes the place of whatever index is at ``path`` when the block ends well.

        Raises:
            IndexUnreadable: the folder holds something else.
            IndexBusy: another process is writing.
        """
        with Store.rebuilding(Path(path)) as store:
            yield cls(store)

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """The archive at ``path``.

        Raises:
            IndexMissing: nothing is there.
            IndexUnreadable: it is damaged, foreign or of another version.
        """
        return cls(Store(Path(path)))

    @classmethod
    def copy(cls, source: str | Path, target: str | Path) -> Archive:
        """The copy of an archive, at ``target``: a backup, or what was there before, from one.

        The source may be read and written to meanwhile; the copy is of one moment, and has been checked.

        Raises:
            BaokuError: ``target`` is the same or another archive, or cannot be written to.
            IndexMissing: nothing is at ``source``.
            IndexUnreadable: the source is damaged, or ``target`` holds something else; nothing has been replaced.
            IndexBusy: another process is writing at ``target``.
        """
        copies.copy(Path(source), Path(target))
        return cls.open(target)

    @property
    def stale(self) -> bool:
        """Whether the index was made with another dictionary or folding: it can be read, but not added to."""
        return self._store.stale

    @property
    def state(self) -> str:
        """Sixteen hexadecimal digits that are others after every commit, and with another program or dictionary.

        While they are the same, so is every answer. Unlike the version of the corpus they also tell apart which
        articles stand together as versions; two archives of the same articles have different ones.
        """
        with self._newest.reading() as snapshot:
            known = repr((snapshot.stamp, program()))
        return hashlib.sha256(known.encode()).hexdigest()[:16]

    @property
    def committed(self) -> float:
        """When the newest state was committed, in seconds since 1970."""
        with self._newest.reading() as snapshot:
            return snapshot.stamp[1] / 1e9

    def look(self) -> None:
        """Looks for what other processes have committed, instead of within half a second.

        Whoever has been answered by one process and asks another then never gets an earlier state.
        """
        with readable(self._store.path):
            self._newest.look()

    def now(self) -> Archive:
        """The archive as it is now, only to be read: no later commit shows in it, though it may delete its files."""
        fixed = copy(self)
        fixed._newest = Newest(self._store, self._newest.snapshot())
        return fixed

    def rest(self) -> None:
        """Gives back the memory of what was read last; what is asked next is read from the files."""
        self._newest.snapshot().empty_caches()

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles or replace those of the same id, in one commit.

        Raises:
            ArticleInvalid: one of them cannot be stored; none is.
            IndexBusy: another process is writing.
        """
        self.update(Entry(article) for article in articles)

    def update(self, entries: Iterable[Entry], remove: Iterable[str] = ()) -> None:
        """Like ``add``, with where the articles come from, and the ids of articles to remove."""
        if writer.commit(self._store, entries, remove, self.memory):
            self._newest.look()

    def settle(self) -> None:
        """Joins what many commits have written where it pays, so that searches are as fast as they can be."""
        if writer.settle(self._store, self.memory):
            self._newest.look()

    def cards(self) -> Iterator[Card]:
        """Every stored article without its text."""
        with self._newest.reading() as snapshot:
            yield from snapshot.cards()

    def identities(self, first: int = 0, most: int | None = None) -> Iterator[str]:
        """The ids of the stored articles, ``most`` of them from place ``first`` on, in an order of their own."""
        with self._newest.reading() as snapshot:
            docs = snapshot.everything
            docs = docs[np.argsort(snapshot.numbers("key")[docs], kind="stable")]
            yield from map(snapshot.identity, docs[first:][:most].tolist())

    def values(self, facet: str) -> Iterator[tuple[str, str]]:
        """The id of every stored article with each value that it has in a facet.

        Beside the facets of a search there are ``person`` (everyone named, misread names as printed) and ``merged``
        (those who stand for a misread name).
        """
        with self._newest.reading() as snapshot:
            parts = [snapshot.facet(column) for column in columns(facet)]
            for doc in snapshot.everything.tolist():
                yield from ((snapshot.identity(doc), name) for part in parts for name in part.of(doc))

    def entry(self, identity: str) -> Entry | None:
        """The stored entry of an id."""
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            if doc is None:
                return None
            card = snapshot.card(doc)
            return Entry(snapshot.article(doc), card.origin, card.fingerprint, tuple(card.sketch))

    def article(self, identity: str) -> Article | None:
        """The article of an id."""
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            return None if doc is None else snapshot.article(doc)

    def versions(self, identity: str) -> list[Article]:
        """All versions of the same story, the best first, itself included; empty when the id is unknown."""
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            return [] if doc is None else [snapshot.article(other) for other in versions(snapshot, doc)]

    def similar(self, identity: str, limit: int = 5) -> list[Article]:
        """Stories about the like, best first, without the article and its versions; empty when the id is unknown.

        Raises:
            QueryRefused: it takes more than ``budget`` seconds.
        """
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            others = () if doc is None else similar(snapshot, doc, limit, self._deadline())
            return [snapshot.article(other) for other in others]

    def story(self, identity: str, limit: int = 12) -> Story:
        """What was printed on the same matter, at most ``limit`` other articles; empty when the id is unknown.

        Raises:
            QueryRefused: it takes more than ``budget`` seconds.
        """
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            if doc is None:
                return Story()
            others = same_matter(snapshot, doc, limit, self._deadline())
            return in_order(snapshot.article(doc), [snapshot.article(other) for other in others])

    def search(
        self,
        query: str = "",
        *,
        street: str | Iterable[str] = (),
        reporter: str | Iterable[str] = (),
        topic: str | Iterable[str] = (),
        kind: str | Iterable[str] = (),
        section: str | Iterable[str] = (),
        date: str | Iterable[str] = (),
        not_street: str | Iterable[str] = (),
        not_reporter: str | Iterable[str] = (),
        not_topic: str | Iterable[str] = (),
        not_kind: str | Iterable[str] = (),
        not_section: str | Iterable[str] = (),
        not_date: str | Iterable[str] = (),
        first_day: date | str | None = None,
        last_day: date | str | None = None,
        sort: str = "relevance",
        page: int = 1,
        per_page: int = 20,
        all_versions: bool = False,
    ) -> Results:
        """``answer`` to a request made of the arguments.

        One value of a filter may stand for a list of one; a day may be written as search.days reads it.
        """
        only = {"street": street, "reporter": reporter, "topic": topic, "kind": kind, "section": section, "date": date}
        without = {
            "street": not_street,
            "reporter": not_reporter,
            "topic": not_topic,
            "kind": not_kind,
            "section": not_section,
            "date": not_date,
        }
        first, last = _bound(first_day, 0), _bound(last_day, 1)
        request = SearchRequest(query, _chosen(only), _chosen(without), first, last, sort, page, per_page, all_versions)
        return self.answer(request)

    def answer(self, request: SearchRequest) -> Results:
        """The page of hits that a request asks for, with the counts of all facets over all hits.

        Raises:
            QueryRefused: the query is too long, too complex or takes more than ``budget`` seconds, or the request
                makes no sense.
        """
        since, query = perf_counter(), read(request)
        with self._newest.reading() as snapshot:
            return inquire(snapshot, request, query, self._deadline()).results(since)

    def terms(self, request: SearchRequest) -> Terms:
        """What ``answer`` marks in the hits of a request, for an article that is read by itself.

        Raises:
            QueryRefused: as for ``answer``.
        """
        tree = read(request).tree
        with self._newest.reading() as snapshot:
            return terms_of(expanded(snapshot, tree, request.drop, self._deadline()).tree)

    def every(self, request: SearchRequest) -> Iterator[Hit]:
        """All hits in order, whatever page the request asks for, read one by one while they are taken.

        The archive is seen as it was at the first hit, even when it is written to meanwhile.
        """
        query = read(request)
        with self._newest.reading() as snapshot:
            inquiry = inquire(snapshot, request, query, self._deadline())
            yield from inquiry.hits(inquiry.found.ordered())

    def row(self, identity: str) -> Row | None:
        """The stored record of an id, of which nothing is remembered: for reading many, one after the other."""
        with self._newest.reading() as snapshot:
            doc = snapshot.doc_of(identity)
            return None if doc is None else Row(stored := snapshot.json(doc), orjson.loads(stored))

    def standing(self, identities: Sequence[str]) -> dict[str, str]:
        """The short digest (eight hex digits) of each of the ids that the archive holds."""
        with self._newest.reading() as snapshot:
            return standing(snapshot, identities)

    def listed(self, request: SearchRequest) -> Listing:
        """All hits in order, to be written or compared: how many they are is known before the first one is read.

        The list belongs to the archive as it is now, whatever is written to it while the rows are read.

        Raises:
            QueryRefused: as for ``answer``.
        """
        query = read(request)
        with self._newest.reading() as snapshot:
            return inquire(snapshot, request, query, self._deadline()).listing(self._store)

    def trends(self, requests: Iterable[SearchRequest]) -> list[Trend]:
        """The hits of several requests over time, without reading them, all on one state of the archive.

        Raises:
            QueryRefused: as for ``answer``; they have its ``budget`` together.
        """
        queries = [(request, read(request)) for request in requests]
        with self._newest.reading() as snapshot:
            deadline = self._deadline()
            return [inquire(snapshot, request, query, deadline).trend() for request, query in queries]

    def why_nothing(self, request: SearchRequest) -> Why:
        """Why a request has no hits, and what would have some; the causes are empty where it has hits.

        Raises:
            QueryRefused: as for ``answer``.
        """
        tree = read(request).tree
        with self._newest.reading() as snapshot:
            deadline = Deadline(min(self.budget, _EXPLAINING_SECONDS))
            probe = Probe(
                snapshot,
                deadline,
                request.all_versions,
                widened=lambda node: expanded(snapshot, node, request.drop, deadline).tree,
            )
            return why_nothing(request, tree, probe)

    def suggest(self, typed: str, limit: int = 10) -> list[Suggestion]:
        """What somebody may be about to type: names, frequent words and headlines, best first.

        By characters, pinyin, initials or a mixture; ü may be typed v or u. Empty for what has no word in it or is
        too long. The first call on a new state of the archive takes a second or so more.
        """
        with self._newest.reading() as snapshot:
            return completions(self._vocabularies.of(snapshot), snapshot, typed, limit)

    def did_you_mean(self, request: SearchRequest) -> list[Alternative]:
        """Other queries that may have been meant by one with no or few hits, each tried under the same filters.

        Raises:
            QueryRefused: as ``answer`` does.
        """
        query = read(request)
        with self._newest.reading() as snapshot:
            asked = inquire(snapshot, request, query, self._deadline())
            return alternatives(self._vocabularies.of(snapshot), snapshot, asked.request, query.tree, asked.total)

    def corpus(self) -> Corpus:
        """Which articles the archive holds."""
        with self._newest.reading() as snapshot:
            return snapshot.corpus

    def held(self, first: date | None = None, last: date | None = None, newspaper: str | None = None) -> Held:
        """The issues between two inclusive days: what was printed on a known day. None leaves an end open.

        With ``newspaper`` those of one of the newspapers that ``told("newspaper")`` knows; none of any other.
        """
        with self._newest.reading() as snapshot:
            if newspaper is None:
                return snapshot.issues.held(first, last)
            known = newspaper in snapshot.told("newspaper")
            return snapshot.issues_of(newspaper).held(first, last) if known else Held((), 0)

    def issue(self, day: date) -> list[Article]:
        """What was printed on a day, one article a story, page by page in the order of the source; empty for none."""
        with self._newest.reading() as snapshot:
            return sorted(map(snapshot.article, snapshot.issues.of(day).tolist()), key=_printed_at)

    def told(self, column: str) -> Mapping[str, Told]:
        """In how many stories each value is told, and when; beside facets there are ``community``, ``page`` and
        ``newspaper``."""
        with self._newest.reading() as snapshot:
            return snapshot.told(column)

    def stats(self) -> Stats:
        """What the archive holds and what its articles lack."""
        with self._newest.reading() as snapshot:
            return stats(snapshot)

    def check(self) -> list[str]:
        """Reads everything once and says what is wrong, in words; empty when the index is whole."""
        with self._newest.reading() as snapshot:
            return list(integrity.problems(snapshot, self.stale))

    def _deadline(self) -> Deadline:
        return Deadline(self.budget)


def _chosen(filters: dict[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    lists = {facet: (values,) if isinstance(values, str) else tuple(values) for facet, values in filters.items()}
    return {facet: values for facet, values in lists.items() if values}


def _bound(day: date | str | None, end: int) -> date | None:
    """A day as it is; of a written year, month or day the first (0) or last (1) day."""
    if day is None or isinstance(day, date):
        return day
    try:
        return read_span(str(day))[end]
    except ValueError:
        raise QueryRefused(
            Message("「{day}」不是日期，请写成 2022、2022-05 或 2022-05-22 (not a date)", day=day)
        ) from None


def _printed_at(article: Article) -> tuple[bool, str, str, Sequence[tuple[int, int]]]:
    source, page = article.source, article.source.page or ""
    return not page, page_order(page), source.file, source.spans
