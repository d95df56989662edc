"""What may be the matter with words or a string that no article has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.engine.probe import Probe
from search.labels import value_label
from search.message import Message, joined
from search.query.canonical import canonical
from search.query.dates import read_dates
from search.query.glob import literals
from search.query.leaf import trimmed
from search.query.lexer import FIELDS, is_operator
from search.query.parse import MAX_TERMS, parse
from search.query.tree import VALUE_FIELDS, And, Exact, Has, Misread, Near, Node, Pattern, Words
from search.why.cause import Remedy
from search.why.conditions import field_label, named
from search.words import words

MEANT_FIELDS = {
    **dict.fromkeys(("作者", "署名", "编辑", "author", "by", "writer"), "reporter"),
    **dict.fromkeys(("地点", "地区", "区域", "place", "location", "area"), "street"),
    **dict.fromkeys(("时间", "年份", "年", "日", "time", "year", "day"), "date"),
    **dict.fromkeys(("题目", "题名", "题", "headline", "heading"), "title"),
    **dict.fromkeys(("内容", "全文", "text", "content"), "body"),
    **dict.fromkeys(("话题", "类别", "分类", "标签", "subject", "category", "tag"), "topic"),
    **dict.fromkeys(("专栏", "版块", "column"), "section"),
    **dict.fromkeys(("类型", "形式", "type", "genre"), "kind"),
}
"""Names that people type for fields, and the fields that they mean."""

_FIELD = re.compile("([a-z]{2,12}|[\u4e00-\u9fff]{1,4}):(?!//)(.+)")
Text = Words | Exact | Pattern | Misread | Near
"""Conditions on the text."""
_PLACES = {"title": Message("标题"), "body": Message("正文")}
_WITHIN = {"title": Message("标题里"), "body": Message("正文里")}
_LONGEST_TYPO, _LONGEST_CUT = 8, 7
"""Characters of a string that is compared with the words of the archive, and of one that is cut in two."""
_MOST_WORDS, _MOST_SUSPECTS, _SHORTEST_PIECE = 8, 4, 3


def remedies(leaf: Text, probe: Probe) -> Iterator[Remedy]:
    """What can be said of a condition on text that no article has, the likeliest first."""
    if isinstance(leaf, Words) and _FIELD.fullmatch(leaf.text):
        yield from _other_fields(leaf)
        return
    if isinstance(leaf, Words):
        yield from _other_meaning(leaf, probe)
    yield from looser(leaf)
    match leaf:
        case Words():
            yield from _typos(leaf, probe)
            yield from _words_of(leaf, probe) if len(leaf.words) > 1 else (_missing(leaf), *_cuts(leaf))
            yield from (remedy for _, remedy in _pieces(leaf, probe))
        case Exact():
            yield from _typos(leaf, probe)
            pieces = list(_pieces(leaf, probe))
            mostly = any(len(found) * 2 > len(leaf.text) for found, _ in pieces)
            told = [remedy for _, remedy in pieces]
            yield from (*told, _missing(leaf)) if mostly else (_missing(leaf), *told)
        case Pattern() | Near():
            yield from _literals(leaf, probe)
        case Misread():
            yield _missing(leaf)


def looser(node: Node) -> Iterator[Remedy]:
    """The same characters asked for less strictly: in any field, without the quotation marks, at any distance."""
    if isinstance(node, (Words, Exact, Pattern, Misread)) and node.field:
        place = _PLACES[node.field]
        yield Remedy(
            "field",
            Message("{place}里没有「{text}」，别处有", place=place, text=node.text),
            Message("不限{place}", place=place),
            replace(node, field=None),
        )
    if isinstance(node, Exact):
        yield from _unquoted(node)
    if isinstance(node, (Pattern, Near)):
        yield from _anywhere(node)


def _unquoted(leaf: Exact) -> Iterator[Remedy]:
    if 1 < len(words(leaf.text)) <= MAX_TERMS:
        finding = Message("没有一字不差的「{text}」，但有各词都出现的文章", text=leaf.text)
        yield Remedy("quotes", finding, Message("去掉引号"), _run(leaf.text, leaf.field))
        if leaf.field:
            yield Remedy(
                "quotes", finding, Message("去掉引号，不限{place}", place=_PLACES[leaf.field]), _run(leaf.text, None)
            )


def _anywhere(leaf: Pattern | Near) -> Iterator[Remedy]:
    strings = literals(leaf)
    if len(strings) > 1:
        finding = Message("没有文章{condition}，但有这些字分开出现的文章", condition=named(leaf))
        yield Remedy(
            "near", finding, Message("不管相隔多远"), And(tuple(Exact(string, _field(leaf)) for string in strings))
        )


def _literals(leaf: Pattern | Near, probe: Probe) -> Iterator[Remedy]:
    """Which strings of a pattern or a nearness are nowhere."""
    absent = [string for string in literals(leaf) if not probe.count(Exact(string, _field(leaf)))]
    finding = (
        Message("{words}{place}一篇也没有", words=_listed(absent), place=_place(leaf))
        if absent
        else Message("没有文章{condition}", condition=named(leaf))
    )
    yield Remedy("missing", finding, Message("去掉“{condition}”", condition=named(leaf)), None, certain=True)


def _missing(leaf: Words | Exact | Misread) -> Remedy:
    return Remedy(
        "missing",
        Message("「{text}」{place}一篇也没有", text=leaf.text, place=_place(leaf)),
        Message("去掉「{text}」", text=leaf.text),
        None,
        certain=True,
    )


def _field(leaf: Text) -> str | None:
    return leaf.left.field if isinstance(leaf, Near) else leaf.field


def _place(leaf: Text) -> str:
    field = _field(leaf)
    return _WITHIN[field] if field else Message("全库")


def _other_fields(leaf: Words) -> Iterator[Remedy]:
    """A field of another language or with a slip of the pen: the nearest one, or the value alone."""
    name, _, value = leaf.text.partition(":")
    finding = Message("没有「{name}」这个检索字段，「{text}」是按普通文字找的", name=name, text=leaf.text)
    near = process.extractOne(name, FIELDS, scorer=OSA.distance, score_cutoff=2 if name.isascii() else 1)
    field = MEANT_FIELDS.get(name) or (FIELDS[near[0]] if near and len(name) > 1 else None)
    if field:
        yield Remedy(
            "unknown field",
            finding,
            Message("改用 {field}:{value}", field=field, value=value),
            parse(f"{field}:{value}").tree,
        )
    yield Remedy("unknown field", finding, Message("只找「{value}」", value=value), parse(value).tree, certain=True)


def _other_meaning(leaf: Words, probe: Probe) -> Iterator[Remedy]:
    """A date or the value of a field that was typed as a word."""
    dates = read_dates(leaf.text)
    if dates:
        yield Remedy(
            "other field",
            Message("文章里没有「{text}」这几个字，它是日期", text=leaf.text),
            Message("按日期 {text} 找", text=leaf.text),
            dates,
        )
    for facet in VALUE_FIELDS:
        if value := probe.known(facet, leaf.text):
            label, shown = field_label(facet), value_label(facet, value)
            finding = Message("文章里没有「{text}」这几个字，它是{label}", text=leaf.text, label=label)
            yield Remedy(
                "other field", finding, Message("按{label}「{shown}」找", label=label, shown=shown), Has(facet, value)
            )


def _typos(leaf: Words | Exact, probe: Probe) -> Iterator[Remedy]:
    """One wrong, missing or extra character: a word that the archive has, in strings that stand there literally."""
    for piece in islice(dict.fromkeys(_suspects(leaf.text)), _MOST_SUSPECTS):
        for word in probe.alike(piece):
            meant = leaf.text.replace(piece, word, 1)
            if len(meant) > 2 and probe.count(Exact(meant, leaf.field)):
                finding = Message(
                    "「{text}」{place}一篇也没有，一字之差的「{meant}」却有",
                    text=leaf.text,
                    place=_place(leaf),
                    meant=meant,
                )
                node = Exact(meant, leaf.field) if isinstance(leaf, Exact) else _run(meant, leaf.field)
                yield Remedy("wrong character", finding, Message("改找「{meant}」", meant=meant), node)
                return


def _suspects(text: str) -> Iterator[str]:
    """The pieces in which a slip may have happened: words, neighbouring ones where one is short, a short whole."""
    cut = words(text)
    yield from (word for word in cut if len(word) > 2)
    yield from (left + right for left, right in pairwise(cut) if len(left + right) < 5 and 1 in (len(left), len(right)))
    yield from (word for word in cut if len(word) == 2)
    if len(text) <= _LONGEST_TYPO:
        yield text


def _words_of(leaf: Words, probe: Probe) -> Iterator[Remedy]:
    """Which words of a run are nowhere, or which of them keeps the others apart."""
    cut = leaf.words[:_MOST_WORDS]
    absent = [word for word in cut if not probe.count(_run(word, leaf.field))]
    told = Message("「{text}」切成 {pieces}", text=leaf.text, pieces=joined("{left}｜{right}", leaf.words))
    if absent:
        finding = Message("{told}，其中{words}{place}一篇也没有", told=told, words=_listed(absent), place=_place(leaf))
        yield Remedy(
            "missing", finding, Message("去掉{words}", words=_listed(absent)), _less(leaf, absent), certain=True
        )
        return
    finding = Message("{told}，各词都有，但没有一篇同时有这些词", told=told)
    ways = [(probe.count(rest), word, rest) for word in cut if (rest := _less(leaf, [word]))]
    for _, word, rest in sorted((way for way in ways if way[0]), key=lambda way: -way[0])[:3]:
        yield Remedy("apart", finding, Message("去掉「{word}」", word=word), rest, certain=True)
    if not any(number for number, *_ in ways):
        yield Remedy("apart", finding, Message("去掉「{text}」", text=leaf.text), None, certain=True)


def _cuts(leaf: Words) -> Iterator[Remedy]:
    """A long word in two: its halves may stand apart."""
    text = leaf.text
    if len(text) <= _LONGEST_CUT:
        for at in range(2, len(text) - 1):
            left, right = text[:at], text[at:]
            node = And((_run(left, leaf.field), _run(right, leaf.field)))
            finding = Message(
                "「{text}」没有连在一起的，但有文章既有「{left}」又有「{right}」", text=text, left=left, right=right
            )
            yield Remedy("cut", finding, Message("拆成「{left}」「{right}」", left=left, right=right), node)


def _pieces(leaf: Words | Exact, probe: Probe) -> Iterator[tuple[str, Remedy]]:
    """The longest beginning and the longest end that stand somewhere, where they are more than two characters."""
    text, field = leaf.text, leaf.field
    if len(text) <= _SHORTEST_PIECE:
        return
    from_start = _longest(lambda size: probe.count(Exact(text[:size], field)), len(text))
    from_end = _longest(lambda size: probe.count(Exact(text[-size:], field)), len(text))
    for piece in sorted({text[:from_start], text[-from_end:]}, key=lambda piece: (-len(piece), piece)):
        if len(piece) >= _SHORTEST_PIECE:
            finding = Message("没有一字不差的「{text}」，其中最长的、库里有的一段是「{piece}」", text=text, piece=piece)
            yield piece, Remedy("piece", finding, Message("只找「{piece}」", piece=piece), Exact(piece, field))


def _longest(count: Callable[[int], int], size: int) -> int:
    """The greatest length below ``size`` that counts, at least 1; whatever is shorter than one that counts does."""
    low, high = 1, size - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(middle) else (low, middle - 1)
    return low


def _less(leaf: Words, absent: list[str]) -> Node | None:
    """The run without some of its words, each of the remaining pieces as a run; None when nothing remains."""
    kept = tuple(_run(run, leaf.field) for run in _between(leaf, absent) if words(run))
    return kept[0] if len(kept) == 1 else And(kept) if kept else None


def _between(leaf: Words, absent: list[str]) -> Iterator[str]:
    """What stands between some of the words of a run; a word may stand within another one, too."""
    start = at = 0
    for word in leaf.words:
        place = leaf.text.index(word, at)
        at = place + len(word)
        if word in absent:
            yield leaf.text[start:place]
            start = at
    yield leaf.text[start:]


def _run(text: str, field: str | None) -> Node:
    """A piece of a text as somebody would type it; word by word where its signs would be read as operators."""
    run = _words(trimmed(text), field)
    if run.words and parse(canonical(run)).tree == run:
        return run
    parts = tuple(Exact(word, field) if is_operator(word) else _words(word, field) for word in words(text))
    return parts[0] if len(parts) == 1 else And(parts)


def _words(text: str, field: str | None) -> Words:
    return Words(text, tuple(words(text)), field)


def _listed(strings: Iterable[str]) -> tuple[str, ...]:
    return tuple(Message("「{string}」", string=string) for string in strings)
