"""What the pages say: names of facets, kinds and sorts, dates and lines in Chinese; filters for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

from flask import Flask
from markupsafe import Markup

from search.article import Source
from search.labels import LOST_LABELS, date_words, day_label, value_label
from search.message import Message
from search.query.terms import Term
from search.request import MISSING
from search.snippet import mark
from webui.almanac import WEEKDAYS

SORT_NAMES = {
    "relevance": Message("相关度"),
    "recent": Message("相关且新近"),
    "newest": Message("日期由新到旧"),
    "oldest": Message("日期由旧到新"),
}
BASES = {"masthead": Message("报头"), "manifest": Message("目录清单"), "file name": Message("文件名")}


def register(app: Flask) -> None:
    """Give the templates the filters of this module."""
    filters = (
        basis_words,
        date_words,
        day_label,
        lost_words,
        marked,
        newspaper_words,
        page_words,
        span_words,
        thousands,
        value_label,
    )
    for words in filters:
        app.add_template_filter(words)
    app.jinja_env.globals.update(weekdays=WEEKDAYS, missing_value=MISSING)


def basis_words(source: str) -> str:
    """What the date of a story rests on."""
    return BASES.get(source, source)


def lost_words(what: str) -> str:
    """What a completion completes."""
    return LOST_LABELS[what]


def page_words(page: str) -> str:
    """A printed page as a reader says it: 3 becomes 第 3 版."""
    return page if "版" in page else Message("第 {page} 版", page=page)


def newspaper_words(source: Source) -> str:
    """The newspaper and the page of a story, as far as they are known."""
    page = page_words(source.page) if source.page else ""
    if not source.newspaper or not page:
        return source.newspaper or page
    return Message("{newspaper} {page}", newspaper=source.newspaper, page=page)


def span_words(spans: Sequence[tuple[int, int]]) -> str:
    """Line spans in words: 第 3–18 行、第 40 行."""
    return Message("{lines}", lines=tuple(starmap(_lines, spans)))


def _lines(first: int, last: int) -> str:
    if first == last:
        return Message("第 {line} 行", line=first)
    return Message("第 {first}–{last} 行", first=first, last=last)


def thousands(number: int) -> str:
    """A number with commas."""
    return f"{number:,}"


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """Printed text with the search terms in <mark>; the escaping is that of search.snippet."""
    return Markup(mark(text, terms))
