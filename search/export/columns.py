"""The one table of columns that all export formats follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from search.article import Article
from search.results import Hit

Link = Callable[[str], str]
"""The full address of an article's page, by its id."""

Value = str | int | bool | tuple[str, ...] | None

_MARKS = re.compile("</?mark>")


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable English name, ``heading`` the Chinese one, ``value`` what a hit has in this column."""

    key: str
    heading: str
    value: Callable[[Hit, Link], Value]


def plain_snippet(hit: Hit) -> str:
    """The snippet without markup."""
    return unescape(_MARKS.sub("", hit.snippet))


def cell(value: Value) -> str:
    """A value as the text of one table cell: several values joined by ``；``, nothing as the empty string."""
    if isinstance(value, tuple):
        return "；".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _of_article(key: str, heading: str, value: Callable[[Article], Value]) -> Column:
    return Column(key, heading, lambda hit, _: value(hit.article))


def _first_day(article: Article) -> str | None:
    return article.date.start.isoformat() if article.date.start else None


def _last_day(article: Article) -> str | None:
    return article.date.end.isoformat() if article.date.end else None


COLUMNS = (
    _of_article("id", "编号", lambda article: article.id),
    Column("link", "链接", lambda hit, link: link(hit.article.id)),
    _of_article("title", "标题", lambda article: article.title),
    _of_article("kicker", "引题", lambda article: article.kicker),
    _of_article("subtitle", "副题", lambda article: article.subtitle),
    _of_article("date", "日期", _first_day),
    _of_article("date_end", "日期止", _last_day),
    _of_article("date_source", "日期依据", lambda article: article.date.source),
    _of_article("newspaper", "报纸", lambda article: article.source.newspaper),
    _of_article("page", "版", lambda article: article.source.page),
    _of_article("section", "栏目", lambda article: article.section),
    _of_article("kind", "体裁", lambda article: article.kind),
    _of_article("byline", "署名", lambda article: article.byline),
    _of_article("reporters", "记者", lambda article: article.reporters),
    _of_article("correspondents", "通讯员", lambda article: article.correspondents),
    _of_article("photographers", "摄影", lambda article: article.photographers),
    _of_article("authors", "作者", lambda article: article.authors),
    _of_article("streets", "街道", lambda article: article.streets),
    _of_article("primary_street", "主要街道", lambda article: article.primary_street),
    _of_article("communities", "社区", lambda article: article.communities),
    _of_article("topics", "主题", lambda article: article.topics),
    _of_article("complete", "完整", lambda article: article.complete),
    _of_article("duplicate_of", "同稿", lambda article: article.duplicate_of),
    Column("versions", "版本数", lambda hit, _: hit.versions),
    _of_article("file", "文件", lambda article: article.source.file),
    Column("snippet", "摘要", lambda hit, _: plain_snippet(hit)),
)
