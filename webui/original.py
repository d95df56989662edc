"""The lines of the page that an article was read from, as rows beside its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app

from search.entry import Entry
from search.errors import OriginalMissing
from search.message import Message

Original = Callable[[Entry], Sequence[str]]
"""Gives all lines of the page of an entry, or raises OriginalMissing. No file is opened in this room."""

AROUND = 2
"""Lines of other stories that are shown before and after those of the article."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page by its 1-based number; ``own`` says that it belongs to the article.

    A row without a number stands for lines that are left out.
    """

    number: int | None
    text: str = ""
    own: bool = False


def offered() -> bool:
    """Whether the application can read pages at all."""
    return current_app.config["ORIGINAL"] is not None


def rows(entry: Entry) -> tuple[list[Row], str]:
    """The lines of an article with a few around them; or none, and the reason in words."""
    if not offered():
        return [], Message("这个网站没有接上版面文件")
    if not entry.article.source.spans:
        return [], Message("记录里没有这篇文章的行号")
    try:
        lines: Sequence[str] = current_app.config["ORIGINAL"](entry)
    except OriginalMissing as error:
        return [], str(error)
    return list(_rows(lines, entry.article.source.spans)), ""


def _rows(lines: Sequence[str], spans: Iterable[tuple[int, int]]) -> Iterator[Row]:
    own = {number for first, last in spans for number in range(first, last + 1)}
    near = {number + step for number in own for step in range(-AROUND, AROUND + 1)}
    before = 0
    for number in sorted(near & set(range(1, len(lines) + 1))):
        if number > before + 1:
            yield Row(None)
        yield Row(number, lines[number - 1], number in own)
        before = number
    if before < len(lines):
        yield Row(None)
