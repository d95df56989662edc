"""What a reader is told of a street."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from search.errors import BaokuError
from search.gazetteer import Gazetteer, gazetteer

LIST = """
[[street]]
name = "柳荫街道"
since = 2021-03-02
communities = ["槐树社区"]
villages = ["柳村"]
[[street]]
name = "石桥街道"
[[former]]
names = ["柳树街街道", "柳荫乡"]
until = 2021-03-02
street = "柳荫街道"
[[former]]
names = ["北关街道"]
until = 2020-01-01
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    return tmp_path / "gazetteer.toml"


def test_a_street_has_its_places_and_the_names_it_has_replaced(path: Path) -> None:
    path.write_text(LIST, "utf-8")
    willow, bridge = gazetteer().streets.values()
    assert (willow.since, willow.communities, willow.villages) == (date(2021, 3, 2), ("槐树社区",), ("柳村",))
    assert willow.former_names == (("柳树街街道", date(2021, 3, 2)), ("柳荫乡", date(2021, 3, 2)))
    assert (bridge.name, bridge.since, bridge.former_names) == ("石桥街道", None, ())
    assert gazetteer().former == {"柳树街街道": "柳荫街道", "柳荫乡": "柳荫街道", "北关街道": None}


def test_a_changed_file_is_read_again(path: Path) -> None:
    path.write_text(LIST, "utf-8")
    assert "石桥街道" in gazetteer().streets
    path.write_text(LIST.replace("石桥", "木桥"), "utf-8")
    os.utime(path, ns=(1, 1))
    assert "木桥街道" in gazetteer().streets


def test_without_a_file_nothing_is_told(path: Path) -> None:
    assert not path.exists()
    assert gazetteer() == Gazetteer()


def test_a_broken_file_is_told_in_words(path: Path) -> None:
    path.write_text("[[street", "utf-8")
    with pytest.raises(BaokuError, match="读不懂"):
        gazetteer()


def test_the_projects_own_list_can_be_read() -> None:
    assert all(name == street.name.strip() for name, street in gazetteer().streets.items())
    assert set(filter(None, gazetteer().former.values())) <= set(gazetteer().streets)
