from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.dates.words import MOST_DAYS, find_days, number


def only(text):
    (word,) = find_days(text)
    return word


@pytest.mark.parametrize(
    ("text", "printed", "year", "month", "day", "last"),
    [
        ("于2022年5月20日举行", "2022年5月20日", 2022, 5, 20, None),
        ("二〇二二年五月二十日", "二〇二二年五月二十日", 2022, 5, 20, None),
        ("２０２２年５月２０日", "２０２２年５月２０日", 2022, 5, 20, None),
        ("7月17日—7月23日", "7月17日—7月23日", None, 7, 17, (7, 23)),
        ("9月15日至17日", "9月15日至17日", None, 9, 15, (9, 17)),
        ("5月21日（星期六）至22日", "5月21日（星期六）至22日", None, 5, 21, (5, 22)),
        ("7月7曰", "7月7曰", None, 7, 7, None),
        ("自2021年11月起", "2021年11月", 2021, 11, None, None),
        ("七月六号", "七月六号", None, 7, 6, None),
    ],
)
def test_days(text, printed, year, month, day, last):
    word = only(text)
    assert (word.printed, word.year, word.month, word.day, word.last) == (printed, year, month, day, last)
    assert text[word.start : word.end] == printed


def test_a_year_told_by_distance():
    assert (only("去年11月").away, only("今年9月").away, only("11月").away) == (-1, 0, None)


def test_a_weekday():
    assert only("5月22日（星期日）").weekday == 6
    assert only("5月20日(周五)").weekday == 4


@pytest.mark.parametrize("text", ["每月", "三个月", "13月5日", "5月32日", "正月", "月", "", "0月0日"])
def test_no_days(text):
    assert list(find_days(text)) == []


def test_so_many_days_are_read():
    assert len(list(find_days("1月2日，" * (MOST_DAYS + 1)))) == MOST_DAYS


def test_days_of_a_year():
    assert only("12月30日至1月2日").days(2022) == (date(2022, 12, 30), date(2023, 1, 2))
    assert only("2月").days(2024) == (date(2024, 2, 1), date(2024, 2, 29))
    assert only("2月29日").days(2023) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31), ("〇", 0), ("一五", 0), ("", 0)],
)
def test_number(text, value):
    assert number(text) == value


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.text(alphabet="在于平城区，。", max_size=9))
def test_every_day_is_read_back(day, around):
    word = only(f"{around}{day.year}年{day.month}月{day.day}日{around}")
    assert word.days(word.year) == (day, day)


@given(st.text(alphabet="0123456789一二十年月日至（）星期五去今", max_size=40))
def test_no_text_is_too_strange(text):
    ends = [0]
    for word in find_days(text):
        assert ends[-1] <= word.start < word.end
        assert text[word.start : word.end] == word.printed
        ends.append(word.end)
