"""Names in the order of their sounds."""

from __future__ import annotations

import pytest

from webui.collation import sound


@pytest.mark.parametrize(
    "names",
    [
        ["曹飞", "董芳", "林小禾", "欧阳静", "沈砚", "曾一", "张晶", "郑林"],
        ["邸东芳", "丁亚琴"],  # the first is not among the common characters
        ["李明", "李雪峰"],
    ],
)
def test_names_are_sorted_as_in_a_dictionary(names: list[str]) -> None:
    assert names == sorted(sorted(names), key=sound)


def test_what_has_no_sound_stands_by_itself() -> None:
    assert sound("A龥1") == ("A", *sound("龥"), "1")
    assert sound("") == ()
