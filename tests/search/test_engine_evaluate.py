"""Scores against Whoosh's own searcher, and the tree's logic against plain sets."""

from __future__ import annotations

import pytest
from engine_samples import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import scoring
from whoosh.index import FileIndex
from whoosh.query import Query
from whoosh.searching import Searcher

from search.archive import Archive
from search.article import Article
from search.engine import compile
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator, Found
from search.engine.schema import SCHEMA
from search.engine.snapshot import Snapshot
from search.engine.store import Store
from search.query.tree import And, Dates, Everything, Exact, Has, Node, Not, Or, Words
from search.request import MISSING
from search.text import searchable

ARTICLES = samples()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two segments and no deleted documents, which Whoosh would count in its statistics."""
    archive = Archive.create(tmp_path_factory.mktemp("store") / "index")
    archive.add(ARTICLES[:30])
    archive.add(ARTICLES[30:])
    return archive._store


@pytest.fixture(scope="module")
def snapshot(store: Store) -> Snapshot:
    return Snapshot(store)


def evaluated(snapshot: Snapshot, what: Node | Query) -> Found:
    with snapshot.reading() as reader:
        evaluator = Evaluator(snapshot, reader, Deadline.never())
        return evaluator.ranked(what) if isinstance(what, Query) else evaluator.find(what)


def by_whoosh(store: Store, query: Query) -> dict[str, float]:
    index = FileIndex(store._storage, schema=SCHEMA)
    with Searcher(index.reader(), weighting=scoring.BM25F()) as searcher:
        hits = searcher.search(query, limit=None)
        cards = Snapshot(store).ids
        return {cards[hit.docnum]: hit.score for hit in hits}


@pytest.mark.parametrize(
    "words", [("社区",), ("志愿者",), ("开张",), ("公园", "志愿者"), ("剪纸", "城墙"), ("没有过",)]
)
@pytest.mark.parametrize("field", [None, "title", "body"])
def test_words_score_as_in_whoosh(store: Store, snapshot: Snapshot, words: tuple[str, ...], field: str | None) -> None:
    query = compile.words(Words("".join(words), words, field))
    found = evaluated(snapshot, query)
    ours = {snapshot.ids[doc]: found.score[doc] for doc in found.mask.nonzero()[0].tolist()}
    theirs = by_whoosh(store, query)
    assert ours == pytest.approx(theirs)
    assert sorted(ours, key=lambda i: (-round(ours[i], 9), i)) == sorted(
        theirs, key=lambda i: (-round(theirs[i], 9), i)
    )


def test_some_words_are_there_to_compare(store: Store) -> None:
    assert len(by_whoosh(store, compile.words(Words("社区", ("社区",))))) > 5


TEXTS = {article.id: searchable(article) for article in ARTICLES}
leaves = st.sampled_from(
    [
        Everything(),
        Exact("社区食堂"),
        Exact("城"),
        Exact("灯会", "title"),
        Exact("的", "body"),
        Has("street", "西街街道"),
        Has("reporter", MISSING),
        Dates(None, None),
        Dates(ARTICLES[1].date.start, None),
    ]
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def fits(article: Article, node: Node) -> bool:
    """What the tree means, one article at a time."""
    match node:
        case And(parts):
            return all(fits(article, part) for part in parts)
        case Or(parts):
            return any(fits(article, part) for part in parts)
        case Not(part):
            return not fits(article, part)
        case Exact(text, field):
            parts = TEXTS[article.id]
            names = {"title": ("title", "kicker", "subtitle"), "body": ("body",)}.get(field or "", tuple(parts))
            return any(text in parts[name] for name in names)
        case Has("street", value):
            return value in article.streets
        case Has():
            return not article.reporters + article.authors
        case Dates(None, None):
            return not article.date.known
        case Dates(first, _):
            return bool(article.date.end and first and article.date.end >= first)
    return True


@settings(deadline=None)
@given(tree=trees)
def test_trees_mean_what_they_say(snapshot: Snapshot, tree: Node) -> None:
    found = evaluated(snapshot, tree)
    assert {snapshot.ids[doc] for doc in found.mask.nonzero()[0]} == {a.id for a in ARTICLES if fits(a, tree)}
    assert not found.score[~found.mask].any()


def test_a_hit_in_the_title_ranks_before_one_in_the_body(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive.create(tmp_path_factory.mktemp("rank") / "index")
    archive.add([ARTICLES[0], *(a for a in ARTICLES if "灯会" in a.body)])
    hits = archive.search('"灯会"', per_page=100).hits
    in_title = ["灯会" in TEXTS[hit.article.id]["title"] + (TEXTS[hit.article.id]["subtitle"]) for hit in hits]
    assert in_title == sorted(in_title, reverse=True)
