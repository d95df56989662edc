"""Suggestions are measured on what is known to be there."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import synthetic
from benchmarks.report import report_suggest
from benchmarks.suggest import measure_suggest
from search.archive import Archive
from search.errors import BaokuError


def test_terms_are_found_by_what_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.suggest._NAMES", 5)
    monkeypatch.setattr("benchmarks.suggest._WORDS", 5)
    Archive.create(tmp_path / "index").add(islice(synthetic(60, 7), 60))
    measured = measure_suggest(tmp_path / "index", 7)
    characters = measured.typing[0]
    assert (characters.cases, characters.found) == (10, 10)
    assert {way.name for way in measured.misspelling} >= {"pinyin", "homophone", "missing character"}
    assert "### Suggestions, 60 articles" in report_suggest(measured)


def test_an_archive_without_words_cannot_be_measured(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index")
    with pytest.raises(BaokuError, match="没有词"):
        measure_suggest(tmp_path / "index", 7)
