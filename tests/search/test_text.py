"""Folding is literal, stable and reversible."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import text
from search.article import Article, Source
from search.text import fold, folded, is_mark, searchable

LETTERS = "水後ＡaÉß1①㎏ﬁ…´゛ｶﾞか\uff9e\u3099=\u0338e\u0301\u0323각ᄀİΣ\ud800"
OTHERS = "“”「—· \n\t\u3000\u00a0\u200b\u00ad\ufeff\U000e0100"
CHARACTERS = st.sampled_from(LETTERS + OTHERS) | st.characters()
TEXTS = st.text(CHARACTERS, max_size=60)


def is_invisible(char: str) -> bool:
    return text.INVISIBLES.match(char) is not None


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("ＡＢＣ　ｄ", "abc d"),
        ("後來臺灣", "后来台湾"),
        ("乾隆著", "干隆著"),
        ("“甲”„乙‟〝丙〞「丁」『戊』＂", '"甲""乙""丙""丁""戊""'),
        ("‘甲’‚‛", "'甲'''"),
        ("甲—乙–丙―丁‐戊‑己−庚─辛－壬", "甲-乙-丙-丁-戊-己-庚-辛-壬"),
        ("甲·乙•丙・丁‧戊･己", "甲·乙·丙·丁·戊·己"),
        ("平\n城　区 ，好", "平城区,好"),
        ("  平城\n", "平城"),
        ("open \n\t the", "open the"),
        ("2022 年", "2022 年"),
        ("年 。2", "年。2"),
        ("a . b", "a . b"),
        ("平\u200b城\ufeff\u00ad区", "平城区"),
        ("a\u200bb", "ab"),
        ("平 \u200b 城", "平城"),
        ("葛\U000e0100", "葛"),
        ("e\u0301E\u0301é", "ééé"),
        ("ｶﾞ", "ガ"),
        ("㎏①", "kg1"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_fold(printed: str, form: str) -> None:
    assert fold(printed) == form
    assert folded(printed).text == form


def test_no_single_character_changes_when_folded_twice() -> None:
    forms = {fold(chr(code)) for code in range(0x30000)}
    assert [form for form in forms if fold(form) != form] == []


@settings(deadline=None)
@given(TEXTS)
def test_folding_twice_changes_nothing(printed: str) -> None:
    assert fold(fold(printed)) == fold(printed)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_a_piece_folds_to_a_piece(printed: str, data: st.DataObject) -> None:
    borders = [at for at in range(len(printed) + 1) if at == len(printed) or not joins_the_one_before(printed, at)]
    first, last = sorted(data.draw(st.tuples(st.sampled_from(borders), st.sampled_from(borders))))
    assert fold(printed[first:last]) in fold(printed)


def joins_the_one_before(printed: str, at: int) -> bool:
    return is_mark(printed[at]) or is_invisible(printed[at])


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_only_the_border_of_two_texts_depends_on_both(left: str, right: str) -> None:
    if not right or joins_the_one_before(right, 0):
        return
    whole = fold(left + right)
    assert whole in (fold(left) + fold(right), fold(left) + " " + fold(right))


@settings(deadline=None)
@given(TEXTS)
def test_offsets_lead_back_to_the_printed_characters(printed: str) -> None:
    form = folded(printed)
    offsets = list(form.offsets)
    assert form.text == fold(printed)
    assert len(offsets) == len(form.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(printed)
    for char, at in zip(form.text, offsets, strict=False):
        cluster = re.match(f"(?s:.)[{text._MARKS}{text._INVISIBLE}]*", printed[at:])
        assert cluster
        assert printed[at].isspace() if char == " " else char in fold(cluster[0])


@settings(deadline=None)
@given(TEXTS)
def test_whole_texts_fold_as_their_characters_do(printed: str) -> None:
    whole = f"{printed}，{'平城區' * 20}……{printed}"
    assert fold(whole) == folded(whole).text


@settings(deadline=None)
@given(st.text(st.sampled_from('平城區Aa1 \n\u3000，…“"—'), max_size=60))
def test_offsets_of_a_whole_text_are_those_of_its_pieces(printed: str) -> None:
    fold(printed)
    quick, careful = folded(printed), text._folded_piecewise(printed)
    assert (quick.text, list(quick.offsets)) == (careful.text, list(careful.offsets))


def test_large_texts_fold_like_small_ones() -> None:
    piece = "老旧小区 Ａ級，"
    assert fold(piece * 50_000) == fold(piece) * 50_000


def test_searchable_parts_stay_apart() -> None:
    article = Article("a", Source(""), title="標 題", body="第一段\n第二段", captions=("图 一", "图二"), section="Ａ")
    assert searchable(article) == {
        "title": "标题",
        "kicker": "",
        "subtitle": "",
        "body": "第一段第二段",
        "captions": "图一\n图二",
        "byline": "",
        "section": "a",
    }


def test_marks_are_what_unicode_says() -> None:
    assert all(is_mark(char) for char in "\u0301\u3099\uff9e")
    assert not any(is_mark(char) for char in "a水´゛")
    assert unicodedata.category("\uff9e") == "Lm"


def test_people_are_searchable_as_printed_and_canonical_unless_the_byline_names_them() -> None:
    article = Article(
        "a",
        Source(""),
        byline="本报記者 王小满 图文",
        reporters=("王小满",),
        correspondents=("李青",),
        photographers=("韩瑩", "李青"),
        authors=("墨存",),
        names_printed={"墨存": "黑存", "王小满": "王小蒲"},
    )
    assert searchable(article)["byline"] == "本报记者王小满图文\n王小蒲\n李青\n韩莹\n黑存\n墨存"
