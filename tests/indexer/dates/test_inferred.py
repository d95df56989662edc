from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.dates.inferred import WIDEST, infer_date
from indexer.describe.reference import Reference
from search.article import UNDATED

EVENTS = Reference.load().events
IN_2022 = "以实际行动迎接党的二十大。"
"""From November 2021 to October 2022."""
SINCE_2022 = IN_2022 + "自2022年1月以来，工程进展顺利。"


def interval(*lines):
    when, _ = infer_date(lines, EVENTS)
    return (when.start.isoformat(), when.end.isoformat()) if when.start and when.end else None


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ([IN_2022], ("2021-11-08", "2022-10-22")),
        ([IN_2022, "5月20日，居民领到了钥匙。", "5月22日，街道办起了夜校。"], ("2022-05-22", "2022-06-26")),
        ([IN_2022, "5月22日，街道办起了夜校。"], ("2022-05-22", "2022-07-23")),
        ([IN_2022, "7月3日至9日，社区开展宣传周活动。"], ("2022-05-10", "2022-09-09")),
        ([IN_2022, "灯展将持续到7月26日。", "7月14日，记者从区里获悉。"], ("2022-07-14", "2022-07-26")),
        ([SINCE_2022, "自今年6月以来，演出了百余场。"], ("2022-06-01", "2022-10-22")),
        ([IN_2022, "今年9月底前完工。"], ("2022-01-01", "2022-09-30")),
        ([IN_2022, "眼下，全区进入主汛期。"], ("2022-04-01", "2022-09-30")),
        ([IN_2022, "第32个全国土地日前夕，干部下乡。"], ("2022-04-26", "2022-08-24")),
        (["平城区的街道，5月22日（星期日）办起了夜校。"], ("2022-05-22", "2022-07-21")),
        (["第三十八个教师节到来了。"], ("2022-07-12", "2022-11-09")),
        (["庆祝新中国成立73周年。", "9月30日，社区唱起了歌。"], ("2021-09-30", "2023-12-01")),
        (["自2024年1月平台上线试运行以来，用户满意。"], ("2024-01-01", "2026-01-30")),
        (["因检修，定于2020年9月22日6时至12时停电。"], ("2020-07-24", "2020-09-22")),
        (["特此公告。", "平城区图书馆", "2021年12月9日"], ("2021-12-02", "2022-02-07")),
        ([IN_2022, "讲座定在8月7日（星期日）下午。"], ("2022-06-08", "2022-10-06")),
        ([IN_2022, "去年以来，城管局推行新办法。"], ("2021-11-08", "2022-10-22")),
        (["核酸檢測點增設，核酸檢測有序。", "2022年3月以来，居民配合。"], ("2022-03-01", "2023-01-31")),
    ],
)
def test_an_interval(lines, days):
    assert interval(*lines) == days


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["近日，街道组织活动。"],
        ["5月22日，街道办起了夜校。"],
        ["2013年春天，他开了一家店，生意一直好。"],
        ["1937年7月，战事开始了。", "8月13日，敌机轰炸了车站。"],
        ["1912年1月1日，共和国成立了。"],
        ["学习贯彻党的二十大精神。"],
        [IN_2022, "2023年5月1日，公园开放了。"],
        [IN_2022, "第40个教师节到来了。"],
        ["将于2022年5月1日开放。"],
        ["疫情期间做过核酸检测，那年核酸检测点排着长队。"],
        ["创新冠军奖揭晓，健康路。"],
        ["贺老挝建国40周年。"],
    ],
    ids=lambda lines: "".join(lines)[:16],
)
def test_no_interval(lines):
    assert infer_date(lines, EVENTS) == (UNDATED, ())


@pytest.mark.parametrize(
    "line",
    [
        "10月5日起施行。",
        "“10月5日那天，我们都哭了。”",
        "每年10月5日都办。",
        "10月5日是校庆日。",
        "2019年，他来了。10月5日，店开了。",
        "原定于10月5日的比赛推迟了。",
        "10月入党的党员一同过生日。",
        "农历10月5日，庙会热闹。",
    ],
)
def test_a_day_that_is_no_event_of_the_page(line):
    assert interval(IN_2022, "5月20日，记者获悉。5月22日，街道办起了夜校。", line) == ("2022-05-22", "2022-06-26")


def test_the_words_that_bound_it():
    _, words = infer_date([IN_2022, "5月20日，居民领到了钥匙。", "5月22日，街道办起了夜校。"], EVENTS)
    assert words == ("迎接党的二十大", "5月22日")


def test_a_word_torn_by_a_line_break():
    assert interval("以实际行动迎接党的二", "十大。") == interval(IN_2022)


def test_days_of_two_seasons_are_both_kept():
    assert interval("1月5日，雪停了。", "9月20日，街道办起了夜校。", SINCE_2022) == ("2022-01-05", "2022-10-22")


LINES = st.lists(
    st.sampled_from(
        [
            IN_2022,
            "5月22日，办起了夜校。",
            "9月30日（星期五）",
            "第38个教师节。",
            "将于6月1日开放。",
            "12月3日，雪停了。",
        ]
    )
    | st.text(alphabet="0123456789年月日至将于第个（星期五）以来了。", max_size=20),
    max_size=6,
)


@given(LINES)
def test_never_a_day_and_never_too_wide(lines):
    when, words = infer_date(lines, EVENTS)
    assert when.known == bool(words)
    if when.start and when.end:
        assert timedelta(0) < when.end - when.start <= WIDEST
        assert EVENTS.first <= when.start
        assert when.end <= EVENTS.last


@given(st.dates(date(2021, 11, 9), date(2022, 9, 1)), st.integers(0, 30))
def test_a_page_of_reports_contains_its_day(day, age):
    event = day - timedelta(age)
    when, _ = infer_date([IN_2022, f"{event.month}月{event.day}日，街道办起了夜校。"], EVENTS)
    assert when.start
    assert when.end
    assert when.start <= day <= when.end


@given(st.dates(date(2018, 6, 1), date(2026, 12, 31)))
def test_a_signed_notice_contains_its_day(day):
    when, _ = infer_date(["因施工停水。", "平城区供水公司", f"{day.year}年{day.month}月{day.day}日"], EVENTS)
    assert when.start
    assert when.end
    assert when.start <= day <= when.end
