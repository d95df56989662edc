"""Snapshots: segments seen as one, what is deleted, and which versions tell one story."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from engine_samples import ALL, samples, store_all

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.request import SearchRequest


def test_segments_that_stay_are_not_opened_again(tmp_path: Path) -> None:
    archive = store_all(tmp_path / "index")
    old = archive._newest.snapshot()
    archive.add(samples(1))
    assert archive._newest.snapshot() is not old
    assert set(map(id, old.segments)) & set(map(id, archive._newest.snapshot().segments))


def test_a_reader_keeps_its_snapshot_while_the_archive_is_written(tmp_path: Path) -> None:
    archive = store_all(tmp_path / "index")
    hits = archive.every(SearchRequest(all_versions=True))
    first = next(hits)
    archive.update([], remove=ALL)
    assert {first.article.id, *(hit.article.id for hit in hits)} == set(ALL)
    assert archive.search().total == 0


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (date(2022, 5, 3), date(2022, 5, 3), ["2022", "2022-05"]),
        (date(2021, 12, 31), date(2022, 1, 1), ["2021", "2022", "2021-12", "2022-01"]),
        (date(999, 1, 1), date(999, 1, 1), ["0999", "0999-01"]),
    ],
)
def test_the_periods_that_a_date_touches(tmp_path: Path, first: date, last: date, periods: list[str]) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([Article("x", Source("f"), body="雨", date=PublicationDate(first, last, "manifest"))])
    assert sorted(archive.search().counts["date"], key=lambda name: (len(name), name)) == periods


def test_versions_that_lead_in_a_circle_or_to_an_unknown_article_are_one_story(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    links = {"a": "b", "b": "c", "c": "b", "d": "gone", "e": "gone", "f": None}
    archive.add(replace(ALL["a00"], id=identity, duplicate_of=other) for identity, other in links.items())
    stories = archive._newest.snapshot().stories
    docs = dict(zip(links, archive._newest.snapshot().docs_of(list(links)).tolist(), strict=True))
    told = {name: stories[doc] for name, doc in docs.items()}
    assert told["a"] == told["b"] == told["c"]
    assert told["d"] == told["e"]
    assert len(set(told.values())) == 3


def test_joined_segments_answer_as_several_do(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    for number in range(0, 48, 6):
        archive.add(samples()[number : number + 6])
    archive.update([], remove=["a07", "a30"])
    requests = [SearchRequest(query, sort=sort) for query in ("社区", "", '"灯会"') for sort in ("relevance", "newest")]
    before = [[(hit.article.id, hit.score) for hit in archive.every(request)] for request in requests]
    counts = [archive.answer(request).counts for request in requests]
    archive.settle()
    assert len(archive._newest.snapshot().segments) == 1
    assert [[(hit.article.id, hit.score) for hit in archive.every(request)] for request in requests] == before
    assert [archive.answer(request).counts for request in requests] == counts
    assert archive.check() == []


def test_an_empty_archive_has_an_empty_snapshot(tmp_path: Path) -> None:
    snapshot = Archive.create(tmp_path / "index")._newest.snapshot()
    assert (snapshot.size, snapshot.doc_of("x"), snapshot.has_versions) == (0, None, False)


def test_terms_behind_the_last_frequent_one_are_found(tmp_path: Path) -> None:
    """Postings are numbered beyond what the type holds in which the few frequent ones are listed."""
    words = [f"w{number:03}" for number in range(400)]
    articles = [Article(f"a{number}", Source(""), body=" ".join(words)) for number in range(200)]
    articles.append(Article("b", Source(""), body=" ".join(["a000"] * 20)))
    archive = Archive.create(tmp_path / "index")
    archive.add(articles)
    assert (archive.search("w399").total, archive.search("a000").total) == (200, 1)


def test_hot_articles_are_bounded_whatever_part_of_them_is_long(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(Article(f"a{number}", Source("f"), captions=("雨" * 1000,)) for number in range(5))
    archive.search("雨")
    assert archive._newest.snapshot().articles.nbytes > 5 * 12_000
