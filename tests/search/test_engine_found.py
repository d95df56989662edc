"""The algebra of scored sets against dictionaries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.found import NOTHING, Found, best, either, every, inside, mask_of, without

SIZE = 400
Scored = dict[int, float]
sets = st.dictionaries(
    st.integers(0, SIZE - 1) | st.integers(0, 20), st.integers(0, 9).map(float), max_size=40
) | st.builds(lambda start: dict.fromkeys(range(start, SIZE), 1.0), st.integers(0, SIZE))
several = st.lists(sets, max_size=5)


def found(scores: Scored) -> Found:
    docs = sorted(scores)
    return Found(np.array(docs, dtype=np.int64), np.array([scores[doc] for doc in docs], dtype=np.float64))


def scores(of: Found) -> Scored:
    assert of.docs.tolist() == sorted(of.docs.tolist())
    return dict(zip(of.docs.tolist(), of.score.tolist(), strict=True))


@given(parts=several)
def test_every_adds_the_scores_of_common_documents(parts: list[Scored]) -> None:
    common = set.intersection(*map(set, parts)) if parts else set()
    expected = {doc: sum(part[doc] for part in parts) for doc in common}
    assert scores(every(list(map(found, parts)), SIZE)) == expected


@given(parts=several)
def test_either_adds_the_scores_of_all_documents(parts: list[Scored]) -> None:
    expected = {doc: sum(part.get(doc, 0) for part in parts) for part in parts for doc in part}
    assert scores(either(list(map(found, parts)), SIZE)) == expected


@given(parts=several)
def test_best_takes_the_highest_score(parts: list[Scored]) -> None:
    expected = {doc: max(one[doc] for one in parts if doc in one) for part in parts for doc in part}
    assert scores(best(list(map(found, parts)), SIZE)) == expected


@given(part=sets, other=sets)
def test_without_keeps_scores(part: Scored, other: Scored) -> None:
    expected = {doc: score for doc, score in part.items() if doc not in other}
    assert scores(without(found(part), found(other).docs, SIZE)) == expected


@given(docs=sets, others=sets)
def test_inside(docs: Scored, others: Scored) -> None:
    answer = inside(found(docs).docs, found(others).docs, SIZE)
    assert answer.tolist() == [doc in others for doc in sorted(docs)]


@given(docs=sets)
def test_mask(docs: Scored) -> None:
    assert np.flatnonzero(mask_of(found(docs).docs, SIZE)).tolist() == sorted(docs)


def test_boosted() -> None:
    assert scores(found({1: 2.0, 5: 3.0}).boosted(0.5)) == {1: 1.0, 5: 1.5}


def test_unscored_and_nothing() -> None:
    assert scores(Found.unscored(np.array([3, 4]))) == {3: 0.0, 4: 0.0}
    assert scores(NOTHING) == {}
    assert found({1: 2.0}).nbytes == pytest.approx(16)
