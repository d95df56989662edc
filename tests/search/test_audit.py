"""The audit log: whole lines, from any number of processes, in spite of a full disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import audit
from search.audit import Audit, audit_of


def test_a_line_says_when_what_and_who(tmp_path: Path) -> None:
    kept = Audit(tmp_path / "log")
    kept.write("index", by="王编辑", articles=3)
    kept.write("check", by=None, problems=0)
    first, second = (json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines())
    assert [*first] == ["time", "event", "by", "articles"]
    assert (first["event"], first["by"], first["time"][-6:]) == ("index", "王编辑", "+08:00")
    assert second["by"] is None
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600


def test_the_newest_come_first(tmp_path: Path) -> None:
    kept = Audit(tmp_path / "log")
    for number in range(5):
        kept.write("index", articles=number)
    read = kept.read()
    assert [line["articles"] for line in read.lines] == [4, 3, 2, 1, 0]
    assert (read.earlier, read.unreadable) == (False, 0)


@pytest.mark.parametrize(("setting", "name"), [("", "index.audit.jsonl"), ("other.jsonl", "other.jsonl")])
def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    audit_of("index", setting).write("index")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_off_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = audit_of("index", "off")
    kept.write("index")
    assert not kept.kept
    assert kept.read().lines == []
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("place", ["/dev/full", "/nowhere/log", "/"])
def test_what_cannot_be_written_is_complained_of_and_stops_nothing(
    place: str, caplog: pytest.LogCaptureFixture
) -> None:
    Audit(Path(place)).write("index", by="王编辑")
    assert "审计记录写不了" in caplog.text
    assert "王编辑" not in caplog.text


def test_what_a_full_disk_cut_off_costs_no_other_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, write = Audit(tmp_path / "log"), os.write
    kept.write("index", by="a")
    monkeypatch.setattr(os, "write", lambda file, line: write(file, line[:40]))
    kept.write("check", by="lost")
    monkeypatch.setattr(os, "write", write)
    kept.write("backup", by='x {"time": "forged')
    kept.write("restore", by="b")
    assert [line["event"] for line in kept.read().lines] == ["restore", "backup", "index"]


def test_a_long_file_is_read_from_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "TAIL", 500)
    kept = Audit(tmp_path / "log")
    for number in range(100):
        kept.write("index", articles=number)
    read = kept.read()
    assert read.earlier
    assert read.unreadable == 0
    assert [line["articles"] for line in read.lines] == [*range(99, 99 - len(read.lines), -1)]
    assert 3 < len(read.lines) < 10


@given(st.text(), st.text(max_size=50))
def test_no_words_break_a_line(tmp_path_factory: pytest.TempPathFactory, by: str, place: str) -> None:
    kept = Audit(tmp_path_factory.mktemp("log") / "log")
    kept.write("backup", by=by, place=place)
    kept.write("index")
    (_, first) = kept.read().lines
    assert kept.read().unreadable == 0
    assert first["by"].encode("utf-8", "replace") == by.encode("utf-8", "replace")


def _many(path: Path, name: int) -> None:
    for number in range(100):
        Audit(path).write("index", by=f"{name}", place="x" * 2000, articles=number)


def test_lines_of_many_processes_stay_whole(tmp_path: Path) -> None:
    context = get_context("fork")
    processes = [context.Process(target=_many, args=(tmp_path / "log", name)) for name in range(3)]
    run: list[Callable[[], None]] = [process.start for process in processes]
    for start in run:
        start()
    for process in processes:
        process.join()
    read = Audit(tmp_path / "log").read()
    assert (len(read.lines), read.unreadable) == (300, 0)
