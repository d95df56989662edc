"""Which issues are held, and in how many stories a name is told, against a plain look through the articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.results import Issue, Told

FIRST, SECOND = date(2020, 1, 10), date(2020, 4, 5)


def article(
    identity: str, first: date | None, last: date | None = None, page: str | None = None, **more: object
) -> Article:
    when = PublicationDate(first, last or first, "masthead") if first else PublicationDate()
    return Article(
        identity, Source(f"{identity}.txt", ((1, 2),), page), title=identity, body="路灯亮了。", date=when, **more
    )


ARTICLES = (
    article("b", FIRST, page="10", reporters=("沈砚",)),
    article("a", FIRST, page="2", reporters=("沈砚", "周一川")),
    article("a-again", FIRST, page="3", duplicate_of="a", complete=False, reporters=("沈砚",)),
    article("a-later", SECOND, page="2", duplicate_of="a"),
    article("orphan", SECOND, duplicate_of="not held", reporters=("周一川",)),
    article("vague", date(2020, 2, 20), date(2020, 3, 2), "2", reporters=("沈砚",)),
    article("undated", None, page="2", reporters=("欧阳知秋",)),
    article("gone", date(2021, 1, 1), page="2", reporters=("不再有",)),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.create(tmp_path_factory.mktemp("issues") / "index")
    archive.add(ARTICLES)
    archive.update((), remove=["gone"])
    return archive


def test_an_issue_has_the_stories_of_a_known_day_once_each(archive: Archive) -> None:
    held = archive.held()
    assert list(held.issues) == [Issue(FIRST, {"2": 1, "10": 1}), Issue(SECOND, {"2": 1, "": 1})]
    assert [issue.stories for issue in held.issues] == [2, 2]
    assert held.stories == len({"a", "b", "orphan"})


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ((FIRST, FIRST), [FIRST]),
        ((None, date(2020, 4, 4)), [FIRST]),
        ((date(2020, 1, 11), None), [SECOND]),
        ((date(2020, 1, 11), date(2020, 4, 4)), []),
        ((date.min, date.max), [FIRST, SECOND]),
    ],
)
def test_bounds_are_inclusive(archive: Archive, bounds: tuple[date | None, date | None], days: list[date]) -> None:
    assert [issue.day for issue in archive.held(*bounds).issues] == days


def test_an_issue_is_read_page_by_page_and_its_best_version(archive: Archive) -> None:
    assert [one.id for one in archive.issue(FIRST)] == ["a", "b"]
    assert [one.id for one in archive.issue(SECOND)] == ["a-later", "orphan"]
    assert archive.issue(date(2020, 2, 25)) == []


def test_a_name_is_told_in_stories_and_days(archive: Archive) -> None:
    assert archive.told("reporter") == {
        "沈砚": Told(3, FIRST, date(2020, 3, 2)),
        "周一川": Told(2, FIRST, SECOND),
        "欧阳知秋": Told(1, None, None),
    }
    assert archive.told("community") == {}


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    assert archive.held().issues == []
    assert archive.held().stories == 0
    assert archive.issue(FIRST) == []
    assert archive.told("street") == {}


def test_what_is_written_shows(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(ARTICLES[:1])
    assert archive.held().stories == 1
    archive.add([replace(ARTICLES[0], id="more")])
    assert archive.held().stories == 2


def test_the_statistics_tell_intervals_and_versions(archive: Archive) -> None:
    stats = archive.stats()
    assert (stats.vague, stats.undated, stats.retold, stats.incomplete) == (1, 1, 1, 1)
