"""Tables of contents: the newest counts, damage is told, and what belongs to nobody is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.engine import toc
from search.engine.toc import Entry, Toc
from search.errors import IndexUnreadable

TABLE = Toc(10, (Entry("MAIN_2_1.seg", "MAIN_10_1.dead"), Entry("MAIN_9_1.seg")))


def test_a_table_is_read_as_it_was_written_and_the_newest_counts(tmp_path: Path) -> None:
    assert toc.newest(tmp_path) == toc.newest(tmp_path / "nowhere") == -1
    toc.write(tmp_path, Toc(9))
    toc.write(tmp_path, TABLE)
    (tmp_path / "MAIN_11.toc.tmp").touch()
    assert toc.newest(tmp_path) == 10
    assert toc.read(tmp_path, 10) == TABLE


@pytest.mark.parametrize("place", [0, 20, -9, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    toc.write(tmp_path, TABLE)
    data = bytearray(toc.path_of(tmp_path, 10).read_bytes())
    data[place] ^= 1
    toc.path_of(tmp_path, 10).write_bytes(data)
    with pytest.raises(IndexUnreadable, match=r"MAIN_10\.toc"):
        toc.read(tmp_path, 10)


def test_strays_are_the_engines_own_files_that_the_table_does_not_name(tmp_path: Path) -> None:
    toc.write(tmp_path, TABLE)
    kept = {*TABLE.files(), "baoku.json", "MAIN_WRITELOCK", "notes.txt", "MAIN_notes.seg"}
    strays = {"MAIN_9.toc", "MAIN_2_1.dead", "MAIN_11_1.seg.tmp", "MAIN_11_1.seg.title_pairs.tmp", "MAIN_11.toc.tmp"}
    for name in kept | strays:
        (tmp_path / name).touch()
    assert {path.name for path in toc.strays(tmp_path, TABLE)} == strays


def test_deleted_documents_are_read_as_they_were_written(tmp_path: Path) -> None:
    toc.write_dead(tmp_path / "MAIN_10_1.dead", np.array([0, 7, 2**32 - 1]))
    assert toc.read_dead(tmp_path, TABLE.segments[0]).tolist() == [0, 7, 2**32 - 1]
    assert toc.read_dead(tmp_path, TABLE.segments[1]).tolist() == []
