"""The readings of characters, and the file that they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import BaokuError
from search.reference import general_list
from search.suggest.readings import Readings, blur, readings


def chars(codes: object) -> str:
    return "".join(map(chr, codes))  # type: ignore[call-overload]


COMMON = ["行xing", "行hang", "长chang", "长zhang", "乐yue", "单shan", "重chong", "晟sheng", "泊bo", "解xie"]


@pytest.mark.parametrize(("char", "syllable"), [(pair[0], pair[1:]) for pair in COMMON])
def test_characters_have_all_their_common_readings(char: str, syllable: str) -> None:
    assert syllable in readings().of(char)
    assert char in chars(readings().spelt(syllable))
    assert char in chars(readings().beginning(syllable[:2]))


def test_readings_of_old_are_left_out() -> None:
    assert readings().of("大") == ["da", "dai", "tai"]
    assert list(readings().of("寺")) == ["si"]
    assert list(readings().of("a")) == []


def test_u_with_two_dots_may_be_written_v_or_u() -> None:
    for spelling in ("lv", "lu"):
        assert "绿" in chars(readings().spelt(spelling))
    assert "略" in chars(readings().spelt("lue"))
    assert "路" not in chars(readings().spelt("lv"))


def test_unknown_syllables_have_no_characters() -> None:
    assert chars(readings().spelt("xyz")) == ""
    assert chars(readings().beginning("v")) == ""
    assert chars(readings().sounding("xyz")) == ""


def test_syllables_of_a_place_are_the_shortest_first() -> None:
    assert list(readings().syllables_at("xxianshi", 1)) == ["xi", "xia", "xian"]


def test_sounds_that_are_confused_are_one() -> None:
    assert blur("zhuang") == blur("zuan")
    assert "水" in chars(readings().sounding("sui"))
    assert "英" in chars(readings().sounding("yin"))


def test_a_wrong_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    (tmp_path / "readings.txt").write_text("# 注\nshui 水\n\nbo：泊\n", "utf-8")
    with pytest.raises(BaokuError, match=r"readings\.txt 第 4 行"):
        readings()


def test_the_folder_of_a_newspaper_may_lack_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    assert general_list("readings.txt").exists()
    (tmp_path / "readings.txt").write_text("hei 甲", "utf-8")
    assert list(readings().of("甲")) == ["hei"]


def test_a_syllable_may_have_several_lines() -> None:
    assert chars(Readings({"bo": "泊波"}).spelt("bo")) == "泊波"
