from datetime import date
from pathlib import Path

import pytest

from indexer.sources.manifest import Manifest, Manifests, Row
from indexer.sources.walk import File, find_files
from search.errors import BaokuError

HEAD = "file,date,page_no,page_name,newspaper"
ROW = Row(date(2023, 7, 21), "05", "走近平城", "大同晨讯")


def load(folder: Path, *lines: str, encoding: str = "utf-8") -> Manifest:
    path = folder / "manifest.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return Manifest.load(path)


def row(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Row:
    return Manifests(load(folder, *lines, encoding=encoding)).row(File(folder / name, folder))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    assert row(tmp_path, "a.txt", HEAD, "a.txt,2023-07-21,05,走近平城,大同晨讯", encoding=encoding) == ROW


@pytest.mark.parametrize("day", ["2023-07-21", "2023/7/21", "2023.7.21", " 2023-7-21 "])
def test_days(tmp_path: Path, day: str) -> None:
    assert row(tmp_path, "a.txt", HEAD, f"a.txt,{day}") == Row(date(2023, 7, 21))


@pytest.mark.parametrize("name", ["2023/a.txt", "./2023/a.txt", "2023\\a.txt", " 2023/a.txt ", "a.txt"])
def test_a_page_is_known_by_its_path_or_bare_name(tmp_path: Path, name: str) -> None:
    assert row(tmp_path, "2023/a.txt", HEAD, f"{name},2023-07-21").day == date(2023, 7, 21)


def test_the_path_goes_before_the_bare_name(tmp_path: Path) -> None:
    assert row(tmp_path, "x/a.txt", HEAD, "a.txt,,1", "x/a.txt,,2").page_no == "2"


def test_a_hidden_folder_keeps_its_dot(tmp_path: Path) -> None:
    assert row(tmp_path, ".old/a.txt", HEAD, ".old/a.txt,,1").page_no == "1"


def test_a_page_that_is_not_listed_has_an_empty_row(tmp_path: Path) -> None:
    assert row(tmp_path, "a.txt", HEAD, ",2023-07-21", "") == Row()


def test_columns_in_any_order_and_missing_ones(tmp_path: Path) -> None:
    assert row(tmp_path, "a.txt", "page_name,file", "走近平城,a.txt") == Row(page_name="走近平城")


@pytest.mark.parametrize("day", ["2023-02-30", "昨天", "20230721"])
def test_a_bad_date_is_refused_with_its_line(tmp_path: Path, day: str) -> None:
    with pytest.raises(BaokuError, match=rf"第 3 行.*{day}"):
        load(tmp_path, HEAD, "a.txt,2023-07-21", f"b.txt,{day}")


def test_other_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match="没有 file 一列"):
        load(tmp_path, "name,date", "a.txt,2023-07-21")


def test_headings_may_be_written_with_blanks_and_capitals(tmp_path: Path) -> None:
    assert row(tmp_path, "a.txt", " File , DATE,Page_No ", "a.txt,2023-07-21,05") == Row(date(2023, 7, 21), "05")


def test_an_open_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"第 3 行的引号没有闭合"):
        load(tmp_path, HEAD, "a.txt,2023-07-21", '"b.txt,2023-07-22', "c.txt,2023-07-23", "")


@pytest.mark.parametrize("again", ["a.txt", "./a.txt", " a.txt "])
def test_a_file_listed_twice_is_refused_with_both_lines(tmp_path: Path, again: str) -> None:
    with pytest.raises(BaokuError, match=r"第 2 行和第 4 行.*a\.txt"):
        load(tmp_path, HEAD, "a.txt,2023-07-21", "b.txt,2023-07-22", f"{again},2023-07-23")


class TestOfFolders:
    @pytest.fixture
    def pages(self, tmp_path: Path) -> Path:
        for name in ("2023/05.txt", "2023/06.txt", "2024/05.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("字", "utf-8")
        load(tmp_path, "file,newspaper", "2023/05.txt,上", "06.txt,上", "2024/05.txt,上")
        load(tmp_path / "2023", "file,newspaper", "05.txt,下")
        return tmp_path

    def test_the_nearest_that_lists_the_file_counts(self, pages: Path) -> None:
        rows = Manifests()
        found = {file.name: rows.row(file).newspaper for file in find_files([pages])}
        assert found == {"2023/05.txt": "下", "2023/06.txt": "上", "2024/05.txt": "上"}

    def test_none_above_the_given_folder_is_asked(self, pages: Path) -> None:
        rows = Manifests()
        assert [rows.row(file).newspaper for file in find_files([pages / "2023"])] == ["下", None]

    def test_a_file_that_is_named_has_that_of_its_own_folder(self, pages: Path) -> None:
        assert [Manifests().row(file).newspaper for file in find_files([pages / "2023/05.txt"])] == ["下"]

    def test_a_named_one_goes_before_all_and_knows_the_files_below_itself(self, pages: Path) -> None:
        rows = Manifests(Manifest.load(pages / "manifest.csv"))
        assert [rows.row(file).newspaper for file in find_files([pages / "2023/05.txt"])] == ["上"]
        assert [rows.row(file).newspaper for file in find_files([pages / "2023"])] == ["上", "上"]

    def test_listed_files_that_are_not_there_are_named(self, pages: Path) -> None:
        load(pages / "2024", "file", "05.txt", "07.txt", "x/08.txt")
        assert Manifests().absent(find_files([pages]), {pages}) == ["07.txt", "x/08.txt"]

    def test_a_manifest_is_not_judged_by_part_of_its_folder(self, pages: Path) -> None:
        named = Manifests(load(pages, "file", "2023/05.txt", "2024/05.txt"))
        part = pages / "2023"
        assert named.absent(find_files([part]), {part}) == []
        assert Manifests().absent(find_files([part / "06.txt"]), set()) == []


@pytest.mark.parametrize("data", [b"", b"\x7fELF" + b"\x00\x01" * 99, b'file\n"' + b"a" * 200_000])
def test_what_is_no_csv_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.csv").write_bytes(data)
    with pytest.raises(BaokuError, match="清单不能使用"):
        Manifest.load(tmp_path / "m.csv")


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"清单读不了：.*none\.csv"):
        Manifest.load(tmp_path / "none.csv")
