"""The order of hits, and which version of a story stands for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.engine.builder import id_key
from search.engine.found import Found
from search.engine.order import BY_SCORE, leading, ordered
from search.engine.snapshot import Snapshot
from search.request import SORTS

COUNT = 700
FIRST = date(2023, 3, 1)


def when(number: int) -> PublicationDate:
    """Few days for many articles, every ninth without one, every tenth an interval."""
    if number % 9 == 0:
        return UNDATED
    start = FIRST + timedelta(days=number % 4)
    return PublicationDate(start, start + timedelta(days=3 * (number % 10 == 0)), "masthead")


ARTICLES = [Article(f"a{number:03}", Source("f"), body="芦苇", date=when(number)) for number in range(COUNT)]
SCORES = np.array([number * 7 % 3 / 2 for number in range(COUNT)])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    archive = Archive.create(tmp_path_factory.mktemp("order") / "index")
    archive.add(ARTICLES)
    return archive._newest.snapshot()


def key(sort: str, doc: int) -> tuple[float, ...]:
    article = ARTICLES[doc]
    newest = -(article.date.end or date.min).toordinal() if article.date.end else 0
    oldest = article.date.start.toordinal() if article.date.start else 10**7
    tie = id_key(article.id)
    return {"newest": (newest, tie), "oldest": (oldest, tie)}.get(sort, (-SCORES[doc], newest, tie))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("wanted", [0, 1, 10, 233, 257, COUNT - 1, COUNT, COUNT + 1, None])
@pytest.mark.parametrize("scores", [SCORES, np.zeros(COUNT)])
def test_the_first_so_many_are_those_of_the_whole_order(
    snapshot: Snapshot, sort: str, wanted: int | None, scores: np.ndarray
) -> None:
    wholly = sorted(range(COUNT), key=lambda doc: key(sort, doc)[0 if scores.any() else int(sort in BY_SCORE) :])
    assert ordered(snapshot, Found(np.arange(COUNT), scores), sort, wanted).tolist() == wholly[:wanted]


def test_the_best_version_leads_where_it_is_found_otherwise_the_best_ranked(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    links = {"lead": None, "poor": "lead", "good": "lead", "alone": None}
    archive.add(replace(ARTICLES[1], id=identity, duplicate_of=link) for identity, link in links.items())
    snapshot = archive._newest.snapshot()
    docs = dict(zip(links, snapshot.docs_of(list(links)).tolist(), strict=True))
    score = {"lead": 0.5, "poor": 1.0, "good": 2.0, "alone": 0.1}

    def standing(*identities: str) -> set[str]:
        chosen = sorted(identities, key=docs.__getitem__)
        found = Found(np.array([docs[one] for one in chosen]), np.array([score[one] for one in chosen]))
        return {snapshot.identity(doc) for doc in leading(snapshot, found).docs.tolist()}

    assert standing(*links) == {"lead", "alone"}
    assert standing("poor", "good", "alone") == {"good", "alone"}
    assert standing("poor") == {"poor"}
