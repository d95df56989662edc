"""The command line, as its users type it: what it prints where, its exit codes, its one clear sentence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import random
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from baoku import main
from search.archive import Archive
from search.article import Article, Source, from_record, to_record
from search.export import EXPORTS
from search.listed import Listed, Row
from tests.command import COMMAND, SAMPLE, environment, run
from webui.app import create_app

BOOKS = """御河街道

旧书换绿植 阳台添新景

本报讯 (记者 温雨禾) 5月14日，御河街道在小广场上摆开长桌，邀请居民拿旧书来换绿植。一上午换出去三百多盆吊兰和薄荷。

据介绍，这样的交换日每个月举办一次，下个月轮到旧玩具。
"""
CHESS = """修鞋摊前的棋局

本报讯 (记者 江一帆) 古城街道的修鞋匠老季有个规矩，等鞋的人要陪他下一盘棋。近日，街坊们给他送来一张石头棋桌。

老季说，鞋修得慢一点没关系，棋不能悔。输了棋的人，修鞋只收一半的钱。
"""
KITES = """广场上的风筝课

本报讯 (记者 温雨禾) 近日，新旺街道的文化广场上开了一堂风筝课，三十多个孩子跟着老艺人学扎沙燕。

第一批风筝飞起来的时候，孩子们追着影子跑了半个广场。
"""


def baoku(*words: str | Path) -> Result:
    """Runs a command in this process; whatever goes wrong, it must not be a traceback."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Two pages with three stories."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{BOOKS}\n{CHESS}", "utf-8")
    (folder / "b.txt").write_text(KITES, "utf-8")
    return folder


@pytest.fixture
def index(pages: Path, tmp_path: Path) -> Path:
    """The index of these pages."""
    assert baoku("index", pages, "--index", tmp_path / "index").exit_code == 0
    return tmp_path / "index"


def found(index: Path, query: str = "") -> dict[str, str]:
    """The ids of all stories that are found, by title."""
    lines = records(baoku("search", query, "--index", index, "--format", "jsonl", "--limit", "100").stdout)
    return {str(line["title"]): str(line["id"]) for line in lines}


# parse


def test_parse_prints_a_record_a_line(tmp_path: Path) -> None:
    done = run("parse", SAMPLE, cwd=tmp_path)
    assert done.returncode == 0
    assert "何由田 → 何田田" in done.stderr
    lines = records(done.stdout)
    assert len(lines) > 100
    assert {tuple(line) for line in lines} == {tuple(to_record(Article(id="a", source=Source("a"))))}
    assert len({line["id"] for line in lines}) == len(lines)


def test_parse_names_what_it_leaves_out(pages: Path) -> None:
    (pages / "empty.txt").write_bytes(b"")
    done = baoku("parse", pages)
    assert done.exit_code == 1
    assert [line["title"] for line in records(done.stdout)] == [
        *("旧书换绿植 阳台添新景", "修鞋摊前的棋局", "广场上的风筝课"),
    ]
    assert done.stderr == "未收 empty.txt：空文件 (the file is empty)\n"


def test_what_reads_the_output_may_stop_early(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "title": "题", "body": "文" * 1000}) + "\n" for n in range(300))
    (tmp_path / "many.jsonl").write_text(lines, "utf-8")
    parsing = subprocess.Popen(
        [*COMMAND, "parse", str(tmp_path)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert parsing.stdout
    assert parsing.stderr
    with parsing.stdout, parsing.stderr:
        parsing.stdout.readline()
        parsing.stdout.close()
        assert parsing.stderr.read() == b""
    assert parsing.wait(30) == 0


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with BOM", "CRLF", "CR"]
)
def test_any_encoding_gives_the_same_articles(pages: Path, tmp_path: Path, encoding: str) -> None:
    plain = (pages / "a.txt").read_text("utf-8")
    data = {
        "CRLF": plain.replace("\n", "\r\n").encode(),
        "CR": plain.replace("\n", "\r").encode(),
        "utf-16-be with BOM": f"\ufeff{plain}".encode("utf-16-be"),
    }
    (tmp_path / "a.txt").write_bytes(data.get(encoding) or plain.encode(encoding))
    assert baoku("parse", tmp_path / "a.txt").stdout == baoku("parse", pages / "a.txt").stdout != ""


# bad input


def bad_files() -> Iterator[tuple[str, bytes, str]]:
    """Names, contents, and a word of the reason for which each is refused."""
    chance = random.Random(5)
    page = f"{BOOKS}\n{CHESS}"
    rare = (chr(chance.randrange(0x80, 0x100)) for _ in range(400))
    yield "empty.txt", b"", "空文件"
    yield "blank.txt", " \n\u3000\n\t\r\n\ufeff".encode(), "空白"
    yield "random.txt", chance.randbytes(3000), "编码"
    yield "zeros.txt", bytes(3000), "空文件|二进制"
    yield "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + chance.randbytes(600), "编码|二进制"
    yield "furniture.txt", "第05版 走近平城\n\n2022年5月20日 星期五\n\n责任编辑 高山\n".encode(), "版面设施"
    yield "twice.txt", page.encode().decode("latin-1").encode(), "编码错乱"
    yield "latin.txt", "".join(rare).encode(), "编码错乱"
    yield "misread.txt", page.encode().decode("gb18030", "ignore").encode(), "编码错乱|二进制"
    yield "random-gb.txt", b"\n\n".join(random_gb(chance) for _ in range(9)), "编码错乱"
    yield "cut-utf16.txt", page.encode("utf-16")[:-1], "UTF-16"
    yield "cut-utf8.txt", page.encode("utf-8-sig")[:-2], "UTF-8"
    yield "line.txt", "长".encode() * (5_000_000 // 3), "一行长达"
    yield "not.jsonl", b'{"id": "x"', "JSON"
    yield "list.jsonl", b"[]", "JSON"
    yield "no-body.jsonl", b'{"id": "x", "title": "y"}', "body"


def random_gb(chance: random.Random) -> bytes:
    return bytes(byte for _ in range(60) for byte in (chance.randrange(0xB0, 0xF8), chance.randrange(0xA1, 0xFF)))


BAD = {name: (data, reason) for name, data, reason in bad_files()}


def test_bad_files_are_named_and_the_good_page_is_indexed(pages: Path, tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (pages / name).write_bytes(data)
    (pages / "gone.txt").symlink_to(pages / "nowhere")
    (pages / "loop").symlink_to(pages)
    done = baoku("index", pages, "--index", tmp_path / "index")
    assert done.exit_code == 1
    assert f"未收 {len(BAD) + 1} 项" in done.stdout
    assert len(found(tmp_path / "index")) == 3
    told = {name.strip(): reason for name, reason in refused(done.stdout)}
    assert "No such file" in told.pop("gone.txt")
    assert {name.partition(":")[0] for name in told} == set(BAD)


def refused(report: str) -> list[tuple[str, str]]:
    lines = report.partition("未收")[2].splitlines()[1:]
    return [(name, reason) for name, _, reason in (line.partition("：") for line in lines)]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_for_its_reason(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    done = baoku("parse", tmp_path / name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"未收 {name}")
    assert any(word in done.stderr for word in reason.split("|"))
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stderr) < 200


# index


def test_a_second_run_skips_everything(pages: Path, index: Path) -> None:
    before = baoku("stats", "--index", index).stdout
    done = baoku("index", pages, "--index", index)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "文件 2 个：新增或有变 0 个，未变跳过 2 个")
    assert baoku("stats", "--index", index).stdout == before


def test_a_changed_file_replaces_its_articles_and_no_others(pages: Path, index: Path) -> None:
    before = found(index)
    (pages / "a.txt").write_text(f"{BOOKS}\n{CHESS.replace('修鞋摊前的棋局', '老季的石头棋桌')}", "utf-8")
    done = baoku("index", pages, "--index", index)
    after = found(index)
    assert "新增或有变 1 个，未变跳过 1 个" in done.stdout
    assert set(after) == {"旧书换绿植 阳台添新景", "老季的石头棋桌", "广场上的风筝课"}
    unchanged = set(before) & set(after)
    assert len(unchanged) == 2
    assert {title: before[title] for title in unchanged} == {title: after[title] for title in unchanged}


def test_a_removed_file_is_kept_until_pruned(pages: Path, index: Path) -> None:
    (pages / "b.txt").unlink()
    kept = baoku("index", pages, "--index", index)
    assert (kept.exit_code, "--prune" in kept.stdout, len(found(index))) == (0, True, 3)
    pruned = baoku("index", pages, "--index", index, "--prune")
    assert (pruned.exit_code, "移出索引 1 篇" in pruned.stdout) == (0, True)
    assert set(found(index)) == {"旧书换绿植 阳台添新景", "修鞋摊前的棋局"}


def test_a_file_that_can_no_longer_be_read_loses_nothing(pages: Path, index: Path) -> None:
    (pages / "b.txt").write_bytes(b"")
    done = baoku("index", pages, "--index", index, "--prune")
    assert (done.exit_code, len(found(index))) == (1, 3)


def test_rebuild_begins_anew(pages: Path, index: Path) -> None:
    (pages / "b.txt").unlink()
    assert baoku("index", pages, "--index", index, "--rebuild").exit_code == 0
    assert len(found(index)) == 2


def test_the_manifest_dates_its_pages(pages: Path, tmp_path: Path) -> None:
    (pages / "manifest.csv").write_text("file,date,newspaper\na.txt,2022-05-20,晨光报\n", "utf-8")
    lines = records(baoku("parse", pages).stdout)
    assert [line["date"] for line in lines] == ["2022-05-20", "2022-05-20", None]
    assert baoku("index", pages, "--index", tmp_path / "index").exit_code == 0
    done = baoku("search", "--from", "2022-05", "--to", "2022-05", "--index", tmp_path / "index")
    assert "2022-05-20" in done.stdout
    assert "风筝" not in done.stdout


# search


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


# export, stats, check


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


def test_every_command_has_an_example() -> None:
    for name, command in main.commands.items():
        assert "例 example" in (command.help or ""), name
        assert f"baoku {name}" in (command.help or "").partition("例 example")[2], name


def test_stats_as_an_object(index: Path) -> None:
    held = json.loads(baoku("stats", "--index", index, "--format", "json").stdout)
    assert (held["corpus"]["articles"], held["files"]) == (3, 2)


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
        patch.setattr("baoku._watched", one_row_then_gone)
        assert baoku("export", "--index", index, "-o", tmp_path / "list.csv").exit_code == 1
        assert list(tmp_path.glob("list*")) == []
        printed = baoku("export", "--index", index).stdout_bytes
    (tmp_path / "left.csv").write_bytes(printed)
    assert "写到第 1 行断了，应有 3 行" in baoku("verify", tmp_path / "left.csv").stdout


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


# one clear sentence


def sentence(done: Result) -> str:
    """The one sentence of a command that could not do its work."""
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("报库：")
    return line


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


class TestTheResearchersStory:
    """A list, its receipt, an archive that goes on: what has become of the list is named, no more and no less."""

    STORIES = (
        {"id": "bread", "title": "面包窑开张", "body": "老街上的面包窑开张了。", "date": "2022-03-01"},
        {"id": "bench", "title": "长椅补漆", "body": "老街的长椅补了漆。", "date": "2022-04-01"},
        {"id": "river", "title": "河道清淤", "body": "河道清淤完成。", "date": "2022-05-01"},
    )
    LATER = (
        {"id": "lane", "title": "老街夜市", "body": "老街夜市人来人往。", "date": "2023-01-01"},
        {"id": "tree", "title": "古槐挂牌", "body": "老街的古槐挂了牌。", "date": "2023-02-01"},
        {"id": "well", "title": "古井加盖", "body": "老街的古井加了盖。", "date": "2023-03-01"},
        {"id": "bench", "title": "长椅补漆", "body": "老街的十把长椅补了漆。", "date": "2022-04-01"},
    )

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        self.add(tmp_path, self.STORIES)
        done = baoku("export", "老街", "--sort", "oldest", "--index", tmp_path / "index", "-o", tmp_path / "清单.csv")
        assert done.exit_code == 0, done.output
        return tmp_path

    @staticmethod
    def add(folder: Path, stories: tuple[dict[str, str], ...]) -> None:
        (folder / "stories.jsonl").write_text("\n".join(json.dumps(story) for story in stories), "utf-8")
        assert baoku("index", folder / "stories.jsonl", "--index", folder / "index").exit_code == 0

    def replayed(self, place: Path, *options: str) -> Result:
        return baoku("replay", place / "清单.csv.receipt.json", "--index", place / "index", *options)

    def test_nothing_has_changed(self, place: Path) -> None:
        done = self.replayed(place)
        assert (done.exit_code, done.stdout.startswith("完全相同：2 篇")) == (0, True)

    def test_three_are_added_and_one_is_corrected(self, place: Path) -> None:
        self.add(place, (self.STORIES[0], *self.STORIES[2:], *self.LATER))
        done = self.replayed(place, "--format", "json")
        changes = {(one["kind"], one["id"], one["headline"]) for one in json.loads(done.stdout)["changes"]}
        assert done.exit_code == 1
        assert changes == {
            ("added", "lane", "老街夜市"),
            ("added", "tree", "古槐挂牌"),
            ("added", "well", "古井加盖"),
            ("changed", "bench", "长椅补漆"),
        }
        assert "增加 3 篇，减少 0 篇，改动 1 篇" in self.replayed(place).stdout

    def test_the_receipt_knows_the_file(self, place: Path) -> None:
        file = json.loads((place / "清单.csv.receipt.json").read_text("utf-8"))["file"]
        content = (place / "清单.csv").read_bytes()
        assert file == {"name": "清单.csv", "rows": 2, "sha256": hashlib.sha256(content).hexdigest()}

    def test_list_and_receipt_lead_back_to_the_same_ids(self, place: Path) -> None:
        for name in ("清单.csv", "清单.csv.receipt.json"):
            done = baoku("import-list", place / name, "--index", place / "index")
            assert (done.exit_code, done.stdout.splitlines()) == (0, ["bread", "bench"])

    def test_what_is_gone_is_named_and_kept_in_its_place(self, place: Path) -> None:
        with Archive.rebuilding(place / "index") as fresh:
            fresh.add([from_record(self.STORIES[1])])
        done = baoku("import-list", place / "清单.csv", "--index", place / "index")
        assert (done.exit_code, done.stdout.splitlines()) == (1, ["bread", "bench"])
        assert "库中没有  面包窑开张" in done.stderr

    def test_a_search_has_a_receipt_of_all_its_hits(self, place: Path) -> None:
        words = ("老街", "--limit", "1", "--index", place / "index", "--receipt", place / "r.json")
        assert baoku("search", *words).exit_code == 0
        assert baoku("replay", place / "r.json", "--index", place / "index").exit_code == 0
        assert json.loads((place / "r.json").read_text("utf-8"))["total"] == 2

    @pytest.mark.parametrize("content", ["", "id,title\r\n", '{"baoku_receipt": 1}', '{"baoku_receipt": 9}'])
    def test_what_is_no_receipt_is_said_in_a_sentence(self, place: Path, content: str) -> None:
        (place / "other").write_text(content, "utf-8")
        done = baoku("replay", place / "other", "--index", place / "index")
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)

    def test_a_file_that_is_not_there(self, place: Path) -> None:
        for command in ("replay", "import-list"):
            done = baoku(command, place / "nowhere", "--index", place / "index")
            assert (done.exit_code, "读不了" in done.stderr) == (2, True)
