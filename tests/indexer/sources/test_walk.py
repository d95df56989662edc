import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.sources.walk import find_files, is_gone
from search.errors import BaokuError


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("字", "utf-8")
    return folder


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_files(paths)]


def test_pages_and_article_files_in_order_of_their_path(tmp_path: Path) -> None:
    make(tmp_path, "b/05.txt", "a/06.TXT", "a/05.txt", "c.jsonl", "manifest.csv", "notes.pdf")
    assert names(tmp_path) == ["a/05.txt", "a/06.TXT", "b/05.txt", "c.jsonl"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    assert names(make(tmp_path, "a.txt", ".b.txt", ".git/c.txt")) == ["a.txt"]


def test_a_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    assert names(make(tmp_path, ".pages/a.txt") / ".pages") == ["a.txt"]


def test_a_named_file_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    assert names(make(tmp_path, "page") / "page") == ["page"]


def test_a_file_under_two_paths_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a/05.txt")
    assert len(names(tmp_path, tmp_path / "a", tmp_path / "a/05.txt")) == 1


def test_a_file_is_named_from_the_widest_of_its_paths(tmp_path: Path) -> None:
    make(tmp_path, "a/05.txt")
    assert names(tmp_path, tmp_path / "a", tmp_path / "a/05.txt") == ["a/05.txt"]


def test_a_link_that_leads_round_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(BaokuError, match=r"找不到 .*a\.txt"):
        find_files([tmp_path / "a.txt"])


@pytest.mark.parametrize(
    ("stored", "name"), [("a/05.txt", "a/05.txt"), ("05.txt", "05.txt"), ("x/05.txt", "05.txt"), ("", "05.txt")]
)
def test_a_file_keeps_a_stored_name_that_reaches_further_up(tmp_path: Path, stored: str, name: str) -> None:
    (file,) = find_files([make(tmp_path, "a/05.txt") / "a"])
    assert file.known_as(stored).name == name


def test_a_wider_name_than_the_stored_one_stays(tmp_path: Path) -> None:
    (file,) = find_files([make(tmp_path, "a/05.txt")])
    assert file.known_as("05.txt").name == "a/05.txt"


def test_a_folder_called_like_a_page_is_no_page(tmp_path: Path) -> None:
    assert names(make(tmp_path, "x.txt/05.txt")) == ["x.txt/05.txt"]


def test_the_same_name_in_two_folders_stays_two_files(tmp_path: Path) -> None:
    make(tmp_path, "a/05.txt", "b/05.txt")
    assert [file.origin for file in find_files([tmp_path / "a", tmp_path / "b"])] == [
        (tmp_path / "a/05.txt").as_posix(),
        (tmp_path / "b/05.txt").as_posix(),
    ]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"找不到 .*none"):
        find_files([tmp_path / "none"])


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"没有 \.txt 版面"):
        find_files([tmp_path])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems store no such names")
def test_a_file_name_in_gbk_is_readable_and_can_be_stored(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "第五版.txt".encode("gb18030")
    Path(os.fsdecode(raw)).write_text("字", "utf-8")
    assert names(tmp_path) == ["第五版.txt"]


def test_a_folder_that_cannot_be_listed_stands_for_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open/a.txt", "closed/b.txt", "lost+found/c.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x", "utf-8")
    scandir = os.scandir

    def failing(path: str) -> Any:
        if os.fspath(path).endswith("closed"):
            raise OSError(errno.EIO, "Input/output error", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert [file.name for file in find_files([tmp_path])] == ["closed", "open/a.txt"]


@pytest.mark.parametrize(
    ("code", "gone"), [(errno.ENOENT, True), (errno.ENOTDIR, True), (errno.EIO, False), (errno.EACCES, False)]
)
def test_what_cannot_be_seen_is_not_gone(monkeypatch: pytest.MonkeyPatch, code: int, gone: bool) -> None:
    def failing(path: str) -> Any:
        raise OSError(code, os.strerror(code), path)

    monkeypatch.setattr(os, "stat", failing)
    assert is_gone("somewhere") is gone
