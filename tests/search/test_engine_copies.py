"""Backups: of one moment, whole, and put into place only when they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_samples import samples

from search.archive import Archive
from search.engine import copies
from search.engine.lock import LOCK
from search.errors import BaokuError, IndexBusy, IndexMissing, IndexUnreadable


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of two segments with a deleted document."""
    archive = Archive.create(tmp_path / "index")
    archive.add(samples(20))
    archive.add(samples(24)[19:])
    return tmp_path / "index"


def contents(path: Path) -> dict[str, bytes]:
    """The files of an index; that of the lock, which says who held it, is none of them."""
    return {file.name: file.read_bytes() for file in path.iterdir() if file.name != LOCK}


def test_a_copy_is_the_same_archive(index: Path, tmp_path: Path) -> None:
    copied = Archive.copy(index, tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(index)
    assert copied.corpus() == Archive.open(index).corpus()
    assert copied.check() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "index"]


def test_a_later_copy_takes_the_place_of_an_earlier_one(index: Path, tmp_path: Path) -> None:
    Archive.copy(index, tmp_path / "copy")
    Archive.open(index).add(samples(30)[24:])
    assert Archive.copy(index, tmp_path / "copy").corpus().articles == 30
    assert contents(tmp_path / "copy") == contents(index)


def test_what_was_lost_comes_back_and_readers_see_it(index: Path, tmp_path: Path) -> None:
    before = Archive.copy(index, tmp_path / "copy").corpus()
    reader = Archive.open(index)
    reader.update([], remove=[f"a{number:02}" for number in range(12)])
    assert reader.corpus() != before
    Archive.copy(tmp_path / "copy", index)
    reader._newest.look()
    assert reader.corpus() == before
    reader.add(samples(25)[24:])
    assert reader.check() == []


def test_a_damaged_index_can_be_restored(index: Path, tmp_path: Path) -> None:
    before = Archive.copy(index, tmp_path / "copy").corpus()
    for file in index.glob("*.seg"):
        file.write_bytes(file.read_bytes()[:100])
    assert Archive.copy(tmp_path / "copy", index).corpus() == before


def test_commits_while_files_are_being_opened_and_copied_do_no_harm(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step of the copying a writer replaces all articles, and the files of before are deleted."""
    writer, corpora = Archive.open(index), [Archive.open(index).corpus()]
    read, copied, commits = copies.toc.read, copies._copied, iter(range(6))

    def commit() -> None:
        if next(commits, None) is not None:
            writer.add(samples(24))
            writer.update([], remove=[f"a{len(corpora):02}"])
            corpora.append(writer.corpus())

    def slow_read(*words: object) -> object:
        table = read(*words)
        if words[0] == index and not commits_are_own:
            commits_are_own.append(True)
            commit()
            commits_are_own.clear()
        return table

    commits_are_own: list[bool] = []
    monkeypatch.setattr(copies, "toc", _Toc(slow_read))
    monkeypatch.setattr(copies, "_copied", lambda *words: (commit(), copied(*words)))
    taken = Archive.copy(index, tmp_path / "copy")
    assert taken.corpus() in corpora
    assert taken.check() == []
    assert len(corpora) > 4


class _Toc:
    """The module of tables of contents with another way to read them."""

    def __init__(self, read: object) -> None:
        self.read = read

    def __getattr__(self, name: str) -> object:
        from search.engine import toc

        return getattr(toc, name)


@pytest.mark.parametrize("ending", ["*.seg", "*.dead", "*.toc", "baoku.json"])
def test_a_damaged_source_replaces_nothing(index: Path, tmp_path: Path, ending: str) -> None:
    Archive.copy(index, tmp_path / "copy")
    earlier = contents(tmp_path / "copy")
    file = next(index.glob(ending))
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(IndexUnreadable):
        Archive.copy(index, tmp_path / "copy")
    assert contents(tmp_path / "copy") == earlier
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "index"]


def test_what_holds_something_else_is_left_alone(index: Path, tmp_path: Path) -> None:
    Archive.create(tmp_path / "other").add(samples(3))
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("keep me")
    for name in ("other", "foreign", "index", "index/inside", "."):
        before = [contents(tmp_path / place) for place in ("other", "foreign", "index")]
        with pytest.raises(BaokuError):
            Archive.copy(index, tmp_path / name)
        assert [contents(tmp_path / place) for place in ("other", "foreign", "index")] == before
    with pytest.raises(IndexMissing):
        Archive.copy(tmp_path / "nowhere", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_nothing_is_restored_while_somebody_writes(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive.copy(index, tmp_path / "copy")
    monkeypatch.setattr("search.engine.lock._WAIT_SECONDS", 0.0)
    store = Archive.open(index)._store
    with store.writing(), pytest.raises(IndexBusy):
        Archive.copy(tmp_path / "copy", index)
