"""The tree's logic against plain sets."""

from __future__ import annotations

import pytest
from engine_samples import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article
from search.engine.compile import compiled
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.snapshot import Snapshot
from search.query.tree import And, Dates, Everything, Exact, Has, Node, Not, Or
from search.request import MISSING
from search.text import searchable

ARTICLES = samples()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Two segments."""
    archive = Archive.create(tmp_path_factory.mktemp("store") / "index")
    archive.add(ARTICLES[:30])
    archive.add(ARTICLES[30:])
    return archive._newest.snapshot()


def evaluated(snapshot: Snapshot, node: Node) -> dict[str, float]:
    found = Evaluator(snapshot, Deadline.never()).find(compiled(node, snapshot.known_value))
    return {snapshot.identity(doc): score for doc, score in zip(found.docs.tolist(), found.score, strict=True)}


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
    assert set(evaluated(snapshot, tree)) == {a.id for a in ARTICLES if fits(a, tree)}


def test_a_hit_in_the_title_ranks_before_one_in_the_body(tmp_path_factory: pytest.TempPathFactory) -> None:
    archive = Archive.create(tmp_path_factory.mktemp("rank") / "index")
    archive.add([ARTICLES[0], *(a for a in ARTICLES if "灯会" in a.body)])
    hits = archive.search('"灯会"', per_page=100).hits
    in_title = ["灯会" in TEXTS[hit.article.id]["title"] + (TEXTS[hit.article.id]["subtitle"]) for hit in hits]
    assert in_title == sorted(in_title, reverse=True)
