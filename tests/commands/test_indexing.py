"""parse and index: what is read, skipped, replaced and refused."""

from __future__ import annotations

import errno
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.article import Article, Source, to_record
from tests.command import COMMAND, SAMPLE, environment, run
from tests.commands.words import BOOKS, CHESS, baoku, found, records


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


def test_rebuilding_gives_up_no_article_of_a_file_that_cannot_be_read(
    pages: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.name == "b.txt":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", failing)
        done = baoku("index", pages, "--index", index, "--rebuild")
        assert done.exit_code == 2
        assert f"第一处是 {pages / 'b.txt'}" in done.stderr
        assert "文章 3 篇" in baoku("stats", "--index", index).stdout
        assert baoku("index", pages, "--index", index.with_name("another"), "--rebuild").exit_code == 1
    (pages / "b.txt").unlink()
    assert baoku("index", pages, "--index", index, "--rebuild").exit_code == 0
    assert "文章 2 篇" in baoku("stats", "--index", index).stdout
