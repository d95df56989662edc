"""The tree explained in Chinese, so that a reader sees how the query was read."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from search.labels import FACET_LABELS, value_label
from search.query.tree import And, Dates, Everything, Exact, Has, Leaf, Misread, Near, Node, Not, Or, Pattern, Words
from search.request import MISSING

_LABELS = {**FACET_LABELS, "title": "标题", "body": "正文", "community": "社区", "page": "版"}


def explain(node: Node) -> str:
    """One Chinese phrase, such as 逐字包含「老旧小区」，且记者为丁亚琴."""
    match node:
        case Everything():
            return "全部文章"
        case And():
            return "，且".join(_grouped(part) for part in node.parts)
        case Or():
            return "，或".join(_grouped(part) for part in node.parts)
        case Not(part) if isinstance(part, Leaf):
            return _condition(part, "不")
        case Not():
            return f"不符合（{explain(node.part)}）"
        case _:
            return _condition(node, "")


def _grouped(node: Node) -> str:
    return f"（{explain(node)}）" if isinstance(node, (And, Or)) else explain(node)


def _condition(node: Leaf, no: str) -> str:
    """A single condition; ``no`` is 不 where it is negated."""
    match node:
        case Near(left, right, distance):
            return (
                f"{_place(left.field)}{'没' if no else ''}有「{left.text}」与「{right.text}」相距不超过 {distance} 字"
            )
        case Has() if node.value == MISSING:
            return _LABELS[node.facet] + ("已注明" if no else MISSING)
        case Has():
            return f"{_LABELS[node.facet]}{no}为{value_label(node.facet, node.value)}"
        case Dates(first=None, last=None):
            return "日期" + ("已注明" if no else MISSING)
        case Dates():
            return f"日期{no}在{_period(node)}"
        case _:
            return _place(node.field) + no + _text(node, no)


def _text(node: Words | Exact | Pattern | Misread, no: str) -> str:
    match node:
        case Words():
            return f"包含「{node.text}」{_cut(node, no)}"
        case Exact():
            return f"逐字包含「{node.text}」"
        case Pattern():
            return f"包含形如「{node.text}」的字（? 代表一个字，* 代表几个字或没有）"
        case Misread():
            return f"包含「{node.text}」或形近误认的写法"


def _place(field: str | None) -> str:
    return _LABELS[field] if field else ""


def _cut(node: Words, no: str) -> str:
    either = "也不" if no else "或"
    return f"（{either}同时包含各词：{'、'.join(node.words)}）" if len(node.words) > 1 else ""


def _period(dates: Dates) -> str:
    first, last = dates.first, dates.last
    if first is None or last is None:
        return f"{_day(first)}（含）之后" if first else f"{_day(last)}（含）之前"
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return f"{first.year}年"
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == _length(last):
        return f"{first.year}年{first.month}月"
    return f"{_day(first)}至{_day(last)}"


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
