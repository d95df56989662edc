"""The benchmark's tables, from made-up measurements."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.measure import Indexing, Material, Measured, Opening, Searching, Timing
from benchmarks.parsing import Parsing
from benchmarks.report import machine, percentiles, report, report_parsing

MEASURED = Measured(
    name="Synthetic, 1,000 articles",
    material=Material(Path("corpus.jsonl"), 1000, 1_500_000, ()),
    indexing=Indexing(wall=50.0, cpu=40.0, index_bytes=3_000_000, peak=400_000_000),
    opening=[Opening(30.0, 900.0), Opening(10.0, 1100.0), Opening(20.0, 1000.0)],
    searching=Searching(
        [Timing("common term", 200, [1.0, 2.0, 3.0], [0.5]), Timing("browse all, page 50", 1000, [4.0], [])],
        130_000_000,
    ),
)


def test_every_figure_stands_in_its_row() -> None:
    rows = dict(line.strip("| ").split(" | ", 1) for line in report(MEASURED).splitlines() if line.startswith("|"))
    assert rows["articles"] == "1,000"
    assert rows["text, MB (UTF-8 of title and body)"] == "1.50"
    assert rows["articles a second, wall"] == "20.0"
    assert rows["articles a second, CPU"] == "25.0"
    assert rows["index bytes a text byte"] == "2.00"
    assert rows["peak memory of indexing, MB"] == "400"
    assert rows["opening in a fresh process, ms"] == "20.0"
    assert rows["first query after that, ms"] == "1,000"
    assert rows["peak memory of searching, MB"] == "130"
    assert rows["common term"] == "200 | 2.00 | 2.90 | 0.50 | 0.50"
    assert rows["browse all, page 50"] == "1,000 | 4.00 | 4.00 | – | –"


def test_the_rows_of_a_table_are_of_one_width() -> None:
    heading, facts, queries = report(MEASURED).split("\n\n")
    assert heading == "### Synthetic, 1,000 articles"
    assert {line.count("|") for line in facts.splitlines()} == {3}
    assert {line.count("|") for line in queries.splitlines()} == {7}


@pytest.mark.parametrize(
    ("spent", "expected"),
    [([], ("–", "–")), ([7.0], ("7.00", "7.00")), (list(range(101)), ("50.0", "95.0")), ([1234.5] * 2, ("1,234",) * 2)],
)
def test_percentiles(spent: list[float], expected: tuple[str, str]) -> None:
    assert percentiles(spent) == expected


def test_the_machine_is_named() -> None:
    assert "cores, Python 3." in machine()


def test_stages_of_parsing_by_their_medians_and_all_together() -> None:
    parsing = Parsing(pages=3, text_bytes=2_000_000, seconds={"decode": [0.2, 9.0, 0.1], "layout": [0.6, 0.6, 0.6]})
    rows = dict(line.strip("| ").split(" | ", 1) for line in report_parsing(parsing).splitlines() if line[:1] == "|")
    assert rows["decode"] == "0.100 | 10.0"
    assert rows["layout"] == "0.300 | 3.33"
    assert rows["all"] == "0.400 | 2.50"
