"""What the pages say: names of facets, kinds and sorts, dates and lines in Chinese; filters for the templates."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from markupsafe import Markup

from search.article import Source
from search.labels import LOST_LABELS, date_words, value_label
from search.query.terms import Term
from search.snippet import mark

SORT_NAMES = {"relevance": "相关度", "recent": "相关且新近", "newest": "日期由新到旧", "oldest": "日期由旧到新"}
BASES = {"masthead": "报头", "manifest": "目录清单", "file name": "文件名"}


def register(app: Flask) -> None:
    """Give the templates the filters of this module."""
    filters = (
        basis_words,
        date_words,
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


def basis_words(source: str) -> str:
    """What the date of a story rests on."""
    return BASES.get(source, source)


def lost_words(what: str) -> str:
    """What a completion completes."""
    return LOST_LABELS[what]


def page_words(page: str) -> str:
    """A printed page as a reader says it: 3 becomes 第 3 版."""
    return page if "版" in page else f"第 {page} 版"


def newspaper_words(source: Source) -> str:
    """The newspaper and the page of a story, as far as they are known."""
    return " ".join(filter(None, (source.newspaper, source.page and page_words(source.page))))


def span_words(spans: Sequence[tuple[int, int]]) -> str:
    """Line spans in words: 第 3–18 行、第 40 行."""
    return "、".join(f"第 {first} 行" if first == last else f"第 {first}–{last} 行" for first, last in spans)


def thousands(number: int) -> str:
    """A number with commas."""
    return f"{number:,}"


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """Printed text with the search terms in <mark>; the escaping is that of search.snippet."""
    return Markup(mark(text, terms))
