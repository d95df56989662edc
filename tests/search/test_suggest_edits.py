"""Terms one edit away, against measuring all pieces and all terms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.suggest.edits import Edits

TEXTS = ("水泊寺", "文瀛湖街道", "张鑫", "丁亚琴", "垃圾分类", "abcd", "寺泊", "水水水水", "一二三四五六七八九十甲乙丙")
EDITS = Edits(TEXTS)


@given(st.text("水泊寺文瀛湖街道张鑫丁亚琴垃圾分类abcd一二三四五六七八九十", max_size=14))
def test_the_pieces_that_one_edit_makes_a_term_of(text: str) -> None:
    expected = {
        (start, end, number)
        for start in range(len(text))
        for end in range(start + 2, len(text) + 1)
        for number, term in enumerate(TEXTS)
        if len(term) <= 12 and (len(term) > 2 or end - start == 2) and OSA.distance(text[start:end], term) == 1
        if len(term) > 2 or text[start:end] == term[::-1]
    }
    found = set(EDITS.near(text))
    assert {one for one in found if len(TEXTS[one[2]]) <= 12} == expected


def test_each_kind_of_edit() -> None:
    for text in ("水泊市", "水寺", "水泊泊寺", "泊水寺"):
        assert (0, len(text), 0) in set(EDITS.near(text)), text
    assert (0, 3, 0) not in set(EDITS.near("水泊寺"))


def test_two_characters_are_only_exchanged() -> None:
    assert set(EDITS.near("鑫张")) == {(0, 2, 2)}
    assert set(EDITS.near("张新")) == set()
    assert set(EDITS.near("张张鑫")) == set()
