from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.misreadings import Misreading
from indexer.renames import merge_names, merge_stored_names
from search.archive import Archive
from search.article import Article, Source
from search.entry import Entry
from tests.indexer.test_misreadings import NOBODY, OTHERS, RIGHT, TABLE, WRONG, authority, stories

WANTED = st.dictionaries(st.sampled_from(["邱东芳", "邢东芳"]), st.just("邸东芳"))


def findings(wanted: dict[str, str]) -> list[Misreading]:
    return [Misreading(printed, name, 1, 9) for printed, name in wanted.items()]


@given(st.sampled_from(["邸东芳", "邱东芳", "邢东芳"]), st.booleans(), WANTED, WANTED)
def test_what_was_merged_before_leaves_no_trace(
    writer: str, traditional: bool, first: dict[str, str], second: dict[str, str]
) -> None:
    printed = {writer: "繁體"} if traditional else {}
    article = Article(
        "1", Source("p"), reporters=(writer,), photographers=("王明", writer), names_printed={**printed, "王明": "王朋"}
    )
    [once] = merge_names([article], findings(second))
    [twice] = merge_names(merge_names([article], findings(first)), findings(second))
    assert twice == once
    assert merge_names([twice], []) == [article]


class TestStored:
    """The whole archive, run after run."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Archive:
        archive = Archive.create(tmp_path / "index")
        self.add(archive, [*OTHERS, *RIGHT, *WRONG])
        return archive

    def add(self, archive: Archive, articles: Iterable[Article]) -> None:
        archive.update([Entry(article, f"/{article.id}.txt") for article in articles])

    def reporters(self, archive: Archive) -> set[str]:
        return {name for _, name in archive.values("reporter")}

    def test_merged_names_are_stored(self, archive: Archive) -> None:
        [found] = merge_stored_names(archive, NOBODY, TABLE)
        assert (found.printed, found.name) == ("邱东芳", "邸东芳")
        assert self.reporters(archive) == {"王明", "邸东芳"}
        assert archive.search(reporter="邸东芳").total == 14
        assert archive.search('"邱东芳"').total == 2

    def test_a_second_run_finds_the_same_and_writes_nothing(self, archive: Archive) -> None:
        before = merge_stored_names(archive, NOBODY, TABLE)
        version = archive.corpus().version
        assert merge_stored_names(archive, NOBODY, TABLE) == before
        assert archive.corpus().version == version

    def test_an_undone_merge_is_taken_back(self, archive: Archive) -> None:
        version = archive.corpus().version
        merge_stored_names(archive, NOBODY, TABLE)
        assert merge_stored_names(archive, authority(different=[("邸东芳", "邱东芳")]), TABLE) == []
        assert archive.corpus().version == version

    def test_new_articles_can_bring_and_refute_evidence(self, archive: Archive) -> None:
        merge_stored_names(archive, NOBODY, TABLE)
        self.add(archive, stories("邱东芳", 9))
        merge_stored_names(archive, NOBODY, TABLE)
        assert self.reporters(archive) == {"王明", "邸东芳", "邱东芳"}

    def test_runs_one_by_one_end_like_one_run(self, archive: Archive, tmp_path: Path) -> None:
        apart = Archive.create(tmp_path / "apart")
        for part in (WRONG, OTHERS, RIGHT):
            self.add(apart, part)
            merge_stored_names(apart, NOBODY, TABLE)
        merge_stored_names(archive, NOBODY, TABLE)
        assert apart.corpus().version == archive.corpus().version
