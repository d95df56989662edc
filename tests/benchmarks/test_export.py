"""The benchmark of exports on a small archive: counts agree, and killed exports are called what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import synthetic
from benchmarks.export import Killed, differing, measure_formats, measure_kills
from benchmarks.report import report_formats, report_kills
from search.archive import Archive


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exports") / "index"
    Archive.create(place).add(synthetic(300, 7))
    return place


def test_five_counts_agree(index: Path) -> None:
    assert differing(index, 12, 7) == []


def test_killed_exports_are_called_what_they_are(index: Path, tmp_path: Path) -> None:
    killed = measure_kills(index, tmp_path, 4, 7)
    assert [one for one in killed if not one.right] == []
    assert report_kills(killed).startswith("4 exports killed, 0 of which")
    assert report_kills([Killed("csv", False, "whole", False)]).endswith("finished=False)")


def test_formats_are_measured(index: Path) -> None:
    (one,) = measure_formats(index, ["jsonl"])
    assert one.rows == 300
    assert one.memory > 1_000_000
    assert report_formats([one]).splitlines()[-1].startswith("| jsonl | 300 |")
