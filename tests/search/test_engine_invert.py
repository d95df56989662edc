"""Lists are what counting by hand gives, made at once or put together from several sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engine.invert import Inverted, invert, joined, moved, narrow, renumbered

Document = Sequence[int]

KEYS = st.one_of(st.integers(0, 3), st.integers(0xFFFE, 0x10001), st.integers(0, (1 << 32) - 1))
DOCUMENTS = st.lists(st.lists(KEYS, max_size=9), max_size=6)


def inverted(documents: Sequence[Document]) -> Inverted:
    keys = np.array([key for document in documents for key in document], dtype=np.uint32)
    return invert(keys, np.repeat(np.arange(len(documents)), [len(document) for document in documents]))


def lists(found: Inverted) -> list[tuple[int, int, int]]:
    """Key, document, how often; in the order of the lists."""
    keys = np.repeat(found.keys, found.counts).tolist()
    return list(zip(keys, found.docs.tolist(), found.tf.tolist(), strict=True))


def by_hand(documents: Sequence[Document]) -> list[tuple[int, int, int]]:
    return sorted((key, doc, tf) for doc, document in enumerate(documents) for key, tf in Counter(document).items())


@given(DOCUMENTS)
def test_lists_are_those_made_by_hand(documents: Sequence[Document]) -> None:
    found = inverted(documents)
    assert lists(found) == lists(narrow(found)) == by_hand(documents)
    assert found.keys.tolist() == sorted({key for document in documents for key in document})


@given(st.lists(DOCUMENTS, min_size=1, max_size=4))
def test_lists_put_together_are_those_of_all_documents(sources: Sequence[Sequence[Document]]) -> None:
    firsts = np.cumsum([0, *map(len, sources)]).tolist()
    parts = [moved(narrow(inverted(source)), first) for source, first in zip(sources, firsts, strict=False)]
    assert lists(joined(parts)) == by_hand([document for source in sources for document in source])


@given(st.lists(st.tuples(st.lists(KEYS, max_size=9), st.booleans()), max_size=6))
def test_documents_without_a_number_are_left_out(documents: Sequence[tuple[Document, bool]]) -> None:
    stays = np.array([kept for _, kept in documents], dtype=bool)
    found = renumbered(inverted([document for document, _ in documents]), np.where(stays, np.cumsum(stays) - 1, -1))
    assert lists(found) == by_hand([document for document, kept in documents if kept])
    assert (found.counts > 0).all()
