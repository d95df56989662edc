"""What a text may have been misread as: found when it stands in the archive, never more, and within bounds."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.forms import Form, Forms, misread_forms
from search.forms.misread import LONGEST, QUESTIONS
from search.forms.table import HEAVIEST, misreadings

LIKELY = 6
TEXTS = st.text("未末己已人入日曰王玉土士社杜文", min_size=2, max_size=7)


def found(text: str, archive: str, limit: int = 64) -> list[str]:
    return [form.text for form in misread_forms(text, archive.__contains__, limit).forms]


@pytest.mark.parametrize(
    ("text", "misread", "why"),
    [
        ("自己", "自已", "形近：己→已"),
        ("周末", "周未", "形近：末→未"),
        ("社区居委会", "杜区居委会", "形近：社→杜"),
        ("水泊寺街道", "水泊寺街遒", "形近：道→遒"),
        ("已经开始", "己经开姑", "形近：已→己、始→姑"),
        ("covid", "cowid", "差一个字母：v→w"),
        ("covid", "covvid", "差一个字母：多了 v"),
        ("covid", "cvid", "差一个字母：少了 o"),
        ("covid", "cvoid", "差一个字母：ov→vo"),
        ("covid疫情", "c0vid疫情", "形近：o→0"),
        ("2020年", "2o20年", "形近：0→o"),
        ("modern", "modem", "形近：rn→m"),
        ("5g基站", "sg基站", "形近：5→s"),
    ],
)
def test_a_misreading_that_stands_in_the_archive_is_found_and_told(text: str, misread: str, why: str | None) -> None:
    forms = misread_forms(text, f"前文{misread}后文".__contains__).forms
    assert [(form.text, form.why) for form in forms] == [(misread, why)]


@pytest.mark.parametrize(
    ("text", "archive"),
    [
        ("己", "已巳"),
        ("", "已"),
        ("自己", "自己"),
        ("自己", "目已"),
        ("社区居委", "杜区届季会"),
        ("2022", "2023 2122"),
        ("gdp", "gap"),
        ("covid", "covids covi ovid"),
        ("——", "一一"),
    ],
)
def test_nothing_is_found(text: str, archive: str) -> None:
    """One character, none misread, too many of them, other numbers, short words, and what is found anyhow."""
    assert misread_forms(text, archive.__contains__) == Forms()


@given(TEXTS, st.lists(TEXTS, max_size=8))
def test_forms_stand_in_the_archive_and_differ_in_look_alikes_only(text: str, others: list[str]) -> None:
    archive = "\n".join(others)
    for form in misread_forms(text, archive.__contains__).forms:
        assert form.text in archive
        exchanged = [(one, other) for one, other in zip(text, form.text, strict=True) if one != other]
        assert 1 <= len(exchanged) <= (1 if len(text) <= 3 else 2)
        assert all(other in misreadings().of(one) for one, other in exchanged)
        assert 0 < form.weight < 1


@settings(max_examples=30)
@given(TEXTS, st.data())
def test_nothing_likely_is_missed(text: str, data: st.DataObject) -> None:
    """Every way to exchange one character, or two from four on, for a likely look-alike is found where it stands."""
    most = 1 if len(text) <= 3 else 2
    likely = [[other for other, weight in misreadings().of(char).items() if weight >= LIKELY] for char in text]
    places = data.draw(st.sampled_from([c for n in range(1, most + 1) for c in combinations(range(len(text)), n)]))
    for chosen in list(product(*(likely[place] for place in places)))[:20]:
        read = list(text)
        for place, other in zip(places, chosen, strict=True):
            read[place] = other
        assert "".join(read) in found(text, "首" + "".join(read) + "尾")


def test_the_likeliest_come_first_and_the_limit_is_told() -> None:
    archive = " ".join(f"{char}区" for char in misreadings().of("社"))
    forms, more = (all_ := misread_forms("社区", archive.__contains__)).forms, all_.more
    assert not more
    assert [form.weight for form in forms] == sorted((form.weight for form in forms), reverse=True)
    assert forms[0] == Form("杜区", HEAVIEST / (HEAVIEST + 1), "形近：社→杜")
    assert misread_forms("社区", archive.__contains__, 3) == Forms(forms[:3], more=True)


@settings(deadline=None, max_examples=50)
@given(
    st.text(max_size=2000) | st.text("ab己i1", min_size=1, max_size=LONGEST) | st.text("社区居委会", max_size=LONGEST)
)
def test_whatever_is_asked_the_questions_are_few(text: str) -> None:
    asked = 0

    def stands(_: str) -> bool:
        nonlocal asked
        asked += 1
        return True

    given_back = misread_forms(text, stands)
    assert asked <= QUESTIONS
    assert len(given_back.forms) <= 64
    assert given_back.more or (len(text) <= LONGEST and asked < QUESTIONS)
