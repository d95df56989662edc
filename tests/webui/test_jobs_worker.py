"""The process that writes a long export: the same bytes as the download, and it says how far it is."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from search.export import EXPORTS
from search.export.reading import rows_of
from search.export.verify import WHOLE, verify_file
from search.request import SearchRequest
from tests.webui.writers import an_order
from webui import params
from webui.jobs import worker
from webui.jobs.job import Job, Order
from webui.jobs.process import _told, heard, start


@pytest.fixture
def asked() -> SearchRequest:
    return SearchRequest("实事 \U0001f339 =+&%", only={"street": ("东篱街道",)}, sort="oldest", page=3, drop=("事实",))


def made(order: Order, folder: Path) -> bytes:
    """What is written in this process for an order."""
    job = Job("name", order, folder, 0.0)
    worker.write(_told(job))
    return job.path.read_bytes()


@pytest.mark.parametrize("form", EXPORTS)
def test_the_rows_are_counted_as_often_as_a_format_reads_them(
    index: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(worker, "PAUSE", 0)
    data = made(an_order("实事", form, index), tmp_path)
    said = [heard(line) for line in capsys.readouterr().out.splitlines()]
    assert verify_file(io.BytesIO(data)).state == WHOLE
    assert said[0] == {"total": 60 * EXPORTS[form].readings, "rows": 0}
    assert said[-1]["rows"] == said[-1]["total"]
    assert [one["rows"] for one in said] == sorted(one["rows"] for one in said)


def test_the_file_is_that_of_the_download(client: FlaskClient, index: Path, tmp_path: Path) -> None:
    for text in (False, True):
        data = made(replace(an_order("月季", "csv", index), text=text), tmp_path)
        assert data == client.get(f"/export?q=月季&format=csv{'&text=1' * text}").data


def test_the_request_survives_the_way(asked: SearchRequest, tmp_path: Path, index: Path) -> None:
    told = json.loads(json.dumps(_told(Job("name", replace(an_order(index=index), request=asked), tmp_path, 0.0))))
    assert params.read(MultiDict(parse_qsl(told["search"]))).request == asked


def test_a_process_of_its_own_writes_it(index: Path, tmp_path: Path) -> None:
    job = Job("name", an_order("实事", "xlsx", index), tmp_path, 0.0)
    with start(job) as process:
        assert process.stdout
        said = [heard(line) for line in process.stdout]
    assert process.returncode == 0
    assert said[0] == {"total": 60, "rows": 0}
    assert len(list(rows_of(io.BytesIO(job.path.read_bytes())))) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["list"]


def test_what_is_wrong_with_the_index_is_said(tmp_path: Path) -> None:
    with start(Job("name", an_order(index=tmp_path / "none"), tmp_path, 0.0)) as process:
        assert process.stdout
        said = [heard(line) for line in process.stdout]
    assert process.returncode == 1
    assert "none" in said[-1]["trouble"]
