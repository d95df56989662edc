"""What cannot be done is told in one clear sentence."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from baoku import main
from tests.command import COMMAND, environment, run
from tests.commands.words import baoku, sentence


def test_every_command_has_an_example() -> None:
    for name, command in main.commands.items():
        assert "例 example" in (command.help or ""), name
        assert f"baoku {name}" in (command.help or "").partition("例 example")[2], name


@pytest.mark.parametrize(
    "words", [["search", "x"], ["export"], ["stats"], ["check"], ["serve", "--port", "1"], ["topics", "--explain", "x"]]
)
def test_a_missing_index_is_told(tmp_path: Path, words: list[str]) -> None:
    assert str(tmp_path / "none") in sentence(baoku(*words, "--index", tmp_path / "none"))
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["parse", "index"])
def test_wrong_paths_are_told(tmp_path: Path, command: str) -> None:
    options = ["--index", tmp_path / "index"] if command == "index" else []
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "picture.png").write_bytes(b"")
    assert "没有 .txt" in sentence(baoku(command, tmp_path / "folder", *options))
    assert str(tmp_path / "none") in sentence(baoku(command, tmp_path / "none", *options))


@pytest.mark.parametrize("command", ["parse", "index"])
@pytest.mark.parametrize("day", ["2022-13-01", "二〇二二年", "20220520"])
def test_a_bad_date_in_the_manifest_is_told(pages: Path, tmp_path: Path, command: str, day: str) -> None:
    manifest = pages / "manifest.csv"
    manifest.write_text(f"file,date\na.txt,2022-05-20\nb.txt,{day}\n", "utf-8")
    options = ["--index", tmp_path / "index"] if command == "index" else []
    told = sentence(baoku(command, pages, *options))
    assert str(manifest) in told
    assert "第 3 行" in told
    assert day in told


def test_wrong_manifests_are_told(pages: Path, tmp_path: Path) -> None:
    assert "none.csv" in sentence(baoku("parse", pages, "--manifest", tmp_path / "none.csv"))
    (tmp_path / "columns.csv").write_text("name,day\n", "utf-8")
    assert "没有 file 一列" in sentence(baoku("parse", pages, "--manifest", tmp_path / "columns.csv"))


def test_a_folder_of_other_things_is_left_alone(pages: Path, tmp_path: Path) -> None:
    for options in ([], ["--rebuild"]):
        sentence(baoku("index", pages, "--index", pages, *options))
    assert sorted(file.name for file in pages.iterdir()) == ["a.txt", "b.txt"]
    (tmp_path / "file").write_text("x", "utf-8")
    sentence(baoku("index", pages, "--index", tmp_path / "file"))


@pytest.mark.parametrize("words", [["--from", "昨天"], ["--to", "2022-13"], ["(" * 500 + "x"], ["x" * 2000]])
def test_a_search_that_cannot_be_run_is_told(index: Path, words: list[str]) -> None:
    sentence(baoku("search", *words, "--index", index))


def test_an_export_that_cannot_be_written_is_told(index: Path, tmp_path: Path) -> None:
    assert "写不了" in sentence(baoku("export", "--index", index, "-o", tmp_path / "none" / "list.csv"))
    assert "写不了" in sentence(baoku("export", "--index", index, "-o", tmp_path))


def test_an_export_to_a_device_leaves_it_a_device(index: Path) -> None:
    done = baoku("export", "", "--index", index, "-o", os.devnull)
    assert done.exit_code == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs the device that is always full")
def test_a_full_disk_is_told(index: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "search", "--index", str(index)],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "写不出结果" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_busy_port_is_told(index: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--index", index, "--port", str(port), cwd=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith(f"报库：端口 {port} 已被占用")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["frobnicate"],
        ["search", "--limit", "0"],
        ["search", "--sort", "odd"],
        ["parse"],
        ["serve", "--port", "x"],
        ["topics"],
        ["topics", "--train", "--explain", "x"],
    ],
)
def test_wrong_use_is_exit_code_2(words: list[str]) -> None:
    done = baoku(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr
