"""Lists read page by page while the archive changes: no hit is skipped or repeated, and the last page is told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import Article, PublicationDate, Source
from search.entry import Entry
from search.request import SORTS
from webui import shelf
from webui.app import create_app

RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NUMBERS = st.integers(0, 30)


def article(number: int, words: int = 1) -> Article:
    """An article on lamps; ``words`` says how much of it, and so moves it and all others by relevance."""
    printed = date(2021, 1, 1) + timedelta(days=number % 7)
    return Article(
        f"a{number:02}",
        Source("a.txt"),
        title=f"第{number}号路灯",
        body="路灯亮了。" * words + "居民叫好。" * (number % 5),
        date=PublicationDate(printed, printed, "masthead"),
    )


commits = st.lists(
    st.tuples(st.dictionaries(NUMBERS, st.integers(1, 6), max_size=6), st.sets(NUMBERS, max_size=6)), max_size=3
)


def commit(archive: Archive, changes: dict[int, int], gone: set[int]) -> None:
    archive.update(
        [Entry(article(number, words)) for number, words in changes.items()],
        [f"a{number:02}" for number in gone - changes.keys()],
    )


def pages(client: FlaskClient, address: str) -> Iterator[dict[str, object]]:
    """All pages from one on, each asked for when it is taken."""
    while True:
        answer = client.get(address)
        assert answer.status_code == 200
        yield answer.json
        if not answer.json["next"]:
            return
        address = f"{address.partition('?')[0]}?next={answer.json['next']}"


@pytest.fixture(autouse=True)
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive looks for commits at every question."""
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", -1.0)


@RELAXED
@given(st.sets(NUMBERS, min_size=4, max_size=20), commits, st.sampled_from(SORTS), st.integers(1, 5))
def test_no_hit_is_skipped_or_repeated_by_commits_between_pages(
    numbers: set[int], changes: list[tuple[dict[int, int], set[int]]], sort: str, size: int
) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive.create(folder + "/index")
        commit(archive, dict.fromkeys(numbers, 1), set())
        client = create_app({"INDEX": folder + "/index"}).test_client()
        expected = [hit.article.id for hit in archive.search("路灯", sort=sort, per_page=100).hits]
        listed, waiting = [], list(changes)
        for page in pages(client, f"/search.json?q=路灯&sort={sort}&per_page={size}"):
            listed += [hit["id"] for hit in page["hits"]]
            assert (page["total"], page["corpus"]["articles"]) == (len(expected), len(numbers))
            if waiting:
                commit(archive, *waiting.pop())
        assert listed == expected


@pytest.fixture
def index(tmp_path: Path) -> Path:
    commit(Archive.create(tmp_path / "index"), dict.fromkeys(range(9), 1), set())
    return tmp_path / "index"


def test_a_list_goes_on_after_the_server_has_been_started_again(index: Path) -> None:
    token = create_app({"INDEX": index}).test_client().get("/search.json?q=路灯&per_page=5").json["next"]
    again = create_app({"INDEX": index}).test_client().get(f"/search.json?next={token}").json
    assert (len(again["hits"]), again["page"], again["next"]) == (4, 2, None)


def test_a_list_whose_state_is_gone_is_told(index: Path) -> None:
    token = create_app({"INDEX": index}).test_client().get("/search.json?q=路灯&per_page=5").json["next"]
    commit(Archive.open(index), {20: 1}, set())
    answer = create_app({"INDEX": index}).test_client().get(f"/search.json?next={token}")
    assert (answer.status_code, answer.json["ok"], answer.json["status"]) == (410, False, 410)
    assert "第一页" in answer.json["error"]


def test_only_the_last_states_asked_for_are_kept(index: Path) -> None:
    client, archive, tokens = create_app({"INDEX": index}).test_client(), Archive.open(index), []
    for number in range(shelf.MOMENTS + 1):
        tokens.append(client.get("/search.json?q=路灯&per_page=5").json["next"])
        commit(archive, {10 + number: 1}, set())
    statuses = [client.get(f"/search.json?next={token}").status_code for token in tokens]
    assert statuses == [410, *[200] * shelf.MOMENTS]


def test_who_keeps_no_states_names_the_same(index: Path) -> None:
    """A worker makes the first page; the front, which keeps the state, is asked for the next."""
    front, worker = (create_app({"INDEX": index, "MOMENTS": moments}).test_client() for moments in (1, 0))
    first = "/search.json?q=路灯&per_page=5"
    token = worker.get(first).json["next"]
    assert token == front.get(first).json["next"]
    commit(Archive.open(index), {20: 1}, set())
    assert front.get(f"/search.json?next={token}").status_code == 200
    assert worker.get(f"/search.json?next={token}").status_code == 410


def test_a_state_in_the_address_itself_means_nothing(index: Path) -> None:
    assert create_app({"INDEX": index}).test_client().get("/search.json?state=abc").status_code == 200
