"""The benchmark of the search page, on a small archive."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import synthetic
from benchmarks.page import measure_pages, report_pages
from search.archive import Archive


def test_every_kind_of_question_has_a_page_that_is_sent_smaller(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index").add(synthetic(200, 7))
    measured = measure_pages(tmp_path / "index", 7, 1)
    assert measured.articles == 200
    assert 0 < measured.files_sent < measured.files_plain
    assert all(0 < one.sent < one.plain for one in measured.classes)
    assert report_pages(measured).count("\n| ") == len(measured.classes)
