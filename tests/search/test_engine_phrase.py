"""Phrases against reading the documents."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from lexicon_samples import segment

from search.engine.phrase import find_phrase
from search.engine.segment import Segment

word = st.sampled_from((b"a", b"b", b"c"))
texts = st.lists(st.lists(word, max_size=9), min_size=1, max_size=6)


def written(path: Path, documents: list[list[bytes]], shift: int = 0) -> Segment:
    """The words of each document at their places, which begin at ``shift``."""
    terms: defaultdict[bytes, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for doc, words in enumerate(documents):
        for place, one in enumerate(words):
            terms[one][doc].append(place + shift)
    return segment(path, {"body": terms}, len(documents))


def contains(words: list[bytes], phrase: list[bytes]) -> bool:
    return any(words[place : place + len(phrase)] == phrase for place in range(len(words)))


@given(documents=texts, phrase=st.lists(word, min_size=1, max_size=4), shift=st.sampled_from((0, 2**32 - 20)))
def test_a_phrase_is_where_its_words_follow_one_another(
    documents: list[list[bytes]], phrase: list[bytes], shift: int
) -> None:
    with TemporaryDirectory() as folder:
        found = find_phrase(written(Path(folder) / "a", documents, shift), "body", phrase)
        assert found.tolist() == [doc for doc, words in enumerate(documents) if contains(words, phrase)]


def test_a_phrase_does_not_reach_into_the_next_document(tmp_path: Path) -> None:
    known = written(tmp_path / "a", [[b"a"], [b"b"], [b"b", b"a"]])
    assert find_phrase(known, "body", [b"a", b"b"]).tolist() == []


def test_unknown_words_and_fields(tmp_path: Path) -> None:
    known = written(tmp_path / "a", [[b"a", b"b"]])
    assert find_phrase(known, "body", [b"a", b"x"]).tolist() == []
    assert find_phrase(known, "title", [b"a", b"b"]).tolist() == []
