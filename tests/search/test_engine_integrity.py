"""Everything of an index damaged, one part after another: check finds it and says where."""

import errno
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine_samples import samples
from numpy.typing import NDArray

from search.archive import Archive
from search.article import Article, Source
from search.engine.arrayfile import ArrayFile, ArrayWriter
from search.engine.store import MARKER
from search.entry import Entry
from search.errors import IndexUnreadable

ONLY_THE_INDEXER_KNOWS = ("origin", "fingerprint", "sketch")
"""Nothing in an index could contradict these, once they have the right checksum."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, the first with deleted documents and with something in every array."""
    path = tmp_path_factory.mktemp("whole") / "index"
    archive = Archive.create(path)
    often = Article(
        "often", Source("p", page="1", newspaper="平城报"), body="灯会 " * 20, names_merged={"丁一": "丁二"}
    )
    entries = [Entry(article, "page.txt", "f" * 8, (1, 2, 3)) for article in (often, *samples(48))]
    archive.update(entries[:40])
    archive.update(entries[38:], remove=["a03"])
    return path


@pytest.fixture
def index(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "index")
    return tmp_path / "index"


def segment_of(path: Path) -> Path:
    return max(path.glob("*.seg"), key=lambda file: file.stat().st_size)


def flipped(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


def rewritten(file: Path, name: str, change: Callable[[NDArray[Any]], NDArray[Any]]) -> None:
    """The same file with another array, and with the right checksums."""
    old = ArrayFile(file)
    fresh = file.with_suffix(".other")
    with ArrayWriter(fresh, old.meta) as out:
        for each in old.names:
            out.add(each, change(old[each].copy()) if each == name else old[each])
    fresh.replace(file)


def other_in_the_middle(array: NDArray[Any]) -> NDArray[Any]:
    array[len(array) // 2] ^= 1
    return array


def test_nothing_is_wrong_with_a_whole_index(whole: Path) -> None:
    assert Archive.open(whole).check() == []


def test_damage_of_every_part_of_a_segment_is_named(index: Path) -> None:
    file = segment_of(index)
    array_file = ArrayFile(file)
    data = file.read_bytes()
    for name in array_file.names:
        if len(array_file[name]):
            flipped(file, array_file.start(name))
            (problem,) = Archive.open(index).check()
            assert str(file) in problem
            assert f" {name} " in problem
            file.write_bytes(data)


@pytest.mark.parametrize("place", [0, 9, 40, -1, -9, -20, -100])
def test_damage_of_what_holds_a_segment_together_is_noticed_when_it_is_opened(index: Path, place: int) -> None:
    file = segment_of(index)
    flipped(file, place)
    with pytest.raises(IndexUnreadable, match=file.name):
        Archive.open(index).check()


@pytest.mark.parametrize("pattern", ["*.dead", "*.toc", MARKER])
def test_damage_beside_the_segments_is_noticed_when_the_index_is_opened(index: Path, pattern: str) -> None:
    file = max(index.glob(pattern))
    flipped(file, ArrayFile(file).start("dead") if pattern == "*.dead" else 2)
    with pytest.raises(IndexUnreadable, match=file.name):
        Archive.open(index)


def test_what_is_wrong_though_its_checksum_is_right_is_found(index: Path) -> None:
    """Each array altered in one place: what stands in another one, or in the articles, tells."""
    file = segment_of(index)
    array_file, data = ArrayFile(file), file.read_bytes()
    unseen = []
    for name in array_file.names:
        if len(array_file[name]) and not name.startswith(ONLY_THE_INDEXER_KNOWS):
            rewritten(file, name, other_in_the_middle)
            if not Archive.open(index).check():
                unseen.append(name)
            file.write_bytes(data)
    assert unseen == []


@pytest.mark.parametrize("name", ["tf_more", "tf_rest", "street_codes", "title_pairs_bits", "term_postings"])
def test_tables_that_say_other_things_are_named(index: Path, name: str) -> None:
    file = segment_of(index)
    rewritten(file, name, other_in_the_middle)
    assert any(f"索引文件 {file} " in problem and "不符" in problem for problem in Archive.open(index).check())


def test_a_word_that_no_text_has_is_found(index: Path) -> None:
    file = segment_of(index)

    def another(terms: NDArray[np.uint8]) -> NDArray[np.uint8]:
        place = terms.tobytes().index("灯会".encode())
        terms[place + 5] ^= 1
        return terms

    rewritten(file, "term_bytes", another)
    assert any("postings:" in problem for problem in Archive.open(index).check())


def test_a_field_without_a_single_word_is_whole(tmp_path: Path) -> None:
    """Joined segments do not even have the field."""
    archive = Archive.create(tmp_path / "index")
    for number in range(9):
        archive.add([Article(f"b{number}", Source("p"), body=f"第{number}篇")])
    archive.settle()
    assert archive.check() == []


def test_a_part_that_the_disk_cannot_give_is_named(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = segment_of(index)
    start, real = ArrayFile(file).start("tf"), open

    class Bad(io.BufferedReader):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() == start:
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    def opened(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        return Bad(io.FileIO(path)) if str(path) == str(file) else real(path, mode, *rest, **named)

    archive = Archive.open(index)
    monkeypatch.setattr(io, "open", opened)
    (problem,) = archive.check()
    assert f"索引文件 {file} 的 tf 部分读不出来" in problem


def test_a_segment_that_has_been_deleted_is_checked_as_it_is_mapped(index: Path) -> None:
    archive = Archive.open(index).now()
    Archive.open(index).settle()
    assert archive.check() == []
