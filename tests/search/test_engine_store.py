"""Index folders that are foreign, of another version, or damaged: always a sentence, never a crash."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from engine_samples import ALL, samples

from search.archive import Archive
from search.engine.arrayfile import ArrayFile
from search.engine.damage import readable
from search.engine.lock import locked
from search.engine.snapshot import Snapshot
from search.engine.store import FORMAT, MARKER, identity_at
from search.errors import ArticleInvalid, BaokuError, IndexBusy, IndexMissing, IndexUnreadable
from search.request import SearchRequest
from search.upgrade.anew import upgrade


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two segments with a deleted document."""
    path = tmp_path_factory.mktemp("whole") / "index"
    archive = Archive.create(path)
    archive.add(samples(20))
    archive.add(samples(24)[19:])
    return path


def rebuilt(path: Path) -> Archive:
    """An empty archive in place of what is there."""
    with Archive.rebuilding(path):
        pass
    return Archive.open(path)


def use(path: Path) -> list[str]:
    """Everything that reads: what ``check`` says."""
    archive = Archive.open(path)
    for query in ("社区食堂", '"老人们"', "街道:西街街道 -公园", ""):
        archive.search(query)
    list(archive.every(SearchRequest("公园 OR 灯会")))
    for card in archive.cards():
        archive.entry(card.id)
    archive.similar("a02")
    archive.stats()
    return archive.check()


def test_a_whole_index_has_no_problems(whole: Path) -> None:
    assert use(whole) == []


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    for refused in (Archive.open, Archive.create, rebuilt):
        with pytest.raises(IndexUnreadable):
            refused(tmp_path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("letter.txt", "dear")]


def test_a_place_where_no_folder_can_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BaokuError, match="无法"):
        Archive.create(tmp_path / "file" / "index")


@pytest.mark.parametrize("marker", ["{}", "[1]", "[" * 10**5, "\xff", ""])
def test_broken_markers(whole: Path, tmp_path: Path, marker: str) -> None:
    shutil.copytree(whole, tmp_path / "index")
    (tmp_path / "index" / "baoku.json").write_text(marker, "latin-1")
    for refused in (Archive.open, Archive.create):
        with pytest.raises(IndexUnreadable, match="损坏") as caught:
            refused(tmp_path / "index")
        assert "baoku index PATH... --rebuild" in str(caught.value)
    assert rebuilt(tmp_path / "index").corpus().articles == 0


def test_a_whoosh_index_of_someone_else_is_foreign(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    (tmp_path / "index" / "baoku.json").unlink()
    for refused in (Archive.open, Archive.create):
        with pytest.raises(IndexUnreadable):
            refused(tmp_path / "index")
    assert rebuilt(tmp_path / "index").corpus().articles == 0


def test_another_dictionary_makes_the_index_stale(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    marker = tmp_path / "index" / "baoku.json"
    marker.write_text(json.dumps(json.loads(marker.read_text()) | {"analyser_version": "other"}))
    archive = Archive.open(tmp_path / "index")
    assert archive.stale
    assert not Archive.open(whole).stale
    assert archive.search("社区食堂").total
    with pytest.raises(IndexUnreadable, match="只能读"):
        archive.add(samples(1))


def test_rebuilding_empties_an_index(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    archive = rebuilt(tmp_path / "index")
    assert archive.corpus().articles == 0
    archive.add(samples(3))
    assert archive.check() == []


def test_a_running_reader_notices_that_the_index_was_rebuilt(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", 0.0)
    shutil.copytree(whole, tmp_path / "index")
    reader = Archive.open(tmp_path / "index")
    assert reader.search().total
    rebuilt(tmp_path / "index")
    assert reader.search().total == 0


def test_an_index_removed_under_a_running_reader(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", 0.0)
    shutil.copytree(whole, tmp_path / "index")
    reader = Archive.open(tmp_path / "index")
    total = reader.search().total
    shutil.rmtree(tmp_path / "index")
    assert reader.search().total == total, "it goes on with what it has open"
    with pytest.raises(IndexMissing):
        Archive.open(tmp_path / "index")


def test_readers_have_the_old_index_until_the_new_one_is_whole(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "index"
    shutil.copytree(whole, path)
    with Archive.rebuilding(path) as fresh:
        fresh.add(samples(3))
        assert Archive.open(path).corpus().articles > 3
    assert Archive.open(path).corpus().articles == 3
    assert [folder.name for folder in tmp_path.iterdir()] == ["index"]


def test_a_rebuild_that_fails_leaves_the_old_index(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "index"
    shutil.copytree(whole, path)
    with pytest.raises(ArticleInvalid), Archive.rebuilding(path) as fresh:
        fresh.add([*samples(3), replace(samples(1)[0], id="")])
    assert Archive.open(path).corpus().articles > 3
    assert [folder.name for folder in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("failing", [1, 2])
def test_an_exchange_that_fails_puts_the_old_index_back(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    path = tmp_path / "index"
    shutil.copytree(whole, path)
    rename, renames = Path.rename, iter(range(1, 9))

    def interrupted(self: Path, target: Path) -> Path:
        if next(renames) == failing:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(path)
    assert Archive.open(path).corpus().articles > 3
    assert [folder.name for folder in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("use", [Archive.open, Archive.create, lambda path: upgrade(path, tuple)])
def test_an_index_that_a_crash_left_aside_is_moved_back(
    whole: Path, tmp_path: Path, use: Callable[[Path], Archive]
) -> None:
    shutil.copytree(whole, tmp_path / "index.old")
    shutil.copytree(whole, tmp_path / "index.new")
    assert use(tmp_path / "index").corpus().articles > 3
    assert not (tmp_path / "index.old").exists()


def test_nobody_moves_an_index_that_is_being_exchanged(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, tmp_path / "index.old")
    monkeypatch.setattr("search.engine.lock._WAIT_SECONDS", 0.0)
    with locked(tmp_path / "index.old"), pytest.raises(IndexBusy):
        Archive.open(tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_the_working_folder_can_be_an_index_but_not_be_replaced(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, tmp_path / "index")
    monkeypatch.chdir(tmp_path / "index")
    archive = Archive.create(".")
    archive.add(samples(26)[24:])
    with pytest.raises(BaokuError, match="离开"):
        rebuilt(Path("."))
    assert Archive.open(".").corpus() == archive.corpus()


def test_a_link_to_an_index_stays_a_link(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    (tmp_path / "link").symlink_to(tmp_path / "index")
    assert rebuilt(tmp_path / "link").corpus().articles == 0
    assert (tmp_path / "link").is_symlink()


def test_a_folder_that_is_no_index_is_not_to_be_rebuilt(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(IndexUnreadable, match="不是索引文件夹") as caught:
        Archive.open(tmp_path)
    assert "--rebuild" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EINVAL, "Invalid argument"), "已损坏.*--rebuild"),
        (OSError("short"), "已损坏.*--rebuild"),
        (OSError(errno.ENOSPC, "No space left"), "失败：No space left"),
        (PermissionError(errno.EACCES, "Permission denied"), "失败：Permission denied"),
    ],
)
def test_damage_is_told_from_a_full_disk(error: OSError, said: str) -> None:
    with pytest.raises(IndexUnreadable, match=said), readable(Path("index")):
        raise error


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg", "*.dead"])
@pytest.mark.parametrize("keep", [0.0, 0.5, 0.999, None])
def test_files_cut_short_or_missing_never_crash(whole: Path, tmp_path: Path, pattern: str, keep: float | None) -> None:
    shutil.copytree(whole, tmp_path / "index")
    damaged = max((tmp_path / "index").glob(pattern), key=lambda file: file.stat().st_size)
    if keep is None:
        damaged.unlink()
    else:
        damaged.write_bytes(damaged.read_bytes()[: int(damaged.stat().st_size * keep)])
    problems = ["unreadable"]
    with suppress(IndexUnreadable):
        problems = use(tmp_path / "index")
    assert problems


@pytest.mark.parametrize("seed", range(60))
def test_bytes_flipped_anywhere_never_crash(whole: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    shutil.copytree(whole, tmp_path / "index")
    files = sorted(file for file in (tmp_path / "index").iterdir() if file.stat().st_size)
    damaged = chance.choice(files)
    data = bytearray(damaged.read_bytes())
    for _ in range(chance.choice((1, 1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    damaged.write_bytes(bytes(data))
    with suppress(BaokuError):
        use(tmp_path / "index")


def test_check_names_the_file_and_the_part_that_is_wrong(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    segment = max((tmp_path / "index").glob("*.seg"), key=lambda file: file.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[ArrayFile(segment).start("tf")] ^= 1
    segment.write_bytes(data)
    (problem,) = Archive.open(tmp_path / "index").check()
    assert all(part in problem for part in (segment.name, "tf", "校验值不符"))


def test_check_names_what_is_not_found_by_its_id(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Snapshot.doc_of
    monkeypatch.setattr(Snapshot, "doc_of", lambda self, identity: None if identity == "a03" else found(self, identity))
    assert Archive.open(whole).check() == ["文章 a03 按编号找不到 (not found by its id)"]


def test_the_table_of_contents_reaches_the_disk_after_what_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.create(tmp_path / "index")
    steps: list[str] = []
    real = {name: getattr(os, name) for name in ("fsync", "replace")}
    for name in real:
        monkeypatch.setattr(os, name, lambda *args, _name=name: (steps.append(_name), real[_name](*args))[1])
    archive.add(samples(2))
    # The segment and its name, the table and the folder, the table's name and the folder.
    assert steps == ["fsync", "replace", "fsync", "fsync", "replace", "fsync"]


CRASH = """
import os, sys
import search.engine.toc
from search.archive import Archive
from search.article import Article, Source
archive = Archive.open(sys.argv[1])
search.engine.toc.write = lambda *_: os._exit(9)
new = Article("new", Source("f"), body="new")
archive.update([], remove=["a03"]) if sys.argv[2] == "remove" else archive.add([new])
"""


@pytest.mark.parametrize("change", ["add", "remove"])
def test_a_writer_that_dies_leaves_the_index_as_it_was(whole: Path, tmp_path: Path, change: str) -> None:
    shutil.copytree(whole, tmp_path / "index")
    before = Archive.open(tmp_path / "index").corpus()
    died = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path / "index"), change], check=False)
    assert died.returncode == 9
    archive = Archive.open(tmp_path / "index")
    assert archive.corpus() == before
    assert archive.check() == []
    archive.add(samples(26)[24:])
    assert archive.corpus().articles == before.articles + 2
    assert archive.check() == []


def test_nobody_rebuilds_an_index_that_is_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(samples(2))
    monkeypatch.setattr("search.engine.lock._WAIT_SECONDS", 0.0)
    with archive._store.writing(), pytest.raises(IndexBusy):
        rebuilt(tmp_path / "index")
    assert Archive.open(tmp_path / "index").corpus().articles == 2


def test_a_folder_with_a_name_too_long(tmp_path: Path) -> None:
    for refused in (Archive.open, Archive.create):
        with pytest.raises(BaokuError):
            refused(tmp_path / ("x" * 300))


def test_a_reader_sees_the_rebuilt_index_though_its_files_have_the_old_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    Archive.create(path).add([ALL["a01"]])
    reader = Archive.open(path)
    with Archive.rebuilding(path) as fresh:
        fresh.add([ALL["a02"], ALL["a03"]])
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)
    assert {article.id for article in map(reader.article, ALL) if article} == {"a02", "a03"}


def test_an_index_rebuilt_by_another_version_says_so_to_who_has_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    reader = Archive.create(path)
    with Archive.rebuilding(path) as fresh:
        fresh.add([ALL["a02"]])
        marker = fresh._store.path / "baoku.json"
        marker.write_text(marker.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)
    with pytest.raises(IndexUnreadable, match="99"):
        reader.search()


def test_an_archive_that_was_stale_takes_articles_when_it_has_been_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "index"
    with monkeypatch.context() as patch:
        patch.setattr("search.engine.store.analyser_version", lambda: "earlier")
        Archive.create(path)
    stale = Archive.open(path)
    assert stale.stale
    with Archive.rebuilding(path):
        pass
    stale.add([ALL["a02"]])
    assert not stale.stale
    assert stale.corpus().articles == 1


def flip(file: Path, array: str) -> None:
    """Changes the first byte of an array of a file."""
    data = bytearray(file.read_bytes())
    data[ArrayFile(file).start(array)] ^= 0xFF
    file.write_bytes(data)


@pytest.mark.parametrize("array", ["id", "id_starts", "file_names", "sketch_starts"])
def test_check_names_damage_that_keeps_cards_from_being_read(whole: Path, tmp_path: Path, array: str) -> None:
    shutil.copytree(whole, tmp_path / "index")
    flip(min((tmp_path / "index").glob("*.seg")), array)
    (problem,) = Archive.open(tmp_path / "index").check()
    assert f" {array} " in problem


def test_damaged_deletions_are_noticed_when_the_index_is_opened(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "index")
    (file,) = (tmp_path / "index").glob("*.dead")
    flip(file, "dead")
    with pytest.raises(IndexUnreadable, match=file.name):
        Archive.open(tmp_path / "index")


def test_segments_that_are_damaged_are_not_joined(whole: Path, tmp_path: Path) -> None:
    """Their checksums would be made anew, and the damage hidden for ever."""
    shutil.copytree(whole, tmp_path / "index")
    file = max((tmp_path / "index").glob("*.seg"))
    flip(file, "tf")
    archive = Archive.open(tmp_path / "index")
    archive.add(samples(48)[24:])
    with pytest.raises(IndexUnreadable, match=f"{file.name} .*tf"):
        archive.settle()
    assert archive.corpus().articles == 48


def test_a_reader_goes_on_while_a_rebuilt_index_is_moved_into_its_place(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Archive.open(whole)
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)
    monkeypatch.setattr(reader._store, "stamp", lambda: (-1, 0))
    assert reader.corpus().articles == 24


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_a_folder_that_cannot_be_listed_is_no_damage(whole: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Nobody is told to make anew what is there."""
    archive = Archive.open(whole)

    def failing(path: Any = ".") -> Any:
        raise OSError(code, os.strerror(code), os.fspath(path))

    monkeypatch.setattr(os, "listdir", failing)
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)
    for use in (Archive.open, Archive.create):
        with pytest.raises(BaokuError, match=os.strerror(code)) as caught:
            use(whole)
        assert "rebuild" not in str(caught.value)
    assert archive.corpus().articles > 3, "who has it open goes on"


def test_an_identity_that_cannot_be_read_is_not_given_up(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuilt index would be another archive, and a backup could be put in the place of one."""
    shutil.copytree(whole, tmp_path / "index")
    real = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == MARKER:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", failing)
        with pytest.raises(IndexUnreadable, match="Input/output error"), Archive.rebuilding(tmp_path / "index"):
            pass
    assert Archive.open(tmp_path / "index").check() == []
    assert identity_at(tmp_path / "index") == identity_at(whole) != ""
