"""The archive as it was at a moment, and how its states are told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.archive import Archive
from search.article import Article, Source
from search.engine.snapshot import Snapshot

FIRST = Article("a", Source("a.txt"), title="路灯", body="路灯亮了。")
SECOND = Article("b", Source("b.txt"), title="书屋", body="书屋开门，路灯也亮了。")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "index")
    made.add([FIRST])
    return made


def test_a_moment_stays_as_it_was_whatever_is_committed(archive: Archive) -> None:
    moment = archive.now()
    archive.add([SECOND, replace(FIRST, body="路灯又坏了。")])
    archive.update((), ["a"])
    archive.settle()
    assert [hit.article for hit in moment.search("路灯").hits] == [FIRST]
    assert (moment.corpus().articles, moment.article("b")) == (1, None)
    assert [hit.article for hit in archive.search("路灯").hits] == [SECOND]


def test_resting_forgets_nothing_but_time(archive: Archive) -> None:
    before = [hit.score for hit in archive.search("路灯").hits]
    archive.stats()
    snapshot = archive._newest.snapshot()
    fresh = Snapshot(snapshot.segments, snapshot.dead, snapshot.stamp)
    archive.rest()
    assert snapshot._columns == {}
    assert snapshot.__dict__.keys() == fresh.__dict__.keys()
    assert [hit.score for hit in archive.search("路灯").hits] == before


def test_who_is_reading_when_all_is_forgotten_reads_on(archive: Archive) -> None:
    snapshot = archive._newest.snapshot()

    def made() -> int:
        archive.rest()
        return 7

    assert snapshot._joined("some column", made) == 7


def test_a_state_is_another_after_each_commit_and_the_same_when_opened_again(archive: Archive, tmp_path: Path) -> None:
    moment, state = archive.now(), archive.state
    assert (moment.state, Archive.open(tmp_path / "index").state, len(state)) == (state, state, 16)
    archive.add([SECOND])
    after = archive.state
    archive.add([replace(SECOND, duplicate_of="a")])
    assert archive.corpus().version == Archive.open(tmp_path / "index").corpus().version
    assert len({state, after, archive.state}) == 3
    assert moment.state == state


def test_which_articles_are_versions_changes_the_state_and_not_the_corpus(archive: Archive) -> None:
    archive.add([SECOND])
    version, state = archive.corpus().version, archive.state
    archive.add([replace(SECOND, duplicate_of="a")])
    assert (archive.corpus().version == version, archive.state == state) == (True, False)


def test_a_commit_has_its_time(archive: Archive) -> None:
    assert archive.committed > 0
    assert Archive.open(archive._store.path).committed == archive.committed


def test_whoever_looks_sees_at_once_what_another_process_has_committed(archive: Archive, tmp_path: Path) -> None:
    reader = Archive.open(tmp_path / "index")
    archive.add([SECOND])
    reader.look()
    assert reader.corpus().articles == 2
