"""The tree explained in Chinese, so that a reader sees how the query was read."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from search.labels import FACET_LABELS, day_label, value_label
from search.message import Message, joined
from search.query.tree import And, Dates, Everything, Exact, Has, Leaf, Misread, Near, Node, Not, Or, Pattern, Words
from search.request import MISSING

_LABELS = {
    **FACET_LABELS,
    "title": Message("标题"),
    "body": Message("正文"),
    "community": Message("社区"),
    "page": Message("版"),
    "newspaper": Message("报纸"),
}


def explain(node: Node) -> str:
    """One Chinese phrase, such as 逐字包含「老旧小区」，且记者为丁亚琴."""
    match node:
        case Everything():
            return Message("全部文章")
        case And():
            return joined("{left}，且{right}", map(_grouped, node.parts))
        case Or():
            return joined("{left}，或{right}", map(_grouped, node.parts))
        case Not(part) if isinstance(part, Leaf):
            return _condition(part, no=True)
        case Not():
            return Message("不符合（{condition}）", condition=explain(node.part))
        case _:
            return _condition(node, no=False)


def _grouped(node: Node) -> str:
    return Message("（{condition}）", condition=explain(node)) if isinstance(node, (And, Or)) else explain(node)


def _condition(node: Leaf, *, no: bool) -> str:
    """A single condition; ``no`` says that it is negated."""
    match node:
        case Near():
            return _placed(node.left.field, _near(node, no=no))
        case Has() if node.value == MISSING:
            return _noted(node.facet, noted=no)
        case Has():
            label, value = _LABELS[node.facet], value_label(node.facet, node.value)
            if no:
                return Message("{label}不为{value}", label=label, value=value)
            return Message("{label}为{value}", label=label, value=value)
        case Dates(first=None, last=None):
            return _noted("date", noted=no)
        case Dates():
            period = _period(node)
            return Message("日期不在{period}", period=period) if no else Message("日期在{period}", period=period)
        case _:
            return _placed(node.field, _without(node) if no else _with(node))


def _placed(field: str | None, condition: str) -> str:
    return Message("{place}{condition}", place=_LABELS[field], condition=condition) if field else condition


def _noted(facet: str, *, noted: bool) -> str:
    label = _LABELS[facet]
    return Message("{label}已注明", label=label) if noted else Message("{label}未注明", label=label)


def _near(node: Near, *, no: bool) -> str:
    values = {"left": node.left.text, "right": node.right.text, "distance": node.distance}
    if no:
        return Message("没有「{left}」与「{right}」相距不超过 {distance} 字", **values)
    return Message("有「{left}」与「{right}」相距不超过 {distance} 字", **values)


def _with(node: Words | Exact | Pattern | Misread) -> str:
    match node:
        case Words() if len(node.words) > 1:
            return Message("包含「{text}」（或同时包含各词：{words}）", text=node.text, words=node.words)
        case Words():
            return Message("包含「{text}」", text=node.text)
        case Exact():
            return Message("逐字包含「{text}」", text=node.text)
        case Pattern():
            return Message("包含形如「{text}」的字（? 代表一个字，* 代表几个字或没有）", text=node.text)
        case Misread():
            return Message("包含「{text}」或形近误认的写法", text=node.text)


def _without(node: Words | Exact | Pattern | Misread) -> str:
    match node:
        case Words() if len(node.words) > 1:
            return Message("不包含「{text}」（也不同时包含各词：{words}）", text=node.text, words=node.words)
        case Words():
            return Message("不包含「{text}」", text=node.text)
        case Exact():
            return Message("不逐字包含「{text}」", text=node.text)
        case Pattern():
            return Message("不包含形如「{text}」的字（? 代表一个字，* 代表几个字或没有）", text=node.text)
        case Misread():
            return Message("不包含「{text}」或形近误认的写法", text=node.text)


def _period(dates: Dates) -> str:
    first, last = dates.first, dates.last
    if first is None or last is None:
        return Message("{day}（含）之后", day=_day(first)) if first else Message("{day}（含）之前", day=_day(last))
    if first == last:
        return _day(first)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return day_label(f"{first.year:04}")
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == _length(last):
        return day_label(first.isoformat()[:7])
    return Message("{first}至{last}", first=_day(first), last=_day(last))


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _day(day: date | None) -> str:
    return day_label(day.isoformat()) if day else ""
