"""Commits: all or nothing, and what must not be stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from engine_samples import (
    ALL,
    ids,
)

from search.archive import Archive
from search.article import Article, PublicationDate, Source, from_record, to_record
from search.entry import Entry
from search.errors import ArticleInvalid, IndexBusy, IndexUnreadable


def test_entries_and_cards_keep_the_marks(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    entry = Entry(ALL["a01"], "folder/page1.txt", "crc:1", (0, 7, 2**64 - 1))
    archive.update([entry])
    assert archive.entry("a01") == entry
    (card,) = archive.cards()
    assert (card.id, card.origin, card.fingerprint) == ("a01", "folder/page1.txt", "crc:1")
    assert tuple(card.sketch) == entry.sketch
    assert (card.digest, card.file, card.duplicate_of) == (ALL["a01"].digest(), "page1.txt", None)


def test_replacing_and_removing(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(ALL.values())
    before = archive.corpus()
    archive.update([Entry(replace(ALL["a03"], body="全新的内容"))], remove=["a01", "a02", "unknown"])
    assert archive.corpus().articles == len(ALL) - 2
    assert archive.corpus().version != before.version
    assert ids(archive, '"全新的内容"') == ["a03"]
    assert archive.article("a01") is None
    archive.add([ALL["a01"], ALL["a02"], ALL["a03"]])
    assert archive.corpus() == before
    assert archive.check() == []


def test_the_last_of_several_articles_with_one_id_is_kept(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    first = Article("x", Source("f"), body="先来的")
    archive.add([first, replace(first, body="后到的")])
    assert archive.corpus().articles == 1
    assert archive.article("x") == replace(first, body="后到的")


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    for article in ALL.values():
        archive.add([article])
    assert len(list((tmp_path / "index").glob("*.seg"))) <= 12
    assert archive.check() == []
    assert len(ids(archive, "", all_versions=True)) == len(ALL)


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (replace(ALL["a01"], id=""), "id"),
        (replace(ALL["a01"], id="x" * 201), "200"),
        (replace(ALL["a01"], id=7), "id"),
        (replace(ALL["a01"], body=None), "body"),
        (replace(ALL["a01"], title="半个\ud83d"), "a01"),
        (replace(ALL["a01"], streets=("西街街道", 3)), "streets"),
        (replace(ALL["a01"], names_printed={"a": 1}), "names_printed"),
        (replace(ALL["a01"], kind="poem"), "kind"),
        (replace(ALL["a01"], source=None), "a01"),
        (replace(ALL["a01"], date=PublicationDate(date(1900, 1, 1), date(2022, 1, 1))), "一百年"),
        ("not an article", "类型"),
    ],
)
def test_a_bad_article_is_refused_and_nothing_of_its_batch_stored(tmp_path: Path, article: Article, said: str) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ALL["a00"]])
    with pytest.raises(ArticleInvalid, match=said):
        archive.add([ALL["a02"], article, ALL["a03"]])
    assert archive.corpus().articles == 1
    archive.add([ALL["a02"]])
    assert archive.corpus().articles == 2


@pytest.mark.parametrize("sketch", [(-1,), (2**64,), ("a",), 5])
def test_a_bad_sketch_is_refused(tmp_path: Path, sketch: object) -> None:
    archive = Archive.create(tmp_path / "index")
    with pytest.raises(ArticleInvalid, match="a01"):
        archive.update([Entry(ALL["a01"], sketch=sketch)])  # type: ignore[arg-type]


def test_a_commit_that_fails_leaves_the_archive_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ALL["a00"], ALL["a01"]])
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.writer.build", Mock(side_effect=ZeroDivisionError))
        with pytest.raises(IndexUnreadable):
            archive.update([Entry(ALL["a02"])], remove=["a00"])
    assert {article.id for article in map(archive.article, ("a00", "a01")) if article} == {"a00", "a01"}
    archive.update([Entry(ALL["a02"])], remove=["a00"])
    assert set(ids(archive, all_versions=True)) == {"a01", "a02"}
    assert archive.check() == []


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    full = OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.writer.build", Mock(side_effect=full))
        with pytest.raises(IndexUnreadable, match="No space left"):
            archive.add([ALL["a00"]])
    archive.add([ALL["a00"]])


def test_a_second_writer_waits_and_then_says_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    monkeypatch.setattr("search.engine.lock._WAIT_SECONDS", 0.0)
    with Archive.open(tmp_path / "index")._store.writing(), pytest.raises(IndexBusy, match="起在写索引"):
        archive.add([ALL["a00"]])
    archive.add([ALL["a00"]])


def test_merging_keeps_what_was_replaced_replaced(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    for round_ in range(3):
        for number, article in enumerate(ALL.values()):
            if number < 10:
                archive.update([Entry(replace(article, body=f"第{round_}稿"))], remove=["\ud800"])
    archive.update([], remove=["a03"])
    assert set(ids(archive, '"第2稿"', all_versions=True)) == {f"a{number:02}" for number in range(10)} - {"a03"}
    assert ids(archive, '"第1稿"') == []
    assert archive.check() == []


def test_what_the_entries_raise_is_no_damage_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.prepare.CHUNK", 1)
    archive = Archive.create(tmp_path / "index")
    archive.memory = 0

    def entries() -> Iterator[Entry]:
        yield from map(Entry, list(ALL.values())[:6])
        raise LookupError("a page that cannot be read")

    with pytest.raises(LookupError, match="a page"):
        archive.update(entries())
    assert archive.corpus().articles == 0


def test_nothing_is_left_of_a_commit_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.prepare.CHUNK", 1)
    archive = Archive.create(tmp_path / "index")
    archive.add([ALL["a00"]])
    before = set((tmp_path / "index").iterdir())
    archive.memory = 0
    with pytest.raises(ArticleInvalid):
        archive.add([*list(ALL.values())[:6], replace(ALL["a01"], kind="poem")])
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.toc.write", Mock(side_effect=OSError(28, "No space left on device")))
        with pytest.raises(IndexUnreadable, match="No space left"):
            archive.add([ALL["a01"]])
    assert set((tmp_path / "index").iterdir()) == before


@pytest.mark.parametrize(
    "article",
    [
        Article("x", Source("f"), title="", body="雨"),
        Article("x", Source("f", ((1.0, True),)), body="雨", complete=1),  # type: ignore[arg-type]
        Article("x", Source("f"), date=PublicationDate(datetime(2022, 5, 1, 8), datetime(2022, 5, 1, 9))),
    ],
)
def test_what_is_stored_is_the_checked_article(tmp_path: Path, article: Article) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([article])
    assert archive.article("x") == from_record(to_record(article))
    assert archive.check() == []
