"""Misreadings of letters and digits, compared with plain enumeration."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.forms.latin import CONFUSED, confused, edited

WORDS = st.text("abci", min_size=2, max_size=6)


def all_edits(word: str) -> set[str]:
    """Every string that one substitution, deletion, insertion or exchange of neighbours makes of a word."""
    places = range(len(word))
    return (
        {word[:at] + letter + word[at + 1 :] for at in places for letter in ascii_lowercase}
        | {word[:at] + word[at + 1 :] for at in places}
        | {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in ascii_lowercase}
        | {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]}
    )


@given(WORDS)
def test_edits_are_all_that_neither_contain_the_word_nor_are_in_it(word: str) -> None:
    found = {form for form, _, _ in edited(word, lambda _: True)}
    useful = {form for form in all_edits(word) if form not in word and word not in form}
    assert found >= useful
    assert found <= all_edits(word)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_edits_that_stand_in_a_text_are_found(word: str, others: list[str]) -> None:
    text = " ".join(others)
    found = {form for form, _, _ in edited(word, text.__contains__)}
    useful = {form for form in all_edits(word) if form not in word and word not in form}
    assert {form for form in useful if form in text} <= found


@given(WORDS)
def test_what_was_exchanged_is_told(word: str) -> None:
    for form, was, became in edited(word, lambda _: True):
        assert any(word[:at] + became + word[at + len(was) :] == form for at in range(len(word) + 1))


@pytest.mark.parametrize(
    ("run", "forms"),
    [
        ("2o22", {"2022", "zo22"}),
        ("modem", {"rnodem", "moclem", "moderm"[:-2] + "rn"}),
        ("c0vid", {"covid"}),
        ("", set()),
    ],
)
def test_signs_that_look_alike(run: str, forms: set[str]) -> None:
    assert forms <= {form for form, _, _ in confused(run)}


def test_confusion_goes_both_ways() -> None:
    assert set(CONFUSED) == {(other, one) for one, other in CONFUSED}
    assert all(one != other for one, other in CONFUSED)
