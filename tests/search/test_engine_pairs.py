"""Exact strings in one segment: what pairs propose, and what the text decides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article, Source
from search.engine.builder import build
from search.engine.deadline import Deadline
from search.engine.pairs import TextIndex, common, units
from search.engine.postings import Ints
from search.engine.prepare import prepare
from search.engine.segment import Segment
from search.entry import Entry

BODIES = ("芦苇荡里白鹭飞", "白鹭不来", "鹭白", "", "𠀀字碑", "丁𠀀丁", "a白b", *("满城花灯" for _ in range(40)))
TITLES = ("白鹭归来", "河湾", "花灯", *("" for _ in BODIES[3:]))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    path = tmp_path_factory.mktemp("pairs") / "segment"
    articles = [
        Article(f"a{number}", Source(""), title=title, body=body, captions=("灯下",) * (number == 1))
        for number, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
    ]
    build(path, [prepare([Entry(article) for article in articles])])
    return Segment(path).texts


def having(index: TextIndex, string: str, bounds: Callable[[Ints], tuple[Ints, Ints]]) -> list[int]:
    text = units(string)
    docs = index.candidates(index.all, text)
    return index.confirmed(docs, text, Deadline.never(), bounds(docs)).tolist()


@pytest.mark.parametrize(
    "string", ["白", "鹭", "白鹭", "鹭白", "花", "花灯", "𠀀", "𠀀丁", "灯下", "下", "无", "城花灯", "丁𠀀丁"]
)
def test_strings_are_in_the_documents_whose_text_has_them(index: TextIndex, string: str) -> None:
    wanted = [doc for doc in range(len(BODIES)) if string in index.text(doc)]
    assert having(index, string, index.bounds) == wanted
    if len(units(string)) <= 2:
        assert index.candidates(index.all, units(string)).tolist() == wanted


@pytest.mark.parametrize("string", ["白", "白鹭", "花灯", "归来", "河湾"])
def test_a_part_is_a_part(index: TextIndex, string: str) -> None:
    in_title = [doc for doc, title in enumerate(TITLES) if string in title]
    in_body = [doc for doc, body in enumerate(BODIES) if string in body]
    assert index.candidates(index.title, units(string)).tolist() == in_title
    assert having(index, string, index.title_bounds) == in_title
    assert having(index, string, index.body_bounds) == in_body


def test_nothing_runs_over_the_border_of_two_parts_or_begins_within_a_unit(index: TextIndex) -> None:
    assert having(index, "归来芦苇", index.bounds) == []
    # Four bytes that stand in the text, but from the middle of one unit to the middle of another.
    shifted = "a白b".encode("utf-16-le")[1:5].decode("utf-16-le")
    docs = np.arange(len(BODIES))
    assert index.confirmed(docs, units(shifted), Deadline.never(), index.bounds(docs)).tolist() == []


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_common_is_the_intersection(left: set[int], right: set[int]) -> None:
    arrays = (np.array(sorted(numbers), dtype=np.int64) for numbers in (left, right))
    assert common(*arrays).tolist() == sorted(left & right)
