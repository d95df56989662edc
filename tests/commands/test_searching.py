"""search, versions and topics: what is found and why it is as it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import SAMPLE
from tests.commands.words import BOOKS, baoku, found, records, sentence


def test_search_prints_a_table(index: Path) -> None:
    done = baoku("search", "棋桌", "--index", index)
    assert done.exit_code == 0
    heading, title, facts = done.stdout.splitlines()
    assert "1 篇" in heading
    assert title.endswith("1. 修鞋摊前的棋局")
    assert "日期未注明 | 江一帆 | 古城街道" in facts


def test_search_prints_json(index: Path) -> None:
    answer = json.loads(baoku("search", "风筝", "--index", index, "--format", "json").stdout)
    assert (answer["ok"], answer["query"], answer["total"]) == (True, "风筝", 1)
    assert answer["hits"][0]["title"] == "广场上的风筝课"
    assert "<mark>风筝</mark>" in answer["hits"][0]["snippet"]
    (line,) = records(baoku("search", "风筝", "--index", index, "--format", "jsonl").stdout)
    assert line == answer["hits"][0]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["--reporter", "温雨禾"], {"旧书换绿植 阳台添新景", "广场上的风筝课"}),
        (["--reporter", "温雨禾", "--street", "新旺街道"], {"广场上的风筝课"}),
        (["--street", "新旺街道", "--street", "古城街道"], {"广场上的风筝课", "修鞋摊前的棋局"}),
        (["--not-street", "新旺街道"], {"旧书换绿植 阳台添新景", "修鞋摊前的棋局"}),
        (["旧书 -棋"], {"旧书换绿植 阳台添新景"}),
    ],
)
def test_filters_narrow(index: Path, words: list[str], titles: set[str]) -> None:
    done = baoku("search", *words, "--index", index, "--format", "jsonl")
    assert (done.exit_code, {line["title"] for line in records(done.stdout)}) == (0, titles)


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_nothing_found_is_exit_code_1(index: Path, form: str) -> None:
    done = baoku("search", "绝无此词", "--index", index, "--format", form)
    assert (done.exit_code, done.stderr) == (1, "")


def test_the_limit_says_what_it_leaves_out(index: Path) -> None:
    assert "另有 2 篇" in baoku("search", "--limit", "1", "--index", index).stdout


def test_versions_are_listed_with_their_differences(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(BOOKS, "utf-8")
    (pages / "b.txt").write_text(BOOKS.replace("书", "收"), "utf-8")
    index = tmp_path / "index"
    baoku("index", pages, "--index", index)
    (identity,) = found(index).values()
    run = baoku("versions", identity, "--index", index)
    assert run.exit_code == 0
    assert "a.txt" in run.stdout
    assert "b.txt" in run.stdout
    assert "[-书-]{+收+}" in run.stdout or "[-收-]{+书+}" in run.stdout


def test_versions_of_an_unknown_article(index: Path) -> None:
    run = baoku("versions", "nobody", "--index", index)
    assert (run.exit_code, run.stdout) == (1, "")
    assert "没有编号 nobody 的文章" in run.stderr


def test_topics_and_kind_are_explained(index: Path) -> None:
    identity = found(index)["广场上的风筝课"]
    done = baoku("topics", "--explain", identity, "--index", index)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"广场上的风筝课（{identity}）\n主题 topics：")
    assert "✓" in done.stdout
    assert "有“本报讯”" in done.stdout


def test_an_unknown_article_cannot_be_explained(index: Path) -> None:
    done = baoku("topics", "--explain", "nobody", "--index", index)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nobody" in done.stderr


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own, in which nothing has been learnt."""
    folder = tmp_path / "lists"
    shutil.copytree(
        SAMPLE.parent, folder, ignore=lambda _, names: {"sample", "weights.toml", "training.jsonl"} & {*names}
    )
    monkeypatch.setenv("BAOKU_DATA", str(folder))
    return folder


def test_topics_are_learnt(lists: Path) -> None:
    stories = [{"id": str(at), "body": "老师讲课，学生听课。", "topics": ["教育"]} for at in range(5)]
    (lists / "training.jsonl").write_text("\n".join(map(json.dumps, stories)), "utf-8")
    done = baoku("topics", "--train")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "教育　F1 1.00（标了 5，给了 5，对了 5）" in done.stdout
    assert "从 5 篇" in (lists / "weights.toml").read_text("utf-8")


def test_what_was_learnt_stays_when_a_story_cannot_be_read(lists: Path) -> None:
    (lists / "weights.toml").write_text("# 旧的\n", "utf-8")
    (lists / "training.jsonl").write_text('{"id": "1", "body": "无", "topics": ["体育"]}\n', "utf-8")
    assert "体育" in sentence(baoku("topics", "--train"))
    assert (lists / "weights.toml").read_text("utf-8") == "# 旧的\n"
