import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.letters import SHINGLE, as_text, letter_codes, letters, shingles
from search.text import fold

TEXTS = st.text(st.sampled_from("路灯亮了ＡａΣ１2㎡，。“” \n`龍é\u0301"), max_size=40)


def test_punctuation_blanks_width_and_traditional_forms_make_no_difference() -> None:
    assert as_text(letter_codes("路燈，ＡＢ １２。\n“亮”了")) == as_text(letter_codes("路灯ab12亮了"))


def test_what_folds_to_several_characters_counts_as_the_first() -> None:
    assert as_text(letter_codes("30㎡")) == "30m"


@given(TEXTS)
def test_every_letter_knows_its_place_in_print(text: str) -> None:
    found = letters(text)
    assert as_text(found.codes) == as_text(letter_codes(text))
    assert list(found.places) == sorted(set(found.places))
    for code, place in zip(found.codes.tolist(), found.places.tolist(), strict=True):
        assert chr(code) in fold(text[place])


@given(TEXTS, TEXTS)
def test_letters_of_a_text_are_those_of_its_pieces(one: str, other: str) -> None:
    assert as_text(letter_codes(one + other)) == as_text(letter_codes(one)) + as_text(letter_codes(other))


def test_equal_runs_have_equal_shingles_wherever_they_stand() -> None:
    one, other = shingles(letter_codes("天地人家园林花草")), shingles(letter_codes("云雨天地人家园林"))
    assert len(one) == len(other) == 8 - SHINGLE + 1
    assert one[0] == other[2]
    assert len(np.unique(np.concatenate((one, other)))) == 5


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert len(shingles(letter_codes("天地"))) == 0
    assert len(shingles(letter_codes(""))) == 0
