"""What may be the matter with a condition that narrows: a value, days, an exclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

from rapidfuzz.distance import OSA

from search.engine.probe import Probe
from search.labels import value_label
from search.message import Counted, Message
from search.query.tree import VALUE_FIELDS, Dates, Exact, Has, Node, Not, Or
from search.request import FACETS, MISSING
from search.text import fold
from search.why.cause import Remedy
from search.why.conditions import field_label, named, period

_NEAR = 3
_FEW = 12
"""Values that a sentence can name."""


def remedies(node: Node, others: Sequence[Node], probe: Probe) -> Iterator[Remedy]:
    """What can be said of a condition that leaves nothing of what has all of ``others``."""
    values, days = _values(node), period(node)
    if isinstance(node, Not):
        finding = Counted(
            "{condition}的文章被排除，而其余条件找到的 {n} 篇全在其中",
            condition=named(node.part),
            n=probe.count(*others),
        )
        yield Remedy("excluded", finding, Message("不排除"), None, certain=True)
    elif days:
        yield from _dates(days, probe.count(node), others, probe)
    elif values and not probe.count(node):
        for value in values:
            yield from _unknown(value, probe)
    else:
        yield from _dropped(node, values, others, probe)


def _dropped(node: Node, values: Sequence[Has], others: Sequence[Node], probe: Probe) -> Iterator[Remedy]:
    """The condition left out, or exchanged for the value that most of the other hits have."""
    before = probe.count(*others)
    finding = Message(
        "{condition}的文章有 {alone} 篇，但其余条件找到的 {before} 篇里一篇也没有",
        condition=named(node),
        alone=probe.count(node),
        before=before,
    )
    yield Remedy("filter", finding, Message("去掉“{condition}”", condition=named(node)), None, certain=True)
    for facet in {value.facet for value in values}.intersection(FACETS):
        counts = {name: count for name, count in probe.values(facet, *others).items() if name != MISSING}
        for value in sorted(counts, key=lambda name: (-counts[name], name))[:1]:
            yield Remedy(
                "filter",
                finding,
                Message("{field}改为{value}", field=field_label(facet), value=value_label(facet, value)),
                Has(facet, value),
            )


def _values(node: Node) -> list[Has]:
    if isinstance(node, Or):
        return [value for part in node.parts for value in _values(part)]
    return [node] if isinstance(node, Has) else []


def _unknown(node: Has, probe: Probe) -> Iterator[Remedy]:
    """A value that no article has: it may belong to another field, be mistyped, or stand in the text."""
    label, typed = field_label(node.facet), node.value
    if node.value == MISSING:
        yield Remedy(
            "unknown value",
            Message("库中没有{label}未注明的文章", label=label),
            Message("不限{label}", label=label),
            None,
            certain=True,
        )
        return
    for facet in VALUE_FIELDS:
        if facet != node.facet and (value := probe.known(facet, typed)):
            finding = Message("「{typed}」不是{label}，是{facet}", typed=typed, label=label, facet=field_label(facet))
            yield Remedy(
                "other field",
                finding,
                Message("按{label}「{shown}」找", label=field_label(facet), shown=value_label(facet, value)),
                Has(facet, value),
            )
    finding = Message("库中没有一篇文章的{label}是「{typed}」", label=label, typed=typed)
    for value in _near(node, probe):
        shown = value_label(node.facet, value)
        yield Remedy(
            "unknown value",
            Message("{finding}，相近的有「{shown}」", finding=finding, shown=shown),
            Message("改为「{shown}」", shown=shown),
            Has(node.facet, value),
        )
    yield Remedy(
        "unknown value",
        Message("{finding}，文字里有「{typed}」", finding=finding, typed=typed),
        Message("在文字里找「{typed}」", typed=typed),
        Exact(fold(typed)),
    )
    yield Remedy(
        "unknown value", _listed(finding, node.facet, probe), Message("不限{label}", label=label), None, certain=True
    )


def _listed(finding: str, facet: str, probe: Probe) -> str:
    """A finding with the values that there are, if few: who types 新闻 cannot know that it is called 消息."""
    names = probe.names(facet)
    if not 0 < len(names) <= _FEW:
        return finding
    return Message(
        "{finding}；有的是：{values}", finding=finding, values=tuple(value_label(facet, name) for name in names)
    )


def _near(node: Has, probe: Probe) -> list[str]:
    """The values of the field that look most like a typed one."""
    typed = fold(node.value)
    far = {value: _distance(typed, fold(value_label(node.facet, value))) for value in probe.names(node.facet)}
    near = [value for value, distance in far.items() if distance <= max(1, len(typed) // 3)]
    return sorted(near, key=lambda value: (far[value], value))[:_NEAR]


def _distance(typed: str, known: str) -> float:
    """How many characters are wrong.

    A part of the other, of two characters or more, is nearer than any slip; of two characters the first must be right.
    """
    short, long = sorted((typed, known), key=len)
    if len(short) < 3 and short[:1] != long[:1]:
        return inf
    return 0.5 if len(short) > 1 and short in long else float(OSA.distance(typed, known))


def _dates(days: tuple[date | None, date | None], alone: int, others: Sequence[Node], probe: Probe) -> Iterator[Remedy]:
    first, last = days
    kind, finding = _when(first, last, alone, probe)
    around = probe.around(first, last, *others)
    nearest = []
    if around.after:
        nearest.append((_days(last, around.after), around.after, Dates(first, around.after)))
    if around.before:
        nearest.append((_days(around.before, first), around.before, Dates(around.before, last)))
    nearest.sort(key=lambda near: near[0])
    if nearest:
        days_there = tuple(str(day) for _, day, _ in nearest)
        finding = Message("{finding}；最近的在 {days}", finding=finding, days=days_there)
    for _, day, wider in nearest:
        yield Remedy(kind, finding, Message("放宽到 {day}", day=day), wider)
    if around.undated:
        words = Counted("其余条件找到的文章里有 {n} 篇日期未注明，按日期找会略去它们", n=around.undated)
        yield Remedy("undated", words, Message("只看日期未注明的"), Dates(None, None))
    yield Remedy(kind, finding, Message("不限日期"), None, certain=True)


def _days(first: date | None, last: date | None) -> int:
    return (last - first).days if first and last else 0


def _when(first: date | None, last: date | None, alone: int, probe: Probe) -> tuple[str, str]:
    """Whether there is no paper of these days or only nothing about the matter."""
    span = probe.span()
    if alone or span is None:
        return "dates", Counted("这段日期里有 {n} 篇文章，但没有一篇符合其余条件", n=alone)
    if (last and last < span[0]) or (first and first > span[1]):
        return "outside", Message("库中文章的日期从 {first} 到 {last}，所求日期在此之外", first=span[0], last=span[1])
    return "gap", Message("库中没有这段日期的文章（不等于报上没有登）")
