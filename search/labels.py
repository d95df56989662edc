"""What facets and their values are called in Chinese, the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.article import PublicationDate

FACET_LABELS: Mapping[str, str] = {
    "date": "日期",
    "street": "街道",
    "reporter": "记者",
    "topic": "主题",
    "kind": "体裁",
    "section": "栏目",
}
KIND_LABELS: Mapping[str, str] = {
    "news": "消息",
    "feature": "通讯",
    "comment": "评论",
    "photo": "图片",
    "notice": "公告",
    "agency": "通稿",
    "letter": "来信",
    "list": "信息",
}
LOST_LABELS: Mapping[str, str] = {"beginning": "开头", "middle": "中间", "end": "结尾"}
"""What a completion completes."""
_STREET_END, _COMMUNITY_ENDS = "街道", ("社区", "村")
_PAGE = re.compile("^第|(?<![0-9])0+(?=[0-9])|[版页]$")
"""What is no part of a page's number."""
_KINDS_BY_LABEL: Mapping[str, str] = {label: kind for kind, label in KIND_LABELS.items()}


def spellings(facet: str, typed: str) -> tuple[str, ...]:
    """The values that a person may mean: what is typed, first of all, and the same with or without what all have.

    A street may be named without 街道, a community without 社区 or 村, a kind by its Chinese label, a page as 05 or
    第5版.
    """
    match facet:
        case "street":
            return typed, typed + _STREET_END, typed.removesuffix(_STREET_END)
        case "community":
            return typed, *(typed + end for end in _COMMUNITY_ENDS)
        case "kind":
            return typed, _KINDS_BY_LABEL.get(typed, typed)
        case "page":
            return typed, _PAGE.sub("", typed).upper()
    return (typed,)


def value_label(facet: str, value: str) -> str:
    """The value of a facet as shown to a person."""
    if facet == "kind":
        return KIND_LABELS.get(value, value)
    return day_label(value) if facet == "date" else value


def day_label(day: str) -> str:
    """2022, 2022-05 or 2022-05-22 as 2022年, 2022年5月, 2022年5月22日; anything else as it is."""
    parts = day.split("-")
    if not all(part.isdecimal() for part in parts):
        return day
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def page_order(page: str) -> str:
    """What printed pages are sorted by: 2 before 10, A02 before B01."""
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(4), page)


def date_words(when: PublicationDate) -> str:
    """The day or the interval of a story, and whether it was inferred; 日期未注明 when unknown."""
    if when.start is None:
        return "日期未注明"
    days = f"{when.start} 至 {when.end}" if when.is_interval else str(when.start)
    return f"{days}（推定）" if when.source == "inferred" else days
