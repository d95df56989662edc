"""Who takes a place, who gives it back, and what is made by a worker; the worker is told apart by what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webui.admission import Busy, Gate
from webui.app import create_app
from webui.guard import HEADERS
from webui.serving import GONE, Crowd

LONG = 60.0


class Elsewhere:
    """Answers as a worker would, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def run(self, environ: dict[str, Any]) -> Response:
        self.told.append(environ)
        return Response("by a worker", headers={"ETag": 'W/"its own"', "Cache-Control": "no-cache"})


class House:
    """An application with one place for pages and one for all else, and one who may wait."""

    def __init__(self, index: Path, **config: Any) -> None:
        self.here, self.pages, self.elsewhere = Gate(1, 1), Gate(1, 1), Elsewhere()
        crowd = Crowd(self.here, self.pages, self.elsewhere)  # type: ignore[arg-type]
        self.app: Flask = create_app({"INDEX": index, "TESTING": True, "CROWD": crowd, **config})
        self.client: FlaskClient = self.app.test_client()

    def get(self, address: str, **options: Any) -> TestResponse:
        """The answer, read to its end."""
        return self.client.get(address, buffered=True, **options)

    def assert_all_places_are_free(self) -> None:
        for gate in (self.here, self.pages):
            gate.enter(0)
            gate.leave()


@pytest.fixture
def house(index: Path) -> House:
    return House(index)


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=月季", "/search.json?q=月季", "/article/rose", "/suggest?q=月", "/api/v1/search", "/streets"],
)
def test_pages_are_made_by_workers(house: House, address: str) -> None:
    answer = house.get(address)
    assert answer.get_data(as_text=True) == "by a worker"
    assert answer.headers["ETag"] == 'W/"its own"'
    assert house.elsewhere.told[0]["baoku.request"] == answer.headers["X-Request-ID"]
    house.assert_all_places_are_free()


@pytest.mark.parametrize(
    "address",
    ["/search.csv?q=月季", "/healthz", "/readyz", "/nothing", "/sitemap.xml", "/verify", "/api/v1/export?q=月季"],
)
def test_lists_and_what_never_waits_are_made_here(house: House, address: str) -> None:
    assert house.get(address).get_data(as_text=True) != "by a worker"
    assert not house.elsewhere.told
    house.assert_all_places_are_free()


def test_a_reader_who_has_the_page_already_needs_no_worker(house: House) -> None:
    tag = create_app({"INDEX": house.app.config["INDEX"], "EDITION": "e"}).test_client().get("/streets").headers["ETag"]
    there = House(house.app.config["INDEX"], EDITION="e")
    assert there.get("/streets", headers={"If-None-Match": tag}).status_code == 304
    assert not there.elsewhere.told
    there.assert_all_places_are_free()


def test_the_next_page_of_a_list_is_had_here_where_its_state_is_kept(house: House) -> None:
    house.get("/search.json?per_page=10")
    state = house.app.extensions["baoku"].archive().state
    assert house.app.extensions["baoku"].moment(state)


def test_whoever_comes_too_late_is_told_when_to_come_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.serving.PATIENCE_SECONDS", 0)
    house.pages.enter(LONG)
    page, json = house.get("/search?q=月季"), house.get("/search.json?q=月季")
    assert (page.status_code, json.status_code) == (503, 503)
    assert page.headers["Retry-After"] == json.headers["Retry-After"] == "3"
    assert 'data-seconds="3"' in page.get_data(as_text=True)
    assert "同时来的人太多" in json.get_json()["error"]
    assert house.get("/healthz").status_code == 200
    assert house.get("/search.csv?q=月季").status_code == 200  # which has a place of its own


def test_who_has_gone_away_while_waiting_gets_no_page(house: House) -> None:
    gone = {"waitress.client_disconnected": lambda: True}
    assert house.get("/streets", environ_base=gone).status_code == GONE
    assert not house.elsewhere.told
    house.assert_all_places_are_free()


def test_a_long_list_keeps_its_place_until_it_is_sent(house: House) -> None:
    answer = house.client.get("/search.csv?q=月季")
    with pytest.raises(Busy):
        house.here.enter(0)
    answer.close()
    house.assert_all_places_are_free()


def test_a_fault_gives_the_place_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> Response:
        raise RuntimeError("a fault")

    monkeypatch.setattr(house.elsewhere, "run", fail)
    with pytest.raises(RuntimeError):
        house.get("/streets")
    house.assert_all_places_are_free()


def test_no_reader_can_say_that_the_door_was_passed(house: House) -> None:
    house.get("/streets", headers={"baoku.errand": "1", "Baoku-Errand": "1"})
    assert "baoku.errand" not in house.elsewhere.told[0]


@pytest.mark.parametrize(
    ("address", "words"), [("/search?q=月季", "同时来的人太多"), ("/search?q=月季&lang=en", "Too many")]
)
def test_a_crowd_is_refused_before_the_application_begins(
    house: House, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    _crowded(house, monkeypatch)
    answers = [house.get(address), house.get(address)]
    assert [answer.status_code for answer in answers] == [503, 503]
    assert words in answers[1].get_data(as_text=True)
    assert answers[1].headers["Retry-After"] == "3"
    assert answers[1].headers["Cache-Control"] == "no-store"
    assert answers[0].headers["X-Request-ID"] != answers[1].headers["X-Request-ID"]
    assert set(HEADERS) <= set(answers[1].headers.keys())
    assert house.get("/search.json?q=月季").get_json()["status"] == 503
    head = house.client.head(address, buffered=True)
    assert (head.status_code, head.get_data()) == (503, b"")


def test_a_crowd_is_refused_in_a_page_by_a_server_that_has_a_name(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(index, HOSTS="archive.example.cn 127.0.0.1")
    _crowded(house, monkeypatch)
    assert "<h1>" in house.get("/search?q=月季", headers={"Host": "archive.example.cn"}).get_data(as_text=True)


@pytest.mark.parametrize("address", ["/healthz", "/search.csv?q=月季", "/nothing", "/search.json?next=bad"])
def test_a_crowd_before_the_pages_keeps_nobody_from_the_rest(
    house: House, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    _crowded(house, monkeypatch)
    assert house.get(address).status_code != 503


def test_a_crowd_may_ask_whether_its_pages_are_still_good(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(index, EDITION="e")
    tag = create_app({"INDEX": index, "EDITION": "e"}).test_client().get("/streets").headers["ETag"]
    _crowded(house, monkeypatch)
    assert house.get("/streets", headers={"If-None-Match": tag}).status_code == 304


def _crowded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """All places are taken, and so is the bench; whoever is let into the application all the same fails."""
    monkeypatch.setattr(Gate, "full", property(lambda gate: gate is house.pages))
    monkeypatch.setattr(house.pages, "enter", None)
