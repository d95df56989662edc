"""The mild preference for what is new."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.engine.compile import LITERAL
from search.engine.found import Found
from search.engine.recency import recent
from search.engine.snapshot import Snapshot

NEWEST = date(2024, 6, 30)
AGES = (0, 365.25, 3 * 365.25)


def printed(days: float) -> PublicationDate:
    day = NEWEST - timedelta(days=int(days))
    return PublicationDate(day, day, "masthead")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.create(tmp_path_factory.mktemp("recency") / "index")
    dates = [*map(printed, AGES), UNDATED]
    archive.add(Article(f"a{n}", Source(""), title="芦苇", body="河湾", date=when) for n, when in enumerate(dates))
    return archive


def raised(snapshot: Snapshot, *scores: float) -> list[float]:
    return recent(snapshot, Found(np.arange(len(scores)), np.array(scores))).score.tolist()


def test_the_newest_gains_half_of_its_score_and_a_year_halves_that(archive: Archive) -> None:
    assert raised(archive._newest.snapshot(), 8.0, 8.0, 8.0, 8.0) == pytest.approx([12.0, 10.0, 9.0, 8.0], abs=0.01)


def test_literal_runs_gain_no_more_than_others(archive: Archive) -> None:
    before = (2 * LITERAL + 8.0, LITERAL + 8.0, LITERAL, 8.0)
    after = (2 * LITERAL + 12.0, LITERAL + 10.0, LITERAL, 8.0)
    assert raised(archive._newest.snapshot(), *before) == pytest.approx(after, abs=0.01)


def test_equal_articles_come_newest_first_and_no_hit_is_lost(archive: Archive) -> None:
    assert [hit.article.id for hit in archive.search("芦苇", sort="recent").hits] == ["a0", "a1", "a2", "a3"]
    assert [hit.article.id for hit in archive.search("", sort="recent").hits] == ["a0", "a1", "a2", "a3"]


def test_an_empty_archive_has_no_newest_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Archive.create(tmp_path_factory.mktemp("empty") / "index")
    assert empty.search("芦苇", sort="recent").total == 0
