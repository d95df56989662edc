"""Terms that mean the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from search.errors import BaokuError
from search.forms import synonyms
from search.forms.synonyms import FILE, read_synonyms
from search.reference import reference_folder
from search.text import fold


def read(folder: Path, text: str) -> dict[str, tuple[str, ...]]:
    (folder / FILE).write_text(text, "utf-8")
    return dict(read_synonyms(folder))


def test_each_term_of_a_group_stands_for_the_others() -> None:
    assert synonyms("核酸检测") == ("核酸采样", "核酸筛查")
    assert synonyms("核酸筛查") == ("核酸检测", "核酸采样")
    assert synonyms("口袋公园") == synonyms("") == ()


def test_terms_are_folded_and_may_be_in_several_groups(tmp_path: Path) -> None:
    same = read(tmp_path, 'groups = [["ＡＢＣ", "甲乙"], ["甲乙", "丙丁", "abc"]]')
    assert same == {"abc": ("甲乙", "丙丁"), "甲乙": ("abc", "丙丁"), "丙丁": ("甲乙", "abc")}


def test_there_need_be_no_synonyms(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "groups = 1",
        "groups = 'x'",
        "groups = [[]]",
        'groups = ["甲乙"]',
        'groups = [["甲乙"]]',
        'groups = [["甲乙", "甲乙"]]',
        'groups = [["甲乙", "丙"]]',
        'groups = [["甲乙", 5]]',
        'groups = [["ABC", "abc"]]',
    ],
)
def test_a_wrong_file_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(BaokuError, match=r"synonyms.toml(：groups 应为| 读不出来)"):
        read(tmp_path, text)


def test_no_group_of_ours_is_a_repetition() -> None:
    groups = tomllib.loads((reference_folder() / FILE).read_text("utf-8"))["groups"]
    terms = [fold(term) for group in groups for term in group]
    assert len(groups) >= 80
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
