"""Segments made before there was a column are read as if none of their articles had a value in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.archive import Archive
from search.article import Article, Source
from search.engine import builder, schema
from search.upgrade.anew import due, upgrade


def article(identity: str) -> Article:
    return Article(id=identity, source=Source("a.txt", (), "1", "晨光报"), title=identity, body="路灯亮了。")


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index without the column of newspapers."""
    with monkeypatch.context() as earlier:
        fields = tuple(name for name in schema.FACET_FIELDS if name != "newspaper")
        coded = tuple(name for name in builder.CODED_FACETS if name != "newspaper")
        earlier.setattr(builder, "FACET_FIELDS", fields)
        earlier.setattr(builder, "CODED_FACETS", coded)
        Archive.create(tmp_path / "index").add([article("old"), article("older")])
    return tmp_path / "index"


def test_they_are_read_searched_and_joined_with_newer_ones(older: Path) -> None:
    archive = Archive.open(older)
    assert archive.told("newspaper") == {}
    assert archive.search("报纸:晨光报").total == 0
    assert archive.search("路灯").total == 2
    for number in range(9):
        archive.add([article(f"new{number}")])
    archive.settle()
    assert archive.told("newspaper")["晨光报"].stories == archive.search("报纸:晨光报").total == 9
    assert archive.search("路灯").total == 11
    assert archive.check() == []


def test_what_they_lack_is_known_however_they_are_joined_and_made_up_for(older: Path) -> None:
    for number in range(9):
        Archive.open(older).add([article(f"new{number}")])
    Archive.open(older).settle()
    (reason,) = due(older)
    assert "缺少 newspaper 栏" in reason
    archive = upgrade(older, lambda _: ())
    assert due(older) == archive.check() == []
    assert archive.told("newspaper")["晨光报"].stories == 11
