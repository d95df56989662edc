"""export and verify: lists that are whole, in a file or in a pipe."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.export import EXPORTS
from search.listed import Listed, Row
from tests.commands.words import baoku, found, records


@pytest.mark.parametrize("form", [form for form in EXPORTS if form not in ("json", "xlsx", "bundle")])
def test_an_export_is_the_same_in_a_file_and_on_stdout(index: Path, tmp_path: Path, form: str) -> None:
    place = tmp_path / f"list.{form}"
    written = baoku("export", "--index", index, "--format", form, "-o", place)
    printed = baoku("export", "--index", index, "--format", form)
    assert (written.exit_code, written.stdout, printed.exit_code, printed.stderr) == (0, "", 0, "")
    assert written.stderr == f"3 篇 → {place}\n"
    assert place.read_bytes() == printed.stdout_bytes
    assert sorted(file.name for file in tmp_path.glob("list*")) == [place.name, f"{place.name}.receipt.json"]


def test_an_export_holds_every_hit(index: Path) -> None:
    sheet = baoku("export", "--index", index).stdout_bytes
    assert sheet.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline=""))
    lines = records(baoku("export", "--index", index, "--format", "jsonl").stdout)
    assert {row["title"]: row["id"] for row in rows} == found(index)
    assert {line["title"]: line["id"] for line in lines} == found(index)
    assert baoku("export", "绝无此词", "--index", index).exit_code == 1


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_is_whole_and_verified(index: Path, tmp_path: Path, form: str) -> None:
    place = tmp_path / "list"
    baoku("export", "--index", index, "--format", form, "--text", "-o", place)
    done = baoku("verify", place)
    first, second = done.stdout.splitlines()
    assert (done.exit_code, first) == (0, f"{place}：完整：3 行，与导出时一样 (whole)")
    assert "与检索凭证相符" in second
    place.write_bytes(place.read_bytes()[:-1])
    done = baoku("verify", place, "--format", "jsonl")
    assert (done.exit_code, json.loads(done.stdout)["state"]) == (1, "cut off")


def test_several_files_are_verified_and_the_worst_decides(index: Path, tmp_path: Path) -> None:
    whole, altered, foreign = (tmp_path / name for name in ("whole.csv", "altered.csv", "foreign.txt"))
    baoku("export", "--index", index, "-o", whole)
    altered.write_bytes(whole.read_bytes().replace("风筝".encode(), "风车".encode()))
    foreign.write_text("随便写的\n", "utf-8")
    assert baoku("verify", whole, whole).exit_code == 0
    done = baoku("verify", whole, altered)
    assert done.exit_code == 1
    assert "行改动过（" in done.stdout
    done = baoku("verify", whole, altered, foreign, tmp_path / "none.csv")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 2)


def test_a_killed_export_leaves_nothing_that_is_called_whole(index: Path, tmp_path: Path) -> None:
    def one_row_then_gone(listed: Listed) -> Listed:
        rows = list(listed.rows())

        def broken() -> Iterator[Row]:
            yield rows[0]
            raise KeyboardInterrupt

        return replace(listed, rows=broken)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("commands.searching._watched", one_row_then_gone)
        assert baoku("export", "--index", index, "-o", tmp_path / "list.csv").exit_code == 1
        assert list(tmp_path.glob("list*")) == []
        printed = baoku("export", "--index", index).stdout_bytes
    (tmp_path / "left.csv").write_bytes(printed)
    assert "写到第 1 行断了，应有 3 行" in baoku("verify", tmp_path / "left.csv").stdout
