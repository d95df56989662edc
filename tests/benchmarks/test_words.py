"""Words are compared with jieba's while they are clocked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from benchmarks import words as module
from benchmarks.corpus import synthetic
from benchmarks.report import report_words
from benchmarks.words import measure_words
from search.errors import BaokuError


def test_words_of_a_corpus_are_those_of_jieba(tmp_path: Path) -> None:
    measured = measure_words(partial(synthetic, 20, 7), tmp_path / "none.txt")
    assert measured.articles == 20
    assert measured.text_bytes > 20 * 3 * 20
    assert "### Words, 20 articles" in report_words(measured)
    assert len(measured.seconds) == 3


@pytest.mark.parametrize(("ours", "theirs"), [(["甲", "乙丙"], ["甲", "乙", "丙"]), (["甲"], ["甲", "乙"])])
def test_a_difference_is_told(ours: list[str], theirs: list[str]) -> None:
    with pytest.raises(BaokuError, match="切词不同"):
        module._check(ours, theirs)
