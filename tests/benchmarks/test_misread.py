"""Well-known confusions, planted into made-up articles, are found."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from benchmarks.corpus import synthetic
from benchmarks.misread import confusions, measure_misread, plant, report_misread


def test_nine_of_ten_planted_misreadings_are_found() -> None:
    sought = measure_misread(partial(synthetic, 400, 7), 300, 7)
    assert len(sought) == 300
    assert sum(one.found for one in sought) >= 0.9 * len(sought)
    assert report_misread(sought).splitlines()[-1].startswith("| all | 300 |")


def test_a_planted_string_differs_in_confusions_only() -> None:
    planted = [plant("志愿者打扫社区花园，居民自己动手。", confusions(), Random(seed)) for seed in range(40)]
    for one in planted:
        assert one
        assert one.printed != one.misread
        pairs = [(a, b) for a, b in zip(one.printed, one.misread, strict=True) if a != b]
        assert len(pairs) == one.exchanged
        assert all(b in confusions()[a] for a, b in pairs)


@pytest.mark.parametrize("body", ["", "……", "龘龘龘龘"])
def test_where_nothing_can_be_misread_nothing_is_planted(body: str) -> None:
    assert plant(body, confusions(), Random(1)) is None
    assert plant("己", {}, Random(1)) is None
