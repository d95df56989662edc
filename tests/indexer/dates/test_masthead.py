from datetime import date

import pytest

from indexer.describe.dates.masthead import masthead_date

DAY = date(2023, 7, 21)
BODY = ["记者从区里了解到，2020年5月1日起，新规施行。"] * 20


@pytest.mark.parametrize(
    "line",
    [
        "2023年7月21日 星期五",
        "2023年7月21日　星期五　第5版",
        "２０２３年７月２１日　星期五",
        "2023 年 7 月 21 日 第 05 版",
        "2023-07-21 星期五",
        "2023.07.21 A5版",
        "平城晨刊 2023年7月21日 责编：某某",
        "二〇二三年七月二十一日 星期五",
        "二○二三年七月二十一日 农历癸卯年六月初四 星期五",
        "2023.07.21 Friday",
        "05 走近平城 平城晨刊 2023年7月21日 星期五 E-mail:cxpc@example.com",
        "国内统一刊号CN14-0000 平城晨刊 2023年7月21日",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_masthead(line, first):
    lines = ["平城晨刊", line, *BODY] if first else [*BODY, line, ""]
    assert masthead_date(lines) == DAY


@pytest.mark.parametrize(
    "lines",
    [
        BODY,
        [],
        ["2023年7月21日，活动举行", *BODY],
        ["活动将于2023年7月21日星期五举行。", *BODY],
        [*BODY, "2023年7月21日 星期五", *BODY],
        [*BODY, "平城区供热公司", "2023年7月21日"],
        ["2023年2月30日 星期五", *BODY],
        ["7月21日 星期五", *BODY],
        ["2023年7月21日 星期四", *BODY],
        ["2023年7月21日 第3版", "2023年7月22日 第3版", *BODY],
        ["2023年7月21日 星期五 上午9:00 社区义诊", *BODY],
        ["2023年7月21日 星期五 停水通知", *BODY],
        [*BODY, "平城区供热公司", "2023年7月21日", "责编 某某"],
        [*BODY, "2023年7月21日（星期五）", "上午 义诊"],
        [*BODY, "2023年7月21日 星期五 社区义诊"],
        [*BODY, "联系电话：0352-0000000 2023年7月21日"],
        [*BODY, "（原载《平城日报》2023年7月21日）"],
        [*BODY, "据平城日报 2023年7月21日"],
        [*BODY, "双色球第2023083期 2023年7月21日"],
        [*BODY, "2023年7月21日 农历六月初四"],
    ],
)
def test_no_masthead(lines):
    assert masthead_date(lines) is None


@pytest.mark.parametrize(
    "masthead",
    [
        ["2023年7月21日", "星期五", "05版"],
        ["2023年7月21日", "星期五"],
        ["2023年", "7月21日", "星期五"],
        ["平城晨刊", "2023年7月21日"],
        ["第05版", "走近平城", "2023年7月21日"],
        ["星期五", "2023年7月21日", "平城晨刊"],
    ],
)
def test_a_masthead_split_over_lines(masthead):
    assert masthead_date([*masthead, *BODY]) == DAY


def test_at_the_foot_the_weekday_must_be_there_as_well():
    assert masthead_date([*BODY, "2023年7月21日", "星期五", "05版 走近平城"]) == DAY
    assert masthead_date([*BODY, "2023年7月21日", "05版 走近平城"]) is None


def test_the_head_goes_before_the_foot():
    assert masthead_date(["2023年7月21日 第3版", *BODY, "2023年7月24日 星期一"]) == DAY
