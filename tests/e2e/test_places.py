"""No kind of page is forgotten by the tests that look at all of them (places.py)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.command import SAMPLE, run
from tests.e2e.places import CLOSED, DATA, PAGES, SENT, TROUBLE
from webui import create_app
from webui.errors import TITLES


@pytest.fixture(scope="module")
def rules() -> list[Rule]:
    return list(create_app().url_map.iter_rules())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    index: Path = tmp_path_factory.mktemp("places") / "index"
    assert run("index", SAMPLE, "--index", index, cwd=index.parent).returncode == 0
    with create_app({"INDEX": index}).test_client() as client:
        yield client


def test_every_endpoint_is_a_page_with_an_address_or_gives_data(rules: list[Rule]) -> None:
    endpoints = {rule.endpoint for rule in rules}
    known = PAGES.keys() | CLOSED.keys() | {"accounts.login"} | SENT | DATA
    assert endpoints - known == set(), "name it in places.py: as a page with addresses, or as data"
    assert known <= endpoints
    assert not PAGES.keys() & DATA


def test_what_is_called_data_is_no_page(client: FlaskClient, rules: list[Rule]) -> None:
    simple = [rule for rule in rules if rule.endpoint in DATA and not rule.arguments and "GET" in (rule.methods or ())]
    assert simple
    assert [rule.rule for rule in simple if client.get(rule.rule, follow_redirects=True).mimetype == "text/html"] == []


@pytest.mark.parametrize(("status", "path"), TROUBLE.items())
def test_trouble_is_what_it_is_called(client: FlaskClient, status: int, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")


def test_every_trouble_of_a_reader_is_looked_at() -> None:
    # Only programs meet 401 and 410, and 429 only who hurries. 403, 405 and 413 come of what is sent, 500 and 503 of a
    # broken archive; the latter are made where they are looked at.
    assert TITLES.keys() - TROUBLE.keys() == {401, 403, 405, 410, 413, 429, 500, 503}
