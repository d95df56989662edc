"""The one table of columns that all flat export formats follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.listed import Row

Link = Callable[[str], str]
"""The full address of an article's page, by its id."""

Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable English name, ``heading`` the Chinese one, ``value`` what a row has in this column."""

    key: str
    heading: str
    value: Callable[[Row, Link], Value]


def cell(value: Value) -> str:
    """A value as the text of one table cell: several values joined by ``；``, nothing as the empty string."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "；".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def values(row: Row, link: Link, text: bool = False) -> Iterator[Value]:
    """What a row has in every column, the full text last where it is wanted."""
    return (column.value(row, link) for column in columns(text))


def columns(text: bool = False) -> tuple[Column, ...]:
    """The columns of a list, with or without the full text."""
    return _WITH_TEXT if text else COLUMNS


def _of_record(key: str, heading: str) -> Column:
    return Column(key, heading, lambda row, _: row.record[key])


def _of_source(key: str, heading: str) -> Column:
    return Column(key, heading, lambda row, _: row.record["source"][key])


COLUMNS = (
    _of_record("id", "编号"),
    Column("link", "链接", lambda row, link: link(row.record["id"])),
    _of_record("title", "标题"),
    _of_record("kicker", "引题"),
    _of_record("subtitle", "副题"),
    _of_record("date", "日期"),
    _of_record("date_end", "日期止"),
    _of_record("date_source", "日期依据"),
    _of_source("newspaper", "报纸"),
    _of_source("page", "版"),
    _of_record("section", "栏目"),
    _of_record("kind", "体裁"),
    _of_record("byline", "署名"),
    _of_record("reporters", "记者"),
    _of_record("correspondents", "通讯员"),
    _of_record("photographers", "摄影"),
    _of_record("authors", "作者"),
    _of_record("streets", "街道"),
    _of_record("primary_street", "主要街道"),
    _of_record("communities", "社区"),
    _of_record("topics", "主题"),
    _of_record("complete", "完整"),
    _of_record("duplicate_of", "同稿"),
    Column("versions", "版本数", lambda row, _: row.versions),
    _of_source("file", "文件"),
    Column("snippet", "摘要", lambda row, _: row.snippet),
)
TEXT = _of_record("body", "正文")
"""The full text as printed: a column only where it is asked for."""
_WITH_TEXT = (*COLUMNS, TEXT)
