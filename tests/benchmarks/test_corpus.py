"""The benchmark's corpora: the same seed gives the same articles, and a bad file is refused in words."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.corpus import FIRST_DAY, LAST_DAY, REPORTERS, STREETS, TOPICS, real, synthetic
from benchmarks.queries import query_set
from search.article import Article
from search.errors import BaokuError
from search.text import fold

LINES: list[dict[str, str | None]] = [
    {"id": "a", "date": "2020-01-02", "title": "旧楼装上电梯", "text": "小区里的旧楼都装上了电梯。", "author": None},
    {"id": "b", "title": "公园添新座椅", "body": "公园里添了二十张座椅。"},
]


def digest(articles: Iterable[Article]) -> str:
    return hashlib.sha256("".join(article.digest() for article in articles).encode()).hexdigest()


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(synthetic(60, seed=7))


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES), encoding="utf-8")
    return file


def test_the_same_seed_gives_the_same_corpus(articles: list[Article]) -> None:
    assert digest(synthetic(60, seed=7)) == digest(articles)
    assert digest(synthetic(60, seed=8)) != digest(articles)


def test_a_longer_corpus_begins_with_the_shorter_one(articles: list[Article]) -> None:
    assert list(synthetic(5, seed=7)) == articles[:5]


def test_synthetic_articles_look_like_those_of_a_newspaper(articles: list[Article]) -> None:
    lengths = sorted(len(article.body) for article in articles)
    assert 300 < lengths[30] < 600
    assert len({article.id for article in articles}) == 60
    assert all(article.title and article.body.endswith("。") for article in articles)
    days = [article.date.start for article in articles if article.date.start]
    assert 0 < len(days) < 60
    assert FIRST_DAY <= min(days) < max(days) <= LAST_DAY


def test_facets_have_several_values_and_none(articles: list[Article]) -> None:
    assert (len(set(STREETS)), len(set(REPORTERS)), len(set(TOPICS))) == (18, 30, 17)
    assert {len(article.streets) for article in articles} == {0, 1, 2, 3}
    assert all(len(set(article.streets)) == len(article.streets) for article in articles)
    assert {street for article in articles for street in article.streets} <= set(STREETS)
    assert all(article.topics for article in articles)


def test_real_articles_keep_their_text_and_get_facets(lines: Path) -> None:
    first, second = real(lines, seed=7)
    assert (first.id, first.title, first.body) == ("a", LINES[0]["title"], LINES[0]["text"])
    assert (first.date.start.isoformat() if first.date.start else None, second.date.known) == ("2020-01-02", False)
    assert first.topics
    assert [first, second] == list(real(lines, seed=7))
    assert [first] == list(real(lines, seed=7, limit=1))


def test_a_packed_file_gives_the_same_articles(lines: Path) -> None:
    packed = lines.with_name("articles.jsonl.xz")
    packed.write_bytes(lzma.compress(lines.read_bytes()))
    assert [article.body for article in real(packed, 7)] == [article.body for article in real(lines, 7)]


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "c"}'])
def test_a_line_that_is_no_article_is_named(lines: Path, line: str) -> None:
    lines.write_text(lines.read_text("utf-8") + line, encoding="utf-8")
    with pytest.raises(BaokuError, match="第 3 行"):
        list(real(lines, seed=7))


def test_a_file_that_is_not_packed_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plain.jsonl.xz"
    file.write_text("{}")
    with pytest.raises(BaokuError, match="读不出来"):
        list(real(file, seed=7))


@pytest.fixture(scope="module")
def texts(articles: list[Article]) -> list[str]:
    return [f"{fold(article.title or '')}\n{fold(article.body)}" for article in articles]


def test_queries_are_fixed_by_the_seed_and_fit_the_corpus(articles: list[Article], texts: list[str]) -> None:
    classes = query_set(articles, seed=7)
    assert classes == query_set(articles, seed=7)
    queries = {kind.name: [request.query for request in kind.requests] for kind in classes}
    assert {len(text) for text in queries["quoted string of 4"]} == {6}
    assert {6 <= len(text) <= 12 for text in queries["phrase of 6-12"]} == {True}
    asked = [text.strip('"') for name in ("mid term", "quoted string of 4", "phrase of 6-12") for text in queries[name]]
    assert len(asked) == 24
    assert all(any(text in article for article in texts) for text in asked)


def test_terms_are_as_common_as_their_class_says(articles: list[Article], texts: list[str]) -> None:
    queries = {kind.name: kind.requests for kind in query_set(articles, seed=7)}
    for name, least, most in (("common term", 8, 18), ("mid term", 1, 1), ("rare term", 1, 1)):
        assert all(least <= sum(request.query in text for text in texts) <= most for request in queries[name])
