"""Words are cut the same way everywhere, as jieba cuts them, by whichever cutter there is."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import words as module
from search.errors import BaokuError
from search.text import fold
from search.words import Cutter, analyser_version, cutter, index_words, is_searchable, rust_cut, words

USER_WORDS = ("敖包沟村口", "敖包沟", "covid-19", "wi-fi热点", "5.12", "a_b", "甲㐀乙", "乙·丙", "丁 戊", "c", "的了")
"""Invented, or such as an editor may add: names, words with signs and letters, words that no block can hold."""

CHARACTERS = st.sampled_from("的了在是一和王小二研究生命永泰街道〇々㐀豈\U00020000\ud800ｶ，。·\n c+#&.-_%x59Aé٣")
PIECES = st.one_of(
    CHARACTERS,
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from([*USER_WORDS, "c++", "c#", "4s店", "江南style", "3.5%", "x-51a", "www.a.cn", "1.2.3", "平城区"]),
    st.text("abc019.-_%+#&", max_size=8),
)
MIXTURES = st.lists(PIECES, max_size=30).map("".join)


@pytest.fixture(scope="module")
def with_user_words() -> Cutter:
    pytest.importorskip("rjieba")
    return Cutter(USER_WORDS)


def test_the_fast_cutter_is_in_force(with_user_words: Cutter) -> None:
    assert with_user_words.is_fast
    assert cutter().is_fast


@pytest.mark.parametrize(
    "text",
    [
        *module._TRICKY,
        "敖包沟村口的wi-fi热点和covid-19，5.12与15.123",
        "c++c+c 在c++的了c 甲㐀乙㐀乙·丙",
        "x-covid-19-a_b.a_b",
        "1" * 300 + "-" * 300 + "龘" * 300,
        "",
    ],
)
def test_tricky_texts_are_cut_as_jieba_does(with_user_words: Cutter, text: str) -> None:
    assert with_user_words.cut(text) == with_user_words.tokenizer.lcut(text)


@settings(deadline=None)
@given(MIXTURES)
def test_any_text_is_cut_as_jieba_does(with_user_words: Cutter, text: str) -> None:
    form = fold(text)
    found = with_user_words.cut(form)
    assert found == with_user_words.tokenizer.lcut(form)
    parts = [part for word in found for part in with_user_words.parts[word]]
    assert parts == [word for word in with_user_words.tokenizer.cut_for_search(form) if is_searchable(word)]


def test_parts_are_forgotten_before_they_are_too_many(with_user_words: Cutter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 2)
    for word in ("研究生", "平城", "社会", "研究生"):
        assert with_user_words.parts[word][-1] == word
        assert len(with_user_words.parts) <= 2


def test_without_rjieba_jieba_cuts(with_user_words: Cutter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    assert rust_cut(with_user_words.agreement, list) is None
    plain = Cutter(USER_WORDS)
    assert not plain.is_fast
    assert plain.cut("敖包沟村口x-51a") == ["敖包沟村口", "x", "-", "51a"]


def test_an_rjieba_that_differs_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = SimpleNamespace(add_word=Mock(), cut=list)
    monkeypatch.setitem(
        sys.modules, "rjieba", SimpleNamespace(Jieba=lambda: letters, cut=letters.cut, add_word=letters.add_word)
    )
    other = Cutter(USER_WORDS)
    assert not other.is_fast
    assert other.cut("平城区") == other.tokenizer.lcut("平城区")


def test_what_is_agreed_is_remembered_and_jieba_not_loaded_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rjieba")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "userdict.txt").write_text("敖包沟村口\ncovid-19\n", "utf-8")
    first, again = (
        module._load.__wrapped__(tmp_path / "userdict.txt"),
        module._load.__wrapped__(tmp_path / "userdict.txt"),
    )
    assert again.cut("敖包沟村口的路") == first.cut("敖包沟村口的路") == ["敖包沟村口", "的", "路"]
    assert "tokenizer" in vars(first)
    assert "tokenizer" not in vars(again)
    assert again.cut("covid-19和路") == first.cut("covid-19和路") == ["covid-19", "和", "路"]


def test_a_broken_memory_of_what_is_agreed_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for broken in ("{", "[]", '{"frequencies": 5}', '{"frequencies": 5, "filler": 0, "unclear": 1}'):
        module._load.__wrapped__(tmp_path / "none.txt")
        (memory,) = (tmp_path / "baoku").glob("words-*.json")
        memory.write_text(broken)
        assert module._load.__wrapped__(tmp_path / "none.txt").cut("社区的网格") == ["社区", "的", "网格"]


def test_words_cover_the_text_without_punctuation() -> None:
    assert words("") == []
    assert words(",。 -*") == []
    assert "".join(words(fold("平城区，２０２２年推进。"))) == "平城区2022年推进"


def test_index_words_hold_the_query_words() -> None:
    form = fold("加快推进市域社会治理现代化试点工作")
    assert set(words(form)) <= set(index_words(form))


def test_user_dictionary_keeps_words_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path / "absent"))
    without = analyser_version()
    assert "敖包沟村口" not in words("在敖包沟村口等")
    (tmp_path / "userdict.txt").write_text("\ufeff# 词\n敖包溝村口  # 地名\n\n", "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    assert "敖包沟村口" in words("在敖包沟村口等")
    assert "敖包沟村口" in index_words("在敖包沟村口等")
    assert analyser_version() != without


def test_user_dictionary_in_another_encoding_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "userdict.txt").write_bytes("敖包沟村口".encode("gb18030"))
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    with pytest.raises(BaokuError, match="UTF-8"):
        words("水")


def test_analyser_version_is_short_and_steady() -> None:
    assert re.fullmatch("[0-9a-f]{12}", analyser_version())
    assert analyser_version() == analyser_version()


def test_jieba_cache_is_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    module.cutter_with(tmp_path / "none.txt")
    (kept,) = (tmp_path / "cache" / "baoku").glob("jieba-*")
    assert kept.name.startswith("jieba")
    assert os.stat(kept.parent).st_mode & 0o077 == 0


def test_words_are_cut_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert module.cutter_with(tmp_path / "absent.txt").cut("社区网格")
    assert capfd.readouterr() == ("", "")
