"""The advanced form and the box give the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QueryRefused
from search.query.compose import FIELDS, compose
from search.query.parse import parse


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ({}, ""),
        ({"all": " 老旧小区 改造 ", "unknown": "x"}, "老旧小区 改造"),
        ({"all": "丁?琴 水泊寺~"}, "丁?琴 水泊寺~"),
        ({"exact": "老 舊 小区"}, '"老旧小区"'),
        ({"exact": '说："好"'}, '“说:"好"”'),
        ({"any": "电梯 扶手"}, "电梯 OR 扶手"),
        ({"any": '"电梯 扶手" “加装”'}, '"电梯扶手" OR “加装”'),
        ({"any": "电梯 或 扶手"}, "电梯 OR 扶手"),
        ({"none": '"招聘 公告" 启事'}, '-("招聘公告" OR 启事)'),
        ({"all": '"电梯', "street": "永泰"}, '"电梯" street:永泰'),
        ({"all": "（电梯", "any": "扶手 )", "none": "OR", "scope": "title"}, "title:电梯 title:扶手"),
        ({"all": "社区", "none": "招聘 公告"}, "社区 -(招聘 OR 公告)"),
        ({"near": "老人", "near_to": "食堂", "within": "5"}, '"老人" NEAR/5 "食堂"'),
        ({"near": "老人", "near_to": "食堂", "within": "几个"}, '"老人" NEAR/10 "食堂"'),
        ({"near": "老人"}, '"老人"'),
        ({"all": "电梯 扶手", "exact": "社区", "scope": "title"}, 'title:(电梯 扶手) title:"社区"'),
        ({"all": "电梯", "scope": "elsewhere"}, "电梯"),
        ({"reporter": "丁亚琴", "street": "未注明"}, "street:未注明 reporter:丁亚琴"),
        ({"page": "05", "community": "永固"}, "community:永固 page:05"),
        ({"from": "2022-05", "to": "2023"}, "date:2022-05..2023"),
        ({"from": "2022年5月"}, "date:2022-05.."),
        ({"to": "2022"}, "date:..2022"),
    ],
)
def test_a_form_is_what_would_be_typed(form: dict[str, str], typed: str) -> None:
    assert compose(form).tree == parse(typed).tree


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text("水电 \"“”＂'(-)*?~|:：OR1", max_size=12) | st.text(max_size=20))
)
def test_whatever_is_filled_in_is_read_and_means_the_same_in_the_box(form: dict[str, str]) -> None:
    try:
        query = compose(form)
    except QueryRefused:
        return
    assert parse(query.canonical).tree == query.tree


@pytest.mark.parametrize("days", [{"from": "2022-13"}, {"to": "去年"}, {"from": "2022..2023", "to": "2024"}])
def test_a_day_that_cannot_be_read_is_told_instead_of_looked_for(days: dict[str, str]) -> None:
    with pytest.raises(QueryRefused, match=r"读不懂日期「.*2022-05-22"):
        compose({"all": "电梯", **days})
