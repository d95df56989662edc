"""Several segments made one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.article import Article, Source
from search.engine.builder import build
from search.engine.merge import merge
from search.engine.prepare import prepare
from search.engine.segment import Segment
from search.entry import Entry

ARTICLES = [
    Article("a", Source("one"), title="早市", body="早市开张，早市热闹", streets=("东街街道",)),
    Article("b", Source("two"), body="晚市收摊" * 9, streets=("东街街道", "河湾街道"), duplicate_of="a"),
    Article("c", Source("one"), body="𠀀字碑亮相早市", captions=("碑的正面", "碑的背面")),
    Article("d", Source("three"), body="", reporters=("孙小禾",)),
]


def segment(path: Path, *articles: Article) -> Segment:
    build(path, [prepare([Entry(article, sketch=range(len(article.body))) for article in articles])])
    return Segment(path)


def arrays(found: Segment) -> dict[str, bytes]:
    return {name: found.file[name].tobytes() for name in found.file._places}


@pytest.mark.parametrize("memory", [0, 500, 5000, 1 << 30])
def test_segments_joined_are_the_segment_of_all_their_documents(tmp_path: Path, memory: int) -> None:
    """Whatever the memory, and so the number of keys joined at a time."""
    parts = [segment(tmp_path / "1", *ARTICLES[:2]), segment(tmp_path / "2", *ARTICLES[2:])]
    merge(tmp_path / "joined", [(part, np.arange(part.size)) for part in parts], memory)
    joined, whole = Segment(tmp_path / "joined"), segment(tmp_path / "whole", *ARTICLES)
    assert arrays(joined) == arrays(whole)


def test_nothing_is_left_of_documents_that_are_not_kept(tmp_path: Path) -> None:
    gone = replace(ARTICLES[1], id="gone", streets=("旧街街道",), body="拆了的旧街")
    parts = [segment(tmp_path / "1", ARTICLES[0], gone), segment(tmp_path / "2", gone, *ARTICLES[2:])]
    merge(tmp_path / "joined", [(parts[0], np.array([0])), (parts[1], np.array([1, 2]))], 1 << 30)
    joined, whole = Segment(tmp_path / "joined"), segment(tmp_path / "whole", ARTICLES[0], *ARTICLES[2:])
    assert joined.lexicon[:] == whole.lexicon[:]
    assert joined.coded("street").names == ["", "东街街道"]
    assert joined.coded("duplicate_of").names == [""]
    assert arrays(joined) == arrays(whole)
