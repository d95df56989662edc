"""The table of look-alike characters: what its lines mean, and what is in the project's own."""

from __future__ import annotations

import tomllib
from itertools import permutations
from pathlib import Path

import pytest

from search.errors import BaokuError
from search.forms.table import FILE, HEAVIEST, Misreadings
from search.reference import reference_folder
from search.text import fold


def table(folder: Path, text: str) -> Misreadings:
    (folder / FILE).write_text(text, "utf-8")
    return Misreadings.load(folder)


def test_a_line_is_a_character_and_groups_of_others_with_their_weights(tmp_path: Path) -> None:
    read = table(tmp_path, "\ufeff# 说明\n\n己 9已巳 5乙\r\n未 9末\n己 7已 1弓\n")
    assert read.of("己") == {"已": 7, "巳": 9, "乙": 5, "弓": 1}
    assert read.of("未") == {"末": 9}
    assert read.of("末") == read.of("") == {}


def test_there_need_be_no_table(tmp_path: Path) -> None:
    assert Misreadings.load(tmp_path).of("己") == {}


@pytest.mark.parametrize("line", ["己", "己已", "己 已", "己 9", "己 0已", "己已 9巳", "己 9已 巳"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(BaokuError, match=r"misreadings\.txt 第 2 行应为一个字"):
        table(tmp_path, f"未 9末\n{line}\n")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes("己 9已".encode("gb18030"))
    with pytest.raises(BaokuError, match=r"misreadings\.txt 读不出来"):
        Misreadings.load(tmp_path)


OWN = Misreadings.load()
CHARACTERS = [
    line[0] for line in (reference_folder() / FILE).read_text("utf-8").splitlines() if not line.startswith("#")
]


def test_it_covers_the_common_characters() -> None:
    standard = (
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    )
    assert {fold(char) for char in standard if char} - set(CHARACTERS) == set()


def test_all_of_it_is_folded_and_weighed() -> None:
    for char in CHARACTERS:
        neighbours = OWN.of(char)
        assert 10 <= len(neighbours) <= 40, char
        assert char not in neighbours
        assert fold("".join(neighbours)) == "".join(neighbours)
        assert all(1 <= weight <= HEAVIEST for weight in neighbours.values())


def test_it_knows_the_look_alikes_of_names() -> None:
    """When this fails, data/lookalikes.toml has been edited: run tools/misreadings.py again."""
    groups = tomllib.loads((reference_folder() / "lookalikes.toml").read_text("utf-8"))["groups"]
    pairs = {pair for group in groups for pair in permutations(dict.fromkeys(group), 2)}
    known = set(CHARACTERS)
    assert [one + other for one, other in sorted(pairs) if {one, other} <= known and OWN.of(one).get(other) != 9] == []
