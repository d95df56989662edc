"""stats, check, upgrade, backup and restore: whether all is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.commands.words import baoku
from webui.app import create_app

FIXTURES = Path(__file__).parents[1] / "fixtures" / "indexes"


def test_stats_as_an_object(index: Path) -> None:
    held = json.loads(baoku("stats", "--index", index, "--format", "json").stdout)
    assert (held["corpus"]["articles"], held["files"]) == (3, 2)


def test_stats_count(index: Path) -> None:
    done = baoku("stats", "--index", index)
    assert done.exit_code == 0
    assert done.stdout.startswith("文章 3 篇，报道 3 篇（多个版本算一篇），来自 2 个文件\n")
    assert "未注明日期 3 篇" in done.stdout


def test_check_finds_a_whole_index_whole(index: Path) -> None:
    done = baoku("check", "--index", index)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "3 篇文章全部可读" in done.stdout


def test_check_finds_damage(index: Path, tmp_path: Path) -> None:
    files = [file.name for file in index.iterdir() if file.stat().st_size]
    assert len(files) > 2
    for name in files:
        damaged = tmp_path / f"damaged-{name}"
        shutil.copytree(index, damaged)
        data = (damaged / name).read_bytes()
        (damaged / name).write_bytes(data[: len(data) // 2])
        done = baoku("check", "--index", damaged)
        assert done.exit_code in (1, 2), f"{name} cut in half was not noticed"
        assert done.stderr


def test_a_backup_is_an_index_and_brings_back_what_was_lost(pages: Path, index: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert "3 篇文章、0 个短链接" in baoku("backup", kept, "--index", index).stdout
    assert baoku("check", "--index", kept).exit_code == 0
    (pages / "b.txt").unlink()
    baoku("index", pages, "--index", index, "--prune")
    assert "文章 3 篇" not in baoku("stats", "--index", index).stdout
    assert baoku("restore", kept, "--index", index).exit_code == 0
    assert "文章 3 篇" in baoku("stats", "--index", index).stdout


def test_short_links_go_into_the_backup_and_none_is_lost_on_the_way_back(index: Path, tmp_path: Path) -> None:
    answer = create_app({"INDEX": index}).test_client().post("/r", data={"q": "旧书"})
    assert answer.status_code in (302, 303)
    assert "1 个短链接" in baoku("backup", tmp_path / "kept", "--index", index).stdout
    create_app({"INDEX": index}).test_client().post("/r", data={"q": "棋局"})
    assert "2 个短链接" in baoku("restore", tmp_path / "kept", "--index", index).stdout
    assert create_app({"INDEX": index}).test_client().get(answer.location).status_code == 200


def test_check_as_an_object(index: Path) -> None:
    whole = baoku("check", "--index", index, "--format", "json")
    assert (whole.exit_code, json.loads(whole.stdout)) == (0, {"whole": True, "articles": 3, "problems": []})
    segment = next(index.glob("*.seg"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    damaged = baoku("check", "--index", index, "--format", "json")
    held = json.loads(damaged.stdout)
    assert (damaged.exit_code, held["whole"], held["articles"]) == (1, False, None)
    assert "校验值不符" in held["problems"][0]


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """An index of the first format."""
    with ZipFile(FIXTURES / "1-2026-11-22" / "index.zip") as packed:
        packed.extractall(tmp_path / "earlier")
    return tmp_path / "earlier"


def test_an_earlier_index_is_upgraded(earlier: Path, tmp_path: Path) -> None:
    for words in (("search", "图书角"), ("check",), ("stats",), ("backup", tmp_path / "kept"), ("serve",)):
        done = baoku(*words, "--index", earlier)
        assert done.exit_code == 2
        assert "请运行 baoku upgrade" in done.stderr
    done = baoku("upgrade", "--index", earlier)
    assert done.exit_code == 0
    assert "格式是第 1 版，现在是第" in done.stderr
    assert done.stdout == "7 篇文章已改成现在的格式和词典，逐篇核对过 (upgraded)\n"
    assert baoku("check", "--index", earlier).exit_code == 0
    assert "4 篇" in baoku("search", '"图书角"', "--index", earlier).stdout


def test_what_is_as_it_should_be_is_left_alone(index: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in index.iterdir()}
    done = baoku("upgrade", "--index", index)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "不用升级" in done.stdout
    assert {file.name: file.stat().st_mtime_ns for file in index.iterdir()} == before


def test_a_newer_index_is_not_touched(index: Path) -> None:
    marker = index / "baoku.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text("utf-8")), "format": 99}), "utf-8")
    done = baoku("upgrade", "--index", index)
    assert done.exit_code == 2
    assert "请升级程序" in done.stderr
    assert json.loads(marker.read_text("utf-8"))["format"] == 99


def test_the_next_run_skips_what_an_upgraded_index_has(
    pages: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Origins and fingerprints come along."""
    monkeypatch.setattr("search.engine.store.analyser_version", lambda: "another dictionary")
    assert "另一版词典" in baoku("upgrade", "--index", index).stderr
    assert "未变跳过 2 个" in baoku("index", pages, "--index", index).stdout
