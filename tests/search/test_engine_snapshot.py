"""Snapshots: what is closed when, and the periods that a date touches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from engine_samples import samples, store_all

from search.archive import Archive
from search.engine.snapshot import Values, _periods
from search.request import MISSING, SearchRequest


def test_readers_are_used_again_and_closed_with_their_snapshot(tmp_path: Path) -> None:
    archive = store_all(tmp_path / "index")
    old = archive._snapshot
    with old.reading() as first:
        pass
    with old.reading() as again, old.reading() as other:
        assert again is first
        assert other is not first
    archive.add(samples(1))
    assert archive._snapshot is not old
    assert [reader._index.is_closed for reader in (first, other)] == [True, True]


def test_a_reader_in_use_is_closed_when_it_comes_back(tmp_path: Path) -> None:
    archive = store_all(tmp_path / "index")
    hits = archive.every(SearchRequest())
    next(hits)
    reader = hits.gi_frame.f_locals["reader"]  # type: ignore[attr-defined]
    archive.add(samples(1))
    next(hits)
    hits.close()  # type: ignore[attr-defined]
    assert reader._index.is_closed


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (date(2022, 5, 3), date(2022, 5, 3), ["2022", "2022-05"]),
        (date(2021, 12, 31), date(2022, 1, 1), ["2021", "2022", "2021-12", "2022-01"]),
        (date(999, 1, 1), date(999, 1, 1), ["0999", "0999-01"]),
    ],
)
def test_periods(first: date, last: date, periods: list[str]) -> None:
    assert _periods(first.toordinal(), last.toordinal()) == periods


def test_documents_without_a_value_are_found_as_missing() -> None:
    values = Values.of([(0, ["a", "b"]), (1, []), (3, ["b"])])
    assert values.names[0] == MISSING
    assert values.having(["b"], 4).tolist() == [True, False, False, True]
    assert values.having([MISSING, "a"], 4).tolist() == [True, True, False, False]
    assert not values.having(["c"], 4).any()


def test_an_empty_archive_has_an_empty_snapshot(tmp_path: Path) -> None:
    snapshot = Archive.create(tmp_path / "index")._snapshot
    assert (snapshot.size, snapshot.doc_of, snapshot.has_versions) == (0, {}, False)
