"""Is the index whole? Everything in it is read once and compared with its checksums and with itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.article import Article
from search.engine.agreement import disagreements
from search.engine.builder import id_key, months, years
from search.engine.cards import UNDATED
from search.engine.columns import lacks
from search.engine.prepare import facet_values, title_and_rest
from search.engine.schema import DAY_FIELDS, TEXT_ORDER
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.text import searchable


def problems(snapshot: Snapshot, stale: bool) -> Iterator[str]:
    """What is wrong, in words. ``stale`` says that folded texts are expected to differ.

    Where checksums differ nothing else is looked at: it follows from them.
    """
    damaged = [(segment.file.path, name) for segment in snapshot.segments for name in segment.file.damaged()]
    yield from (f"索引文件 {path} 的 {name} 部分读不出来，或与校验值不符 (checksum differs)" for path, name in damaged)
    if damaged:
        return
    for segment in snapshot.segments:
        yield from disagreements(segment)
    identities: set[str] = set()
    for doc in snapshot.everything.tolist():
        try:
            if (identity := snapshot.identity(doc)) in identities:
                yield f"编号 {identity} 存了两篇 (id stored twice)"
            identities.add(identity)
            yield from _of_document(snapshot, doc, stale)
        except OSError:
            raise
        except Exception:
            segment, own = snapshot.place(doc)
            yield f"索引文件 {segment.file.path} 中第 {own} 篇读不出来 (document unreadable)"


def _of_document(snapshot: Snapshot, doc: int, stale: bool) -> Iterator[str]:
    card, article = snapshot.card(doc), snapshot.article(doc)
    if (article.id, article.duplicate_of, article.source.file) != (card.id, card.duplicate_of, card.file):
        yield f"文章 {card.id} 的卡片与存储记录不符 (card and record differ)"
    if article.digest() != card.digest:
        yield f"文章 {card.id} 的内容与其校验值不符 (digest differs)"
    segment, own = snapshot.place(doc)
    if snapshot.doc_of(card.id) != doc or segment.numbers("key")[own] != id_key(card.id):
        yield f"文章 {card.id} 按编号找不到 (not found by its id)"
    if wrong := [name for name, held, value in _columns(segment, own, article) if held != value]:
        yield f"文章 {card.id} 的 {'、'.join(wrong)} 栏与存储记录不符 (columns and record differ)"
    parts = searchable(article)
    units = segment.numbers("title_units")[own], segment.numbers("rest_units")[own]
    text = "".join(parts[name] + "\n" for name in TEXT_ORDER)
    if not stale and (segment.texts.text(own), units) != (text, title_and_rest(parts)):
        yield f"文章 {card.id} 的检索文本与正文不符 (folded text differs)"


def _columns(segment: Segment, doc: int, article: Article) -> Iterator[tuple[str, Any, Any]]:
    """What the columns hold of an article, and what they should."""
    start, end = article.date.start, article.date.end
    days = (start.toordinal(), end.toordinal()) if start and end else ()
    facets = facet_values(article) | {"year": tuple(years(*days)), "month": tuple(months(*days))}
    numbers: dict[str, int] = {"complete": article.complete, "completed": bool(article.completed_from)}
    numbers |= dict(zip(DAY_FIELDS, days or (UNDATED, UNDATED), strict=True))
    for name, number in numbers.items():
        yield name, int(segment.numbers(name)[doc]), number
    for name, values in facets.items():
        # A document from before there was this column has nothing in it.
        if not lacks(segment.file, name):
            yield name, _held(segment, name, doc), values


def _held(segment: Segment, name: str, doc: int) -> tuple[str, ...] | None:
    """The values in a column; None where its numbers lead nowhere."""
    try:
        return segment.coded(name).of(doc)
    except (LookupError, ValueError):
        return None
