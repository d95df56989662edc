"""Messages: Chinese text to everyone, and what it was made of to whoever asks."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import BaokuError
from search.message import Counted, Message, joined


def test_a_message_is_its_chinese_text() -> None:
    message = Message("没有「{word}」，有 {n:,} 篇", word="月季", n=1234)
    assert message == "没有「月季」，有 1,234 篇"
    assert f"{message}。" == "没有「月季」，有 1,234 篇。"
    assert (message.template, message.values) == ("没有「{word}」，有 {n:,} 篇", {"word": "月季", "n": 1234})


def test_tuples_are_listed() -> None:
    assert Message("其中 {words}", words=("甲", "乙")) == "其中 甲、乙"


def test_parts_are_joined_by_a_template() -> None:
    assert joined("{left}，且{right}", ["甲"]) == "甲"
    assert joined("{left}，且{right}", ["甲", "乙", "丙"]) == "甲，且乙，且丙"


def test_an_error_remembers_its_message() -> None:
    error = BaokuError(Message("第 {n} 行", n=3))
    assert isinstance(str(error), Message)
    assert str(error).values == {"n": 3}


@pytest.mark.parametrize("kind", [Message, Counted])
@given(st.text(), st.integers())
def test_copies_are_equal_whatever_the_values(kind: type[Message], text: str, number: int) -> None:
    message = kind("「{text}」{{}} {n}", text=text, n=number)
    for other in (copy.copy(message), copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert (type(other), other, other.template, other.values) == (kind, message, message.template, message.values)
