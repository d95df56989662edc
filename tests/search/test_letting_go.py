"""What nobody reads any more is let go at once: its memory, and the disk space of its deleted files.

Left to the collector of cycles it would stay for minutes, and with it all that a big snapshot remembers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from search.archive import Archive
from search.article import Article, Source
from search.request import SearchRequest

STORY = Article("one", Source("file"), "社区图书角开门", body="御河边的社区图书角今天开门，孩子们都来看书。")
OTHER = replace(STORY, id="two", title="图书角添新书", body="社区图书角又添了三百本新书，孩子们都很高兴。")

QUESTIONS: dict[str, Callable[[Archive], object]] = {
    "a word": lambda archive: archive.search("图书角"),
    "an exact string": lambda archive: archive.search('"图书角今天"'),
    "a tree": lambda archive: archive.search("(图书角 OR 添*) NOT 无此词"),
    "nearness": lambda archive: archive.search("社区 NEAR/5 图书"),
    "misreadings": lambda archive: archive.search("图书角~"),
    "a filter": lambda archive: archive.search("", kind="news", not_topic="教育"),
    "a list": lambda archive: list(archive.listed(SearchRequest("图书")).rows()),
    "every hit": lambda archive: list(archive.every(SearchRequest("图书"))),
    "trends": lambda archive: archive.trends([SearchRequest("图书")]),
    "no hits": lambda archive: archive.why_nothing(SearchRequest("图书 无此词")),
    "completions": lambda archive: archive.suggest("图"),
    "alternatives": lambda archive: archive.did_you_mean(SearchRequest("图书脚")),
    "the like": lambda archive: archive.similar("one"),
    "the story": lambda archive: archive.story("one"),
    "statistics": lambda archive: (archive.stats(), archive.corpus(), archive.held()),
}


@pytest.fixture
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.usefixtures("uncollected")
def test_a_snapshot_goes_with_the_next_commit(question: str, tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([STORY, OTHER])
    QUESTIONS[question](archive)
    snapshot = ref(archive._newest.snapshot())
    archive.add([STORY, replace(OTHER, body="换了一篇。")])
    assert snapshot() is None
