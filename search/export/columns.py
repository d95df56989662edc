"""The one table of columns that all flat export formats follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from search.listed import Row

Link = Callable[[str], str]
"""The full address of an article's page, by its id."""

Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable English name, ``heading`` the Chinese one."""

    key: str
    heading: str


COLUMNS = (
    Column("id", "编号"),
    Column("link", "链接"),
    Column("title", "标题"),
    Column("kicker", "引题"),
    Column("subtitle", "副题"),
    Column("date", "日期"),
    Column("date_end", "日期止"),
    Column("date_source", "日期依据"),
    Column("newspaper", "报纸"),
    Column("page", "版"),
    Column("section", "栏目"),
    Column("kind", "体裁"),
    Column("byline", "署名"),
    Column("reporters", "记者"),
    Column("correspondents", "通讯员"),
    Column("photographers", "摄影"),
    Column("authors", "作者"),
    Column("streets", "街道"),
    Column("primary_street", "主要街道"),
    Column("communities", "社区"),
    Column("topics", "主题"),
    Column("complete", "完整"),
    Column("duplicate_of", "同稿"),
    Column("versions", "版本数"),
    Column("file", "文件"),
    Column("snippet", "摘要"),
)
TEXT = Column("body", "正文")
"""The full text as printed: a column only where it is asked for."""
SEALS = (Column("row", "行"), Column("seal", "校验"))
"""What a list that is not empty ends each row with: see search.export.seal."""


def columns(text: bool = False) -> tuple[Column, ...]:
    """The columns of a list with or without the full text, its seals left out."""
    return (*COLUMNS, TEXT) if text else COLUMNS


def reader(text: bool, link: Link) -> Callable[[Row], Sequence[Value]]:
    """What gives the values of a row in the order of the columns.

    They are taken out of the stored record all at once: with a call for each, an export takes a third longer.
    """
    chosen = itemgetter(*(column.key for column in columns(text)))

    def values(row: Row) -> Sequence[Value]:
        more: dict[str, Any] = {"link": link(row.id), "versions": row.versions, "snippet": row.snippet}
        found: Sequence[Value] = chosen({**row.record, **row.record["source"], **more})
        return found

    return values


def cell(value: Value) -> str:
    """A value as the text of one table cell: several values joined by ``；``, nothing as the empty string."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list):
        # What was read back from a list may hold anything.
        return "；".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
