"""Nearness against a plain search for the nearest pair, and what it may change of the order."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from engine_samples import SENTENCES
from hypothesis import given
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article, Source
from search.engine import nearness as module
from search.engine.compile import LITERAL
from search.engine.found import Found
from search.engine.nearness import LOOKED_THROUGH, WEIGHT, Asked, nearest_first, nearness
from search.engine.recency import SHARE
from search.engine.snapshot import Snapshot
from search.engine.word import K1, idf
from search.query.parse import MAX_TERMS

BODIES = (
    "河灯照水，水照河灯",
    "水灯河",
    "河",
    "灯河𠀀河照灯水灯",
    "照" * 30 + "河" + "照" * 12 + "灯灯",
    "河照照照灯照照照河",
    "",
    "𠀀灯照河水",
)
TITLES = ("灯", "河灯", "河照灯", "", "水", "灯照", "河水灯照", "照")
ARTICLES = [
    Article(f"a{number}", Source(""), title=title, body=body, captions=("河灯", "灯"))
    for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
]
STRINGS = ("河", "灯", "照", "水", "河灯", "灯照", "照照照", "𠀀", "𠀀河", "没有")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three segments."""
    archive = Archive.create(tmp_path_factory.mktemp("nearness") / "index")
    for first, last in ((0, 3), (3, 4), (4, 8)):
        archive.add(ARTICLES[first:last])
    return archive._newest.snapshot()


def text_of(snapshot: Snapshot, doc: int) -> str:
    segment, own = snapshot.place(doc)
    return segment.texts.text(own)


def places(line: str, string: str) -> list[tuple[int, int]]:
    """Where a string begins and ends, counted in UTF-16 units."""

    def unit(index: int) -> int:
        return len(line[:index].encode("utf-16-le")) // 2

    found = [index for index in range(len(line)) if line.startswith(string, index)]
    return [(unit(index), unit(index + len(string))) for index in found]


def plainly(text: str, asked: list[Asked]) -> float:
    total = 0.0
    for one, other in pairwise(asked):
        best = 0.0
        for line in text.split("\n"):
            for start, end in places(line, one.text):
                for begin, finish in places(line, other.text):
                    if begin >= end:
                        best = max(best, 1 / (1 + (begin - end) / 10))
                    if start >= finish:
                        best = max(best, 0.5 / (1 + (start - finish) / 10))
        total += min(one.weight, other.weight) * best
    return WEIGHT * total


@given(
    texts=st.lists(st.sampled_from(STRINGS), min_size=1, max_size=4, unique=True),
    docs=st.sets(st.integers(0, len(ARTICLES) - 1), min_size=1),
)
def test_the_nearest_pairs_are_found(snapshot: Snapshot, texts: list[str], docs: set[int]) -> None:
    asked = [Asked(text, 1.0 + number) for number, text in enumerate(texts)]
    expected = [plainly(text_of(snapshot, doc), asked) for doc in sorted(docs)]
    assert nearness(snapshot, np.array(sorted(docs)), asked) == pytest.approx(expected)


def test_only_the_beginning_of_a_long_text_is_looked_at(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    everything, asked = np.arange(len(ARTICLES)), [Asked("河", 1.0), Asked("灯", 1.0)]
    monkeypatch.setattr(module, "_MOST_UNITS", 20)
    expected = [plainly(text_of(snapshot, doc)[:19], asked) for doc in everything.tolist() if doc not in (3, 7)]
    assert np.delete(nearness(snapshot, everything, asked), (3, 7)) == pytest.approx(expected)


@given(st.lists(st.integers(0, 3), min_size=len(ARTICLES), max_size=len(ARTICLES)))
def test_equal_hits_keep_their_order_and_none_is_lost(snapshot: Snapshot, scores: list[int]) -> None:
    docs = np.array(sorted(range(len(ARTICLES)), key=lambda doc: -scores[doc]))
    before = Found(docs, np.array([float(scores[doc]) for doc in docs]))
    asked = [Asked("河", 1.0), Asked("灯", 1.0)]
    after = nearest_first(snapshot, before, asked)
    raised = dict(zip(range(len(ARTICLES)), nearness(snapshot, np.arange(len(ARTICLES)), asked), strict=True))
    wanted = sorted(docs.tolist(), key=lambda doc: -(scores[doc] + raised[doc]))
    assert after.docs.tolist() == wanted
    assert after.score == pytest.approx([scores[doc] + raised[doc] for doc in wanted])


def test_no_words_and_no_nearness_make_up_for_a_literal_run() -> None:
    worth = idf(10_000_000, 0)
    most = MAX_TERMS * worth * (K1 + 1) + (MAX_TERMS - 1) * WEIGHT * worth
    assert most * (1 + SHARE) < LITERAL


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """More hits than are looked through; the words stand ever farther from one another in bodies of one length."""
    archive = Archive.create(tmp_path_factory.mktemp("many") / "index")
    filling = "".join(SENTENCES).replace("社区", "").replace("灯会", "")
    archive.add(
        Article(
            f"m{number:03}", Source(""), title=f"第{number}号", body=f"社区{filling[:number]}灯会{filling[number:]}"
        )
        for number in range(2 * LOOKED_THROUGH)
    )
    return archive


@pytest.mark.parametrize("query", ["社区 灯会", "灯会 社区", "社区灯会", "社区 OR 灯会"])
@pytest.mark.parametrize("sort", ["relevance", "recent"])
def test_pages_are_pieces_of_one_list_with_falling_scores(many: Archive, query: str, sort: str) -> None:
    pages = [many.search(query, sort=sort, page=page, per_page=15) for page in range(1, 8)]
    hits = [hit for page in pages for hit in page.hits]
    assert [hit.article.id for hit in hits] == [
        hit.article.id for hit in many.search(query, sort=sort, per_page=100).hits
    ]
    assert [hit.article.id for hit in hits] == [hit.article.id for hit in many.every(pages[0].request)]
    assert len({hit.article.id for hit in hits}) == pages[0].total > LOOKED_THROUGH
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_near_words_rank_above_scattered_ones(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    near = Article("near", Source(""), title="甲", body="夜里放烟花，看的人多。" + "".join(SENTENCES))
    far = Article("far", Source(""), title="乙", body="夜里放。" + "".join(SENTENCES) + "烟花，看的人多。")
    archive.add([far, near])
    assert [hit.article.id for hit in archive.search("夜里 烟花").hits] == ["near", "far"]


def test_an_unquoted_run_as_it_stands_comes_first(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    words = Article("words", Source(""), title="社区的食堂，食堂的社区", body="食堂在社区，社区有食堂。")
    literal = Article("literal", Source(""), title="别的", body="".join(SENTENCES) * 5)
    archive.add([words, literal, *(Article(f"x{n}", Source(""), title="无关", body="别处") for n in range(20))])
    for sort in ("relevance", "recent"):
        assert [hit.article.id for hit in archive.search("社区食堂", sort=sort).hits] == ["literal", "words"]
