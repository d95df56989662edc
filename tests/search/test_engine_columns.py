"""Columns: numbers in few bytes, pieces, and values out of a list of names."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.arrayfile import ArrayFile, ArrayWriter
from search.engine.columns import Coded, Ragged, joined_codes, narrowed, write_bytes, write_coded
from search.engine.snapshot import Values

Rows = list[list[str]]
ROWS = st.lists(st.lists(st.sampled_from(["东街", "河湾", "𠀀里", "a\0"]), unique=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("columns")


@pytest.mark.parametrize(("highest", "size"), [(0, 1), (255, 1), (256, 2), (65535, 2), (65536, 4), (2**32, 8)])
def test_numbers_take_as_few_bytes_as_the_highest_needs(highest: int, size: int) -> None:
    found = narrowed(np.array([0, highest]))
    assert (found.tolist(), found.itemsize) == ([0, highest], size)


@given(st.lists(st.binary(max_size=5)), st.data())
def test_pieces_come_back_one_by_one_and_several_at_once(
    folder: Path, pieces: list[bytes], data: st.DataObject
) -> None:
    with ArrayWriter(folder / "pieces") as out:
        write_bytes(out, "a", pieces)
    column = Ragged(ArrayFile(folder / "pieces"), "a")
    assert [column[number].tobytes() for number in range(len(column))] == pieces
    wanted = data.draw(st.lists(st.sampled_from(range(len(pieces))))) if pieces else []
    values, sizes = column.take(np.array(wanted, dtype=np.int64))
    assert values.tobytes() == b"".join(pieces[number] for number in wanted)
    assert sizes.tolist() == [len(pieces[number]) for number in wanted]


def coded(path: Path, rows: Rows) -> Coded:
    with ArrayWriter(path) as out:
        write_coded(out, "a", rows)
    return Coded(ArrayFile(path), "a", len(rows))


@given(ROWS)
def test_every_document_has_its_names_in_their_order(folder: Path, rows: Rows) -> None:
    column = coded(folder / "coded", rows)
    values = Values(column.names, column.first, column.docs, column.codes)
    assert [values.of(doc) for doc in range(len(rows))] == rows
    assert column.names[0] == ""


@given(st.lists(ROWS, max_size=4))
def test_columns_of_several_segments_are_one(folder: Path, segments: list[Rows]) -> None:
    columns = [coded(folder / f"part{number}", rows) for number, rows in zip(count(), segments, strict=False)]
    bases = np.cumsum([0, *map(len, segments)])[:-1].tolist()
    names, first, docs, codes = joined_codes(columns, bases)
    found = [[names[code]] if code else [] for code in first.tolist()]
    for doc, code in zip(docs.tolist(), codes.tolist(), strict=True):
        found[doc].append(names[code])
    assert found == [row for rows in segments for row in rows]
    assert names[0] == ""
