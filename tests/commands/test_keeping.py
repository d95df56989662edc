"""stats, check, backup and restore: whether all is there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.commands.words import baoku
from webui.app import create_app


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
