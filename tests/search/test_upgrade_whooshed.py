"""Whoosh's own files: what is forged in them is not run."""

import os
import pickle
import shutil
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from whoosh.columns import VarBytesColumn
from whoosh.filedb.filestore import FileStorage

from search.engine.damage import readable
from search.errors import IndexUnreadable
from search.upgrade.whooshed import stored

FIXTURE = Path(__file__).parents[1] / "fixtures" / "indexes" / "2-2026-11-26" / "index.zip"


class Forged:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.folder),)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    with ZipFile(FIXTURE) as packed:
        packed.extractall(tmp_path / "index")
    return tmp_path / "index"


def read(index: Path) -> list[str]:
    with readable(index):
        return [found.id for found in stored(index)]


def test_deleted_articles_are_not_read(index: Path) -> None:
    assert len(read(index)) == len(set(read(index))) == 7


def test_a_forged_table_of_contents_runs_nothing(index: Path, tmp_path: Path) -> None:
    (table,) = index.glob("*.toc")
    data = table.read_bytes()
    table.write_bytes(data[: data.rindex(b"\x80\x05")] + pickle.dumps([Forged(tmp_path / "run")]))
    with pytest.raises(IndexUnreadable):
        read(index)
    assert not (tmp_path / "run").exists()


def test_forged_fields_run_nothing(index: Path, tmp_path: Path) -> None:
    file = max(index.glob("*._stored.col"), key=lambda file: file.stat().st_size)
    storage = FileStorage(str(index))
    with storage.open_file(file.name) as opened:
        count = len(VarBytesColumn.Reader(opened, 0, file.stat().st_size, _count(file))._lengths)
    writer = VarBytesColumn().writer(storage.create_file("forged"))
    for doc in range(count):
        writer.add(doc, zlib.compress(pickle.dumps(Forged(tmp_path / "run"), 2)))
    writer.finish(count)
    writer._dbfile.close()
    shutil.move(index / "forged", file)
    with pytest.raises(IndexUnreadable):
        read(index)
    assert not (tmp_path / "run").exists()


def _count(file: Path) -> int:
    """The number of documents of a segment: its lengths of titles have a byte each."""
    return file.with_name(file.name.replace("_stored", "_body_len")).stat().st_size
