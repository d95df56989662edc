"""The questions follow their rules, the figures their formulas, and plain BM25 is plain BM25."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.corpus import synthetic
from benchmarks.judged import TOPIC, Judged, judged_queries
from benchmarks.ranking import KNOWN, PlainBm25, measure_ranking, score
from benchmarks.report import report_ranking
from search.archive import Archive
from search.article import Article
from search.engine.store import Store
from search.text import fold
from search.words import index_words

ARTICLES = {article.id: article for article in synthetic(300, 7)}
TEXTS = {identity: f"{fold(article.title or '')}\n{fold(article.body)}" for identity, article in ARTICLES.items()}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ranking") / "index"
    Archive.create(path).add(ARTICLES.values())
    return path


@pytest.fixture(scope="module")
def queries(path: Path) -> list[Judged]:
    return judged_queries(Store(path).snapshot(), 7, 4)


def wanted(query: Judged) -> Article:
    return ARTICLES[max(query.grades, key=query.grades.__getitem__)]


def test_every_kind_is_asked_and_half_is_held_back(queries: list[Judged]) -> None:
    kinds = Counter(query.kind for query in queries if query.kind != TOPIC)
    assert len(kinds) == 7
    assert set(kinds.values()) == {4}
    assert sum(query.held for query in queries if query.kind != TOPIC) == 14


def test_what_is_asked_for_stands_in_the_wanted_article_alone_of_its_headline(queries: list[Judged]) -> None:
    for query in queries:
        text = TEXTS[wanted(query).id]
        if "one run" not in query.kind:
            assert all(piece in text for piece in query.query.split(" ")), query
        if query.kind.startswith("headline: some words"):
            assert query.query.replace(" ", "") not in ("", text.split("\n")[0])
        assert query.kind == TOPIC or set(query.grades.values()) == {1}


def test_the_same_seed_asks_the_same(path: Path, queries: list[Judged]) -> None:
    snapshot = Store(path).snapshot()
    assert judged_queries(snapshot, 7, 4) == queries
    assert judged_queries(snapshot, 8, 4) != queries


def bm25(query: list[str]) -> dict[str, float]:
    counts = {
        identity: Counter(w for line in text.split("\n") for w in index_words(line)) for identity, text in TEXTS.items()
    }
    mean = sum(count.total() for count in counts.values()) / len(counts)
    result: Counter[str] = Counter()
    for word in query:
        having = {identity: count[word] for identity, count in counts.items() if count[word]}
        idf = math.log(1 + (len(counts) - len(having) + 0.5) / (len(having) + 0.5))
        for identity, tf in having.items():
            norm = 1.2 * (1 - 0.75 + 0.75 * counts[identity].total() / mean)
            result[identity] += idf * tf * 2.2 / (tf + norm)
    return dict(result)


def test_plain_bm25_against_the_formula(path: Path) -> None:
    words = ["我们", "社会", "zzqq"]
    scores = bm25(words)
    ranked = PlainBm25(Store(path).snapshot())(" ".join(words))
    assert len(ranked) > 20
    assert set(ranked) <= set(scores)
    assert [scores[identity] for identity in ranked] == pytest.approx(sorted(scores.values(), reverse=True)[:100])
    every = PlainBm25(Store(path).snapshot(), all_words=True)
    assert set(every("我们 社会")) == {i for i in ranked if {"我们", "社会"} <= set(index_words(TEXTS[i]))}
    assert every(" ".join(words)) == []


def test_figures_by_hand() -> None:
    queries = [Judged("k", "one", {"a": 1}, False), Judged("k", "two", {"a": 3, "b": 1}, False)]
    lists = {"one": ["x", "a"], "two": ["b", "a"]}
    found = score(queries, lists.__getitem__)
    second = (1 / 1 + 7 / math.log2(3)) / (7 / 1 + 1 / math.log2(3))
    assert found.mrr == pytest.approx(0.5)
    assert found.ndcg == pytest.approx((1 / math.log2(3) + second) / 2)
    assert score(queries, lambda _: ["x"]).found == 0


def test_both_halves_are_reported(path: Path) -> None:
    parts = measure_ranking(path, 7, 4)
    report = report_ranking(parts)
    assert [part.held for part in parts] == sorted(part.held for part in parts)
    assert sum(part.kind == KNOWN for part in parts) == 2
    assert "### Tuned on" in report
    assert "### Held back" in report
    assert len({line.count("|") for line in report.splitlines() if line}) == 2
