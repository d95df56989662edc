"""The versions of a story and how they differ, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.article import Article
from search.compare import Segment, compare, printed
from search.labels import LOST_LABELS, date_words

_SHOWN = 12
"""Characters of a passage that both have, shown at either end of it."""


def write_versions(versions: Sequence[Article]) -> Iterator[str]:
    """The first version, then each other one with its differences from the first; no line ends."""
    first, *others = versions
    yield f"{first.headline}  {_facts(first)}"
    for part in first.completed_from:
        yield f"  {LOST_LABELS[part.what]}缺的文字补自 {part.id}（重叠 {part.overlap} 字）：{_line(part.text)}"
    for other in others:
        yield f"{other.headline}  {_facts(other)}"
        yield "  " + "".join(map(_marked, compare(printed(first), printed(other))))


def _facts(article: Article) -> str:
    parts = (date_words(article.date), article.source.file, "" if article.complete else "残缺")
    return " | ".join(part for part in parts if part) + f"  [{article.id}]"


def _marked(part: Segment) -> str:
    """What only the first version has in [-…-], what only the other one has in {+…+}, as wdiff writes it."""
    if not part.same:
        return (f"[-{_line(part.a)}-]" if part.a else "") + (f"{{+{_line(part.b)}+}}" if part.b else "")
    text = _line(part.a)
    return text if len(text) <= 3 * _SHOWN else f"{text[:_SHOWN]}…{text[-_SHOWN:]}"


def _line(text: str) -> str:
    return "".join(text.splitlines())
