"""Cards: what is told of documents without their texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from search.article import Article, Completion, PublicationDate, Source
from search.engine.builder import build
from search.engine.cards import cards
from search.engine.prepare import prepare
from search.engine.segment import Segment
from search.entry import Card, Entry

INTERVAL = PublicationDate(date(1, 1, 1), date(1, 2, 1), "inferred")
ENTRIES = [
    Entry(Article("a", Source("page1"), body="白鹭"), "folder/page1", "crc:1", (0, 2**64 - 1)),
    Entry(Article("𠀀", Source(""), date=INTERVAL, duplicate_of="gone")),
    Entry(Article("c", Source("page1"), body="鹭", completed_from=(Completion("a", "end", 1, "飞", 0),)), sketch=(7,)),
]
CARDS = [
    Card("a", ENTRIES[0].article.digest(), "folder/page1", "crc:1", "page1", None, (), False, [0, 2**64 - 1]),
    Card("𠀀", ENTRIES[1].article.digest(), "", "", "", "gone", (1, 32), False, []),
    Card("c", ENTRIES[2].article.digest(), "", "", "page1", None, (), True, [7]),
]


@pytest.mark.parametrize("docs", [[0, 1, 2], [0], [1], [2], [0, 2], [2, 0], []])
def test_cards_of_any_documents(tmp_path: Path, docs: list[int]) -> None:
    build(tmp_path / "segment", [prepare(ENTRIES)])
    assert list(cards(Segment(tmp_path / "segment"), docs)) == [CARDS[doc] for doc in docs]
