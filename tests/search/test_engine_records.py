"""Stored records: smaller than themselves, and never another's."""

from __future__ import annotations

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article, Source, to_record
from search.engine.records import compact, packed, unpacked

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS)
def test_a_record_comes_back_with_the_same_text(record: str, text: str) -> None:
    assert unpacked(packed(record, text), text).decode() == record


def test_another_text_is_noticed() -> None:
    text = "河湾的芦苇荡里来了一群白鹭，护鸟队的人天天记下它们的数目。" * 5
    data = packed(f'{{"body":"{text}"}}', text)
    with pytest.raises(zstandard.ZstdError):
        unpacked(data, text.replace("白鹭", "灰雁"))


def test_what_the_text_has_takes_little_room() -> None:
    body = "".join(chr(0x4E00 + number * 37 % 20000) for number in range(500))
    record = compact(to_record(Article("x", Source("f"), body=body)))
    assert len(packed(record, body)) < len(record.encode()) / 8
