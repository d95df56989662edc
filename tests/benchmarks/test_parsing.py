"""What is measured of parsing: the pages that hold stories, every stage once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.parsing import measure_parsing
from search.errors import BaokuError

STORY = "东巷换了路灯\n本报讯 (记者 王小满) 昨天，东巷的八盏路灯全部换新，夜里回家的居民不用再打手电。\n"


def test_only_pages_with_stories_are_measured(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(STORY, "utf-8")
    (tmp_path / "furniture.txt").write_text("05 版\n", "utf-8")
    (tmp_path / "ready.jsonl").write_text('{"id": "a", "title": "甲", "body": "乙"}\n', "utf-8")
    parsing = measure_parsing([tmp_path], repeat=2)
    assert (parsing.pages, parsing.text_bytes) == (1, len(STORY.encode()))
    assert list(parsing.seconds) == ["decode", "date", "layout", "segment", "describe", "sketch"]
    assert {len(runs) for runs in parsing.seconds.values()} == {2}


def test_a_folder_without_a_story_is_refused(tmp_path: Path) -> None:
    (tmp_path / "furniture.txt").write_text("05 版\n", "utf-8")
    with pytest.raises(BaokuError, match="没有能解析的版面"):
        measure_parsing([tmp_path], repeat=1)
