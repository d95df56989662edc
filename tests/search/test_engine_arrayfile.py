"""Array files: what is written is read, and no damage goes unnoticed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from search.engine import arrayfile
from search.engine.arrayfile import VERSION, ArrayFile, ArrayWriter
from search.errors import IndexUnreadable

DTYPES = ("u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f8")
named = st.dictionaries(
    st.text(min_size=1, max_size=9),
    st.sampled_from(DTYPES).flatmap(lambda dtype: arrays.arrays(dtype, st.integers(0, 40))),
    max_size=5,
)


def write(path: Path, content: dict[str, NDArray[Any]], **meta: object) -> Path:
    with ArrayWriter(path, meta) as out:
        for name, array in content.items():
            out.add(name, array)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small file, with padding in it."""
    return write(tmp_path / "a", {"bytes": np.arange(70, dtype="u1"), "numbers": np.arange(3)}, documents=3)


@given(content=named, documents=st.integers(0, 2**40))
def test_what_is_written_is_read(content: dict[str, NDArray[Any]], documents: int) -> None:
    with TemporaryDirectory() as folder:
        file = ArrayFile(write(Path(folder) / "a", content, documents=documents))
        assert file.meta == {"documents": documents}
        assert not file.damaged()
        for name, array in content.items():
            assert file[name].dtype == array.dtype
            np.testing.assert_array_equal(file[name], array)
            assert file.start(name) % 64 == 0


@given(pieces=st.lists(arrays.arrays("<u4", st.integers(0, 9))))
def test_an_array_may_grow_beside_others(pieces: list[NDArray[Any]]) -> None:
    with TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "a") as out:
            spool = out.spool("growing", "<u4")
            for number, piece in enumerate(pieces):
                spool.write(piece)
                out.add(f"beside {number}", piece)
        assert [path.name for path in Path(folder).iterdir()] == ["a"]
        np.testing.assert_array_equal(ArrayFile(Path(folder) / "a")["growing"], np.concatenate([[], *pieces]))


def test_every_flipped_byte_is_noticed(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        for change in (0x01, 0x80, 0xFF):
            broken = bytearray(whole)
            broken[place] ^= change
            path.write_bytes(broken)
            assert noticed(path), (place, change)


def test_every_cut_is_noticed_at_opening(path: Path) -> None:
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(IndexUnreadable, match=path.name):
            ArrayFile(path)


def test_more_at_the_end_is_noticed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(IndexUnreadable):
        ArrayFile(path)


@given(content=st.binary(max_size=300))
def test_foreign_files_are_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(content)
        with pytest.raises(IndexUnreadable):
            ArrayFile(path)


def test_another_version_says_how_to_rebuild(path: Path) -> None:
    other = bytearray(path.read_bytes())
    other[8] = VERSION + 1
    path.write_bytes(other)
    with pytest.raises(IndexUnreadable, match=f"第 {VERSION + 1} 版.*--rebuild"):
        ArrayFile(path)


def test_a_missing_array_is_named(path: Path) -> None:
    with pytest.raises(IndexUnreadable, match="names"):
        ArrayFile(path)["names"]


def test_the_old_file_stays_when_writing_fails(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(OSError, match="disk full"):
        write_and_fail(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def write_and_fail(path: Path) -> None:
    with ArrayWriter(path) as out:
        out.spool("growing", "u1").write(np.arange(9))
        out.add("more", np.arange(9))
        raise OSError("disk full")


@pytest.mark.parametrize("call", ["os.fsync", "os.replace"])
def test_nothing_is_left_when_the_end_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(call, Mock(side_effect=OSError("disk full")))
        with pytest.raises(OSError, match="disk full"), ArrayWriter(path) as out:
            out.spool("growing", "u1").write(np.arange(9))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_arrays_are_checked_piece_by_piece(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrayfile, "_CHECKED_BYTES", 7)
    file = ArrayFile(path)
    assert not file.damaged()
    data = bytearray(path.read_bytes())
    data[file.start("numbers") + 20] ^= 1
    path.write_bytes(data)
    assert ArrayFile(path).damaged() == ["numbers"]


def test_what_is_forgotten_is_read_again(path: Path) -> None:
    file = ArrayFile(path)
    numbers = file["numbers"]
    before = numbers.tolist()
    file.forget()
    assert numbers.tolist() == before == [0, 1, 2]


def test_other_types_have_no_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="<f4"), ArrayWriter(tmp_path / "a") as out:
        out.add("a", np.zeros(3, np.float32))


def noticed(path: Path) -> bool:
    try:
        return bool(ArrayFile(path).damaged())
    except IndexUnreadable as error:
        return str(path) in str(error)
