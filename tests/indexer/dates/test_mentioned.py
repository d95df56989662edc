from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.dates.mentioned import mentioned_days
from search.article import UNDATED, PublicationDate

TUESDAY = date(2022, 5, 24)


def on(day):
    return PublicationDate(day, day, "masthead")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5月19日，街道组织活动，邀请5月入党的党员参加", ["2022-05-19"]),
        ("昨日，记者了解到", ["2022-05-23"]),
        ("前天，社区……昨晚有了着落", ["2022-05-22", "2022-05-23"]),
        ("日前，近日，眼下", []),
        ("记者20日从街道了解到", ["2022-05-20"]),
        ("本月20日", ["2022-05-20"]),
        ("25日夜间到26日有雨", ["2022-05-25", "2022-05-26"]),
        ("将于28日举行", ["2022-05-28"]),
        ("将于3日举行", ["2022-06-03"]),
        ("上周五，本周六，下周一", ["2022-05-20", "2022-05-28", "2022-05-30"]),
        ("去年5月", ["2021-05-01/2021-05-31"]),
        ("今年9月底前", ["2022-09-01/2022-09-30"]),
        ("五月中旬", ["2022-05-11/2022-05-20"]),
        ("2021年11月更换水管，12月3日完工", ["2021-11-01/2021-11-30", "2021-12-03"]),
        ("7月17日—7月23日", ["2022-07-17/2022-07-23"]),
        ("7月7日、8日两天", ["2022-07-07", "2022-07-08"]),
        ("6月3日至5日，各馆4日闭馆", ["2022-06-03/2022-06-05", "2022-06-04"]),
        ("12月28日", ["2021-12-28"]),
        ("五月二十日，5月20日", ["2022-05-20"]),
        ("5 月 20 日", ["2022-05-20"]),
        ("30日内答复，连续5日，每月1日，3号楼，10月校运会", []),
        ("如今天气转凉，目前天气，说明天气，今天的幸福", []),
        ("今日头条，农历八月十五日", []),
        ("一回家就问今天学了几个字，明天就轮到我们", []),
        ("今天上午，明天起", ["2022-05-24", "2022-05-25"]),
        ("“明天会更好”，他说：“昨天还没有。”", []),
        ("2月30日，13月1日", []),
    ],
)
def test_days_of_a_story(text, days):
    assert mentioned_days(text, on(TUESDAY)) == tuple(days)


def test_the_turn_of_the_year():
    assert mentioned_days("12月28日", on(date(2023, 1, 3))) == ("2022-12-28",)
    assert mentioned_days("记者30日了解到", on(date(2023, 1, 3))) == ("2022-12-30",)
    assert mentioned_days("将于1月5日举行", on(date(2022, 12, 28))) == ("2023-01-05",)


def test_an_interval_gives_only_what_all_of_its_days_agree_on():
    within_a_year = PublicationDate(date(2022, 5, 22), date(2022, 6, 10), "inferred")
    assert mentioned_days("5月19日，昨日，去年5月", within_a_year) == ("2022-05-19", "2021-05-01/2021-05-31")
    two_years = PublicationDate(date(2021, 5, 22), date(2022, 6, 10), "inferred")
    assert mentioned_days("5月19日，2020年5月1日", two_years) == ("2020-05-01",)


def test_undated():
    assert mentioned_days("5月19日，昨日，20日，去年5月，2021年11月5日", UNDATED) == ("2021-11-05",)


WORDS = st.sampled_from(
    ["昨日", "20日", "本月20日", "上周五", "去年5月", "5月19日", "将于5日", "上月", "12月30日", "五月下旬"]
)


@given(WORDS, st.dates(date(2019, 1, 1), date(2025, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_what_the_ends_of_an_interval_agree_on_holds_for_every_day_of_it(word, first, length, inside):
    last = date.fromordinal(first.toordinal() + length)
    found = mentioned_days(word, PublicationDate(first, last, "inferred"))
    day = date.fromordinal(first.toordinal() + min(inside, length))
    assert not found or found == mentioned_days(word, on(day))


@given(st.text(alphabet='昨前今明日天月年周五上本这下0123至“”"\n，。', max_size=60))
def test_no_text_is_too_strange(text):
    assert isinstance(mentioned_days(text, on(TUESDAY)), tuple)
    assert isinstance(mentioned_days(text, UNDATED), tuple)
