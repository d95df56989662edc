"""Whether the server is ready, and its counters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.archive import Archive
from tests.webui.conftest import ARTICLES
from webui.app import create_app


def served(index: Path, **config: object) -> FlaskClient:
    return create_app({"INDEX": index, "TESTING": True, "PROPAGATE_EXCEPTIONS": False, **config}).test_client()


def samples(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    found = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found[sample.name + "".join(f" {value}" for value in sample.labels.values())] = sample.value
    return found


def test_ready_when_a_search_is_answered(tmp_path: Path) -> None:
    client = served(tmp_path / "index")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text[:10]) == (503, "not ready:")
    assert answer.headers["Cache-Control"] == "no-store"
    Archive.create(tmp_path / "index")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ready\n")


def test_answers_are_counted(index: Path) -> None:
    client = served(index)
    for address in ("/search", "/search?q=月季", "/nowhere", "/search?from=x"):
        client.get(address)
    client.open("/search", method="BREW")
    client.open("/search", method="STEEP")
    found = samples(client)
    assert found["baoku_requests_total pages.search GET 200"] == 2
    assert found["baoku_requests_total pages.search GET 400"] == 1
    assert found["baoku_requests_total none GET 404"] == 1
    assert found["baoku_requests_total none other 405"] == 2
    assert found["baoku_request_seconds_count pages.search"] == 3
    assert found["baoku_articles"] == len(ARTICLES)
    assert found["baoku_index_readable"] == 1
    assert found["baoku_committed_timestamp_seconds"] == pytest.approx(Archive.open(index).committed)


def test_no_reader_can_make_more_counters(index: Path) -> None:
    client = served(index)
    client.get("/search?q=月季")
    client.get("/article/none")
    before = len(samples(client))
    before = len(samples(client))
    for number in range(20):
        client.get(f"/search?q={number}")
        client.get(f"/article/{number}")
    assert len(samples(client)) == before
    assert not re.search("月季|192", client.get("/metrics").text)


def test_an_unreadable_index_is_counted_not_raised(tmp_path: Path) -> None:
    assert samples(served(tmp_path / "none"))["baoku_index_readable"] == 0


@pytest.mark.parametrize(
    ("setting", "address", "proxy", "status"),
    [
        ("local", "127.0.0.1", "", 200),
        ("local", "::1", "", 200),
        ("local", "192.0.2.7", "", 404),
        ("local", "127.0.0.1", "192.0.2.7", 404),
        ("all", "192.0.2.7", "", 200),
        ("off", "127.0.0.1", "", 404),
    ],
)
def test_who_sees_the_counters(index: Path, setting: str, address: str, proxy: str, status: int) -> None:
    headers = {"X-Forwarded-For": proxy} if proxy else {}
    answer = served(index, METRICS=setting).get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
