"""The measurement of exactness finds faults where there are any, and none where there are none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks import corpus
from benchmarks.exactness import Quoted, measure_exactness, report_exactness

PAGE = Path(__file__).parents[2] / "data" / "sample" / "p0004.txt"


def test_every_string_is_found_where_it_stands(tmp_path: Path) -> None:
    found = measure_exactness(partial(corpus.synthetic, 50, 7), [PAGE], tmp_path / "index", 300, 7)
    assert len(found) == 300
    assert all(one.truth == one.found == one.both > 0 for one in found)


def test_a_fault_is_told() -> None:
    report = report_exactness([Quoted("水", 4, 2, 1, 1.0), Quoted("电", 1, 1, 1, 1.0)])
    assert report.splitlines()[-1] == "| all | 2 | 5 | 0.4000 | 0.6667 | 1 | 1.00 | 1.00 |"
