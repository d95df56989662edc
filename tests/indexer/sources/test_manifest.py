from datetime import date
from pathlib import Path

import pytest

from indexer.sources.manifest import Manifest, Row
from search.errors import BaokuError

HEAD = "file,date,page_no,page_name,newspaper"
ROW = Row(date(2023, 7, 21), "05", "走近平城", "大同晨讯")


def load(folder: Path, *lines: str, encoding: str = "utf-8") -> Manifest:
    path = folder / "manifest.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return Manifest.load(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    assert load(tmp_path, HEAD, "a.txt,2023-07-21,05,走近平城,大同晨讯", encoding=encoding).row("a.txt") == ROW


@pytest.mark.parametrize("day", ["2023-07-21", "2023/7/21", "2023.7.21", " 2023-7-21 "])
def test_days(tmp_path: Path, day: str) -> None:
    assert load(tmp_path, HEAD, f"a.txt,{day}").row("a.txt") == Row(date(2023, 7, 21))


@pytest.mark.parametrize("name", ["2023/a.txt", "./2023/a.txt", "2023\\a.txt", " 2023/a.txt ", "a.txt"])
def test_a_page_is_known_by_its_path_or_bare_name(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, HEAD, f"{name},2023-07-21").row("2023/a.txt").day == date(2023, 7, 21)


def test_the_path_goes_before_the_bare_name(tmp_path: Path) -> None:
    assert load(tmp_path, HEAD, "a.txt,,1", "x/a.txt,,2").row("x/a.txt").page_no == "2"


def test_a_hidden_folder_keeps_its_dot(tmp_path: Path) -> None:
    assert load(tmp_path, HEAD, ".old/a.txt,,1").row(".old/a.txt").page_no == "1"


def test_a_page_that_is_not_listed_has_an_empty_row(tmp_path: Path) -> None:
    assert load(tmp_path, HEAD, ",2023-07-21", "").row("a.txt") == Row()


def test_columns_in_any_order_and_missing_ones(tmp_path: Path) -> None:
    assert load(tmp_path, "page_name,file", "走近平城,a.txt").row("a.txt") == Row(page_name="走近平城")


@pytest.mark.parametrize("day", ["2023-02-30", "昨天", "20230721"])
def test_a_bad_date_is_refused_with_its_line(tmp_path: Path, day: str) -> None:
    with pytest.raises(BaokuError, match=rf"第 3 行.*{day}"):
        load(tmp_path, HEAD, "a.txt,2023-07-21", f"b.txt,{day}")


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match="没有 file 一列"):
        load(tmp_path, "name,date", "a.txt,2023-07-21")


@pytest.mark.parametrize("data", [b"", b"\x7fELF" + b"\x00\x01" * 99, b'file\n"' + b"a" * 200_000])
def test_what_is_no_csv_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.csv").write_bytes(data)
    with pytest.raises(BaokuError, match="清单不能使用"):
        Manifest.load(tmp_path / "m.csv")


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"清单读不了：.*none\.csv"):
        Manifest.load(tmp_path / "none.csv")
