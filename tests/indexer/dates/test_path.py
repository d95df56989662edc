from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.dates.path import path_date, path_page

DAY = date(2023, 7, 21)


@pytest.mark.parametrize(
    ("path", "day", "page"),
    [
        ("2023-07-21/05.txt", DAY, "5"),
        ("2023/07/21/A05.txt", DAY, "A5"),
        ("2023/7/21/5.txt", DAY, "5"),
        ("20230721_05.txt", DAY, "5"),
        ("20230721-A01版.txt", DAY, "A1"),
        ("平城晨刊_2023-07-21_03版.txt", DAY, "3"),
        ("2023年7月21日/第5版.txt", DAY, "5"),
        ("2023_07_21_01.txt", DAY, "1"),
        ("2023.07.21-5.txt", DAY, "5"),
        ("20230721.txt", DAY, None),
        ("2022-01-01/20230721.txt", DAY, None),
        ("page3.txt", None, "3"),
        ("2023-02-30.txt", None, None),
        ("20231345.txt", None, None),
        ("123456789012.txt", None, None),
        ("000_72087fdb821066fe.txt", None, None),
        ("2023-0721.txt", None, None),
        ("00.txt", None, None),
        ("scan.txt", None, None),
        ("", None, None),
    ],
)
def test_path(path, day, page):
    assert (path_date(path), path_page(path)) == (day, page)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(1, 99))
def test_every_day_and_page_is_read_back(day, page):
    for path in (
        f"{day:%Y-%m-%d}/{page:02}.txt",
        f"{day:%Y%m%d}_{page:02}.txt",
        f"{day.year}年{day.month}月{day.day}日/第{page}版.txt",
    ):
        assert (path_date(path), path_page(path)) == (day, str(page))


@given(st.text(alphabet="0123456789-_/年月日版第. a", max_size=30))
def test_no_path_is_too_strange(path):
    assert path_date(path) is None or isinstance(path_date(path), date)
    assert path_page(path) is None or path_page(path) != ""
