"""Completions behind the name of a field: its values, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import COMMUNITIES, REPORTERS, STREETS, TITLES, TOPICS, stored

from search.archive import Archive
from search.query.lexer import FIELDS
from search.suggest.fields import COMPLETED

ALL = {"street": STREETS, "community": COMMUNITIES, "reporter": REPORTERS, "topic": TOPICS, "kind": ("消息",)}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return stored(tmp_path_factory.mktemp("fields") / "index")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggest.complete._SECONDS", 60.0)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("记者:丁", "丁亚琴"),
        ("记者：dyq", "丁亚琴"),
        ("reporter:lv", "吕晟"),
        ("街道:sbs", "水泊寺街道"),
        ("街道:水", "水泊寺街道"),
        ("社区:xinyuan", "馨苑社区"),
        ("主题:xiangcun", "乡村振兴与农业"),
        ("体裁:消", "消息"),
        ("标题:水泊寺", "水泊寺的早市"),
    ],
)
def test_what_comes_first(archive: Archive, typed: str, first: str) -> None:
    assert archive.suggest(typed)[0].text == first


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field in ALL])
def test_the_name_alone_lists_its_values_with_the_most_frequent_first(archive: Archive, name: str) -> None:
    found = archive.suggest(f"{name}:", 50)
    assert {one.text for one in found} == set(ALL[FIELDS[name]])
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)


@given(
    st.sampled_from(sorted(name for name, field in FIELDS.items() if field in ALL)),
    st.sampled_from("abcdlsxy水丁乡社的"),
)
def test_nothing_but_values_of_the_field_and_each_finds_its_stories(archive: Archive, name: str, text: str) -> None:
    for one in archive.suggest(f"{name}:{text}", 50):
        assert one.text in ALL[FIELDS[name]]
        assert archive.search(one.query).total == one.count > 0


def test_headlines_only_once_something_is_typed(archive: Archive) -> None:
    assert archive.suggest("标题:") == []
    assert {one.text for one in archive.suggest("标题:的", 50)} <= set(TITLES)


@pytest.mark.parametrize("typed", ["日期:2022", "版:5", "正文:", "记者:没有这样的人", "记者:" + "丁" * 100])
def test_what_has_no_values_has_no_completions(archive: Archive, typed: str) -> None:
    assert archive.suggest(typed) == []


def test_every_completed_field_can_be_typed() -> None:
    assert set(COMPLETED) <= set(FIELDS.values())
