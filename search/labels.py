"""What facets and their values are called in Chinese, the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.article import PublicationDate
from search.message import Message
from search.request import MISSING

FACET_LABELS: Mapping[str, str] = {
    "date": Message("日期"),
    "street": Message("街道"),
    "reporter": Message("记者"),
    "topic": Message("主题"),
    "kind": Message("体裁"),
    "section": Message("栏目"),
}
KIND_LABELS: Mapping[str, str] = {
    "news": Message("消息"),
    "feature": Message("通讯"),
    "comment": Message("评论"),
    "photo": Message("图片"),
    "notice": Message("公告"),
    "agency": Message("通稿"),
    "letter": Message("来信"),
    "list": Message("信息"),
}
LOST_LABELS: Mapping[str, str] = {"beginning": Message("开头"), "middle": Message("中间"), "end": Message("结尾")}
"""What a completion completes."""
_MISSING_LABEL = Message("未注明")
_STREET_END, _COMMUNITY_ENDS = "街道", ("社区", "村")
_PAGE = re.compile("^第|(?<![0-9])0+(?=[0-9])|[版页]$")
"""What is no part of a page's number."""
_MONTHS = (
    *(Message("1月"), Message("2月"), Message("3月"), Message("4月"), Message("5月"), Message("6月")),
    *(Message("7月"), Message("8月"), Message("9月"), Message("10月"), Message("11月"), Message("12月")),
)
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)}
_KINDS_BY_LABEL: Mapping[str, str] = {label: kind for kind, label in KIND_LABELS.items()}


def spellings(facet: str, typed: str) -> tuple[str, ...]:
    """The values that a person may mean: what is typed, first of all, and the same with or without what all have.

    A street may be named without 街道, a community without 社区 or 村, a kind by its Chinese label, a page as 05,
    第5版 or 五版.
    """
    match facet:
        case "street":
            return typed, typed + _STREET_END, typed.removesuffix(_STREET_END)
        case "community":
            return typed, *(typed + end for end in _COMMUNITY_ENDS)
        case "kind":
            return typed, _KINDS_BY_LABEL.get(typed, typed)
        case "page":
            number = page_number(typed)
            return typed, _NUMERALS.get(number, number)
    return (typed,)


def page_number(page: str) -> str:
    """A page's number as it is compared and cited: 5 of 05, 第5版, 5版."""
    return _PAGE.sub("", page).upper()


def value_label(facet: str, value: str) -> str:
    """The value of a facet as shown to a person."""
    if value == MISSING:
        return _MISSING_LABEL
    if facet == "kind":
        return KIND_LABELS.get(_KINDS_BY_LABEL.get(value, value), value)
    if facet == "topic":
        return Message(value.replace("{", "{{").replace("}", "}}"))
    return day_label(value) if facet == "date" else value


def day_label(day: str) -> str:
    """2022, 2022-05 or 2022-05-22 as 2022年, 2022年5月, 2022年5月22日; anything else as it is."""
    parts = day.split("-")
    if not all(part.isdecimal() for part in parts):
        return day
    match [int(part) for part in parts]:
        case [year]:
            return Message("{year}年", year=year)
        case [year, month]:
            return Message("{year}年{month}", year=year, month=month_label(month))
        case [year, month, number]:
            return Message("{year}年{month}{day}日", year=year, month=month_label(month), day=number)
    return day


def month_label(month: int) -> str:
    """A month by its number from 1; what is none is left as it is."""
    return _MONTHS[month - 1] if 0 < month <= len(_MONTHS) else Message("{month}月", month=month)


def span_label(first: str, last: str) -> str:
    """The time from one year, month or day to another of its kind."""
    if first == last:
        return day_label(first)
    return Message("{first}至{last}", first=day_label(first), last=day_label(last))


def page_order(page: str) -> str:
    """What printed pages are sorted by: 2 before 10, A02 before B01."""
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(4), page)


def date_words(when: PublicationDate) -> str:
    """The day or the interval of a story, and whether it was inferred; 日期未注明 when unknown."""
    if when.start is None:
        return Message("日期未注明")
    days = Message("{start} 至 {end}", start=when.start, end=when.end) if when.is_interval else str(when.start)
    return Message("{days}（推定）", days=days) if when.source == "inferred" else days
