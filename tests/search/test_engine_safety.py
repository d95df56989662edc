"""A forged index must not run code: every pickle that Whoosh reads goes through the safe loaders."""

from __future__ import annotations

import os
import pickle
import struct
import sys
import zlib
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_samples import samples
from whoosh.codec.whoosh3 import W3Codec, W3Segment

from search.archive import Archive
from search.engine import safety
from search.errors import IndexUnreadable


class Bomb:
    """Unpickled by an unguarded loader, it makes a folder."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.mark),)


def test_a_bomb_goes_off_when_nothing_guards_against_it(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Bomb(tmp_path / "mark")))
    assert (tmp_path / "mark").exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_loader_refuses_what_is_not_listed(tmp_path: Path, protocol: int) -> None:
    for value in (Bomb(tmp_path / "mark"), sys.exit, Path, [Bomb(tmp_path / "mark")]):
        with pytest.raises(pickle.UnpicklingError):
            safety.loads(pickle.dumps(value, protocol))
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("value", [b"\x80bytes\xff", {"a": [1, 2.5, None]}, (1, b""), array("I", [3, 4]), {5, 6}])
def test_the_loader_reads_what_whoosh_writes(value: object) -> None:
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        assert safety.loads(pickle.dumps(value, protocol)) == value


def test_codecs_other_than_latin1_are_refused() -> None:
    with pytest.raises(pickle.UnpicklingError, match="zlib"):
        safety.loads(b"c_codecs\nencode\n(Vtext\nVzlib\ntR.")


def test_no_module_of_whoosh_keeps_an_unguarded_loader() -> None:
    unguarded = [
        f"{module.__name__}.{name}"
        for module in list(sys.modules.values())
        if module.__name__.split(".")[0] == "whoosh"
        for name, value in vars(module).items()
        if value in (pickle.load, pickle.loads) or (value is pickle and module.__name__ != "whoosh.util.loading")
    ]
    assert unguarded == []


@pytest.fixture
def index(tmp_path: Path) -> Path:
    Archive.create(tmp_path / "index").add(samples(12))
    return tmp_path / "index"


def in_toc(index: Path, bomb: bytes) -> None:
    """As the schema and as the list of segments of the table of contents."""
    (toc,) = index.glob("_MAIN_*.toc")
    data = toc.read_bytes()
    head = data[: data.index(b"\x80")]
    toc.write_bytes(
        head[: head.rindex(b"\xff\xff\xcf\xc7") + 12] + _varint(len(bomb)) + bomb + struct.pack("!ii", 1, 0) + bomb
    )


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def in_stored_fields(index: Path, bomb: bytes) -> None:
    """In the place of each stored record: the column holds them compressed, with their lengths behind."""
    (column,) = index.glob("*._stored.col")
    packed = zlib.compress(bomb, 3)
    assert len(packed) < 256
    column.write_bytes(packed * 12 + bytes([len(packed)] * 12) + b"B")


def in_term_table(index: Path, bomb: bytes) -> None:
    """As the extras of the hash table, whose pickle ends the file together with its length."""
    (table,) = index.glob("*.trm")
    data = table.read_bytes()
    (length,) = struct.unpack("!i", data[-4:])
    table.write_bytes(data[: -4 - length] + bomb + struct.pack("!i", len(bomb)))


def in_postings(index: Path, bomb: bytes) -> None:
    """As the description of every block of postings."""
    (postings,) = index.glob("*.pst")
    data = postings.read_bytes()
    found = []
    start = 0
    while (start := data.find(b"\x80", start)) >= 0:
        found.append(start)
        start += 1
    size = len(data)
    forged = bytearray(data + bomb)
    for place in found:
        forged[place : place + len(bomb)] = bomb
    postings.write_bytes(bytes(forged[: size + len(bomb)]))


@pytest.mark.parametrize("forge", [in_toc, in_stored_fields, in_term_table, in_postings])
def test_a_forged_index_is_unreadable_and_runs_nothing(
    index: Path, tmp_path: Path, forge: Callable[[Path, bytes], None]
) -> None:
    mark = tmp_path / "mark"
    forge(index, pickle.dumps(Bomb(mark), 2))
    with pytest.raises(IndexUnreadable, match="--rebuild"):
        Archive.open(index).search("社区食堂")
    assert not mark.exists()


@pytest.mark.parametrize("version", [-100, -105, -110])
def test_loaders_of_older_whoosh_indexes_are_shut(index: Path, tmp_path: Path, version: int) -> None:
    mark = tmp_path / "mark"
    in_toc(index, pickle.dumps(Bomb(mark), 2))
    (toc,) = index.glob("_MAIN_*.toc")
    data = toc.read_bytes()
    place = data.index(b"\xff\xff\xcf\xc7") + 4
    toc.write_bytes(data[:place] + struct.pack("!i", version) + data[place + 4 :])
    with pytest.raises(IndexUnreadable):
        Archive.open(index)
    assert not mark.exists()


def test_the_list_names_what_segments_are_made_of() -> None:
    segment = W3Segment(W3Codec(), "MAIN")
    segment.delete_document(3)
    read = safety.loads(pickle.dumps([segment], -1))[0]
    assert (read.segid, list(read.deleted_docs())) == (segment.segid, [3])
