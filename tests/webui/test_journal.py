"""A line for every answer: tied to it by a number, and without what was searched for."""

from __future__ import annotations

import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.archive import Archive
from webui import journal, shelf


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "baoku.requests")
    return caplog


def test_a_line_has_the_number_of_its_answer(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    answers = [client.get("/"), client.get("/nowhere"), client.get("/article/rose")]
    numbers = [answer.headers["X-Request-ID"] for answer in answers]
    assert len({*numbers}) == 3
    assert [line.split()[:4] for line in lines.messages] == [
        [number, "GET", path, str(status)]
        for number, path, status in zip(numbers, ("/", "/nowhere", "/article/rose"), (200, 404, 200), strict=True)
    ]


def test_no_number_is_taken_over(client: FlaskClient) -> None:
    answer = client.get("/", headers={"X-Request-ID": "mine"})
    assert answer.headers["X-Request-ID"] != "mine"


@pytest.mark.parametrize("address", ["/search?q=绝密线索", "/search.json?reporter=绝密线索", "/suggest?q=绝密线索"])
def test_what_was_searched_for_and_who_did_is_in_no_line(
    client: FlaskClient, lines: pytest.LogCaptureFixture, address: str
) -> None:
    headers = {"Cookie": "绝密线索=1".encode().decode("latin-1"), "Authorization": "Bearer s3cret", "Referer": address}
    client.get(address, headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    logged = " ".join(journal.JsonLines().format(record) + record.getMessage() for record in lines.records)
    assert lines.records
    for secret in ("绝密线索", "%E7%BB%9D", "s3cret", "192.0.2.7"):
        assert secret not in logged


def test_no_address_begins_a_line_of_its_own(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    client.get("/article/x%0a2026-01-01 INFO forged%0d%1b[31m")
    assert len(lines.messages[0].splitlines()) == 1
    assert "\x1b" not in lines.messages[0]


def test_json_lines_can_be_read(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    answer = client.get("/healthz")
    line = json.loads(journal.JsonLines().format(lines.records[0]))
    assert [*line] == ["time", "level", "logger", "request", "method", "path", "status", "ms", "bytes"]
    assert (line["path"], line["status"], line["bytes"]) == ("/healthz", 200, int(answer.headers["Content-Length"]))


def test_a_fault_is_one_line_with_its_number(
    app: Flask, monkeypatch: pytest.MonkeyPatch, lines: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> Archive:
        raise RuntimeError("line one\nline two")

    monkeypatch.setattr(shelf.Shelf, "archive", broken)
    answer = app.test_client().get("/")
    assert f"reference {answer.headers['X-Request-ID']}" in answer.text
    fault = next(record for record in lines.records if record.exc_info)
    text = journal.JsonLines().format(fault)
    assert len(text.splitlines()) == 1
    assert "line two" in json.loads(text)["traceback"]
