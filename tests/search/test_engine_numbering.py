"""Words by number have the parts that are indexed for them, whatever was met before."""

from __future__ import annotations

import pytest

from search.engine import numbering as module
from search.engine.numbering import numbering
from search.words import cutter, index_words

TEXTS = ("推进市域社会治理", "治理，治理！社会", "")


def parts(*texts: str) -> list[list[str]]:
    """What is indexed for each text; a text a field."""
    with numbering(cutter()) as numbers:
        vocabulary, found, sizes = numbers.parts({text: list(numbers.of(text)) for text in texts})
    assert [len(found[text]) for text in texts] == [sizes[text].sum() for text in texts]
    assert sorted(vocabulary) == sorted({word for text in texts for word in index_words(text)})
    return [[vocabulary[place] for place in found[text]] for text in texts]


def test_parts_are_the_words_to_be_indexed() -> None:
    for _ in range(2):
        assert parts(*TEXTS) == [index_words(text) for text in TEXTS]
        assert parts(TEXTS[1]) == [index_words(TEXTS[1])]


def test_what_is_learnt_stays_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    test_parts_are_the_words_to_be_indexed()
    with numbering(cutter()) as numbers:
        assert len(numbers) == 0


def test_no_two_have_one_at_a_time() -> None:
    with numbering(cutter()) as one, numbering(cutter()) as other:
        assert one is not other
    with numbering(cutter()) as again:
        assert again is one or again is other
