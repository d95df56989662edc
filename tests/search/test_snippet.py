"""Snippets and marks: printed text, safely escaped, around the best place."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.tree import Exact, Near, Pattern
from search.snippet import ELLIPSIS, mark, snippet
from search.text import fold

FILLER = "这里说的是别的事。" * 40
TEXTS = (
    st.text(st.sampled_from("水电气后後Aaé<>&\"'…。 \n\u3000\u0301\u200b㎏ﬁ=𠮷\ud800\udc00"), max_size=60) | st.text()
)
TERMS = st.lists(st.sampled_from(["水", "水电", "电气", "后", "a", "é", "g", "水 a", "<", "kg", "i", ""]), max_size=4)


def plain(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html))


def marked(html: str) -> list[str]:
    return [unescape(found) for found in re.findall("<mark>(.*?)</mark>", html)]


@pytest.mark.parametrize(
    ("text", "terms", "html"),
    [
        ("甲<水>&乙", ["水"], "甲&lt;<mark>水</mark>&gt;&amp;乙"),
        ("老舊小區", ["老旧"], "<mark>老舊</mark>小區"),
        ("供水电气", ["水电", "电气"], "供<mark>水电气</mark>"),
        ("水电", ["水", "电"], "<mark>水电</mark>"),
        ("水电", ["水", "水电"], "<mark>水电</mark>"),
        ("老旧\n 小区好", ["老旧小区"], "<mark>老旧</mark>\n <mark>小区</mark>好"),
        ("重5㎏。", ["k"], "重5<mark>㎏</mark>。"),
        ("水 \n电", ["水"], "<mark>水</mark> \n电"),
        ("cafe\u0301s", ["café"], "<mark>cafe\u0301</mark>s"),
        ("水", [], "水"),
        ("", ["水"], ""),
    ],
)
def test_mark(text: str, terms: list[str], html: str) -> None:
    assert mark(text, terms) == html


def test_snippet_without_terms_or_matches_is_the_beginning() -> None:
    for terms in ([], ["水电"]):
        assert snippet(FILLER, terms, 30) == FILLER[:30] + ELLIPSIS


def test_snippet_of_a_short_text_is_the_text() -> None:
    assert snippet("只有水。", ["水"]) == "只有<mark>水</mark>。"
    assert snippet("", ["水"]) == ""


def test_snippet_shows_the_place_with_most_different_terms() -> None:
    text = FILLER + "水水水水。" + FILLER + "有水有电有气。" + FILLER + "电。"
    assert marked(snippet(text, ["水", "电", "气"], 60)) == ["水", "电", "气"]


def test_snippet_begins_with_a_sentence_and_shows_that_text_was_left_out() -> None:
    html = snippet(FILLER + "先说一句。再说水。" + FILLER, ["水"], 40)
    assert re.match(f"{ELLIPSIS}(这里|先说|再说)", html)
    assert html.endswith(ELLIPSIS)
    assert len(plain(html)) <= 42


def test_snippet_at_the_end_of_a_text() -> None:
    html = snippet(FILLER + "最后有水", ["水"], 40)
    assert html.endswith("最后有<mark>水</mark>")


def test_terms_that_stand_far_apart_are_shown_in_two_pieces() -> None:
    html = snippet(FILLER + "这里有水。" + FILLER + "那里有电。" + FILLER, ["水", "电"], 60)
    assert marked(html) == ["水", "电"]
    assert re.fullmatch(f"{ELLIPSIS}[^{ELLIPSIS}]+{ELLIPSIS}[^{ELLIPSIS}]+{ELLIPSIS}", html)
    assert len(plain(html)) <= 63


def test_snippet_ends_with_a_sentence_where_one_ends_nearby() -> None:
    assert (
        snippet("水在这里。这是后来的一句话，说的是别的事情", ["水"], 19)
        == "<mark>水</mark>在这里。这是后来的一句话，说的是别的" + ELLIPSIS
    )
    assert (
        snippet("水在这里，这是前一句说的话。后来又说", ["水"], 16)
        == "<mark>水</mark>在这里，这是前一句说的话。" + ELLIPSIS
    )


def test_patterns_and_nearness_are_marked_where_they_match() -> None:
    near = Near(Exact("水"), Exact("电"), 2)
    assert mark("水，水、电。" + "远" * 9 + "电", [near]) == "水，<mark>水</mark>、<mark>电</mark>。" + "远" * 9 + "电"
    assert mark("老舊\n小区", [Pattern("老?小")]) == "<mark>老舊</mark>\n<mark>小</mark>区"


def test_a_match_longer_than_the_snippet_is_cut() -> None:
    text = "前" + "水" * 50 + "后"
    assert marked(snippet(text, ["水" * 50], 20)) == ["水" * 20]


@settings(deadline=None)
@given(TEXTS, TERMS)
def test_marked_text_is_the_printed_text(text: str, terms: list[str]) -> None:
    html = mark(text, terms)
    assert plain(html) == text
    assert bool(marked(html)) == any(term and term in fold(text) for term in terms)
    assert "\n" not in "".join(marked(html))


@settings(deadline=None)
@given(TEXTS, TERMS, st.integers(1, 20))
def test_snippet_is_a_piece_of_the_printed_text(text: str, terms: list[str], width: int) -> None:
    html = snippet(text, terms, width)
    assert re.sub("</?mark>", "", html).count("<") == 0
    at = 0
    for piece in plain(html).split(ELLIPSIS):
        assert piece in text[at:]
        at = text.index(piece, at) + len(piece)
    if any(term and term in fold(text) for term in terms):
        assert marked(html)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["e\u0301", "\ud83d\ude00", "水", "o\u0323\u0302"]), max_size=30), st.integers(1, 10))
def test_snippet_never_parts_a_character(characters: list[str], width: int) -> None:
    shown = plain(snippet("".join(characters), ["水"], width)).strip(ELLIPSIS)
    assert not re.match("[\u0300-\u036f\udc00-\udfff]", shown)
    assert not re.search("(?:[\ud800-\udbff]|o\u0323?|e)$", shown)
