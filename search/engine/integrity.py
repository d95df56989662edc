"""Is the index whole? Everything in it is read once and compared with itself."""

from __future__ import annotations

from collections.abc import Iterator

from search.engine.deadline import Deadline
from search.engine.reader import Reader
from search.engine.schema import TEXT_ORDER
from search.engine.snapshot import Snapshot
from search.errors import IndexUnreadable
from search.text import searchable


def problems(snapshot: Snapshot, reader: Reader, stale: bool) -> Iterator[str]:
    """What is wrong, in words. ``stale`` says that folded texts are expected to differ."""
    alive = [doc for doc, _ in snapshot.alive()]
    if len(alive) != len(snapshot.doc_of):
        yield f"有 {len(alive) - len(snapshot.doc_of)} 个重复的 id (ids stored twice)"
    for doc in alive:
        try:
            yield from _of_document(snapshot, reader, doc, stale)
        except IndexUnreadable:
            yield f"文章 {snapshot.ids[doc]} 的存储记录读不出来 (stored record unreadable)"
    try:
        reader.scan()
    except IndexUnreadable:
        yield "倒排表有读不出来的部分 (postings unreadable)"


def _of_document(snapshot: Snapshot, reader: Reader, doc: int, stale: bool) -> Iterator[str]:
    card = snapshot.cards[doc]
    article = reader.article(doc)
    if (article.id, article.duplicate_of, article.source.file) != (card.id, card.duplicate_of, card.file):
        yield f"文章 {card.id} 的卡片与存储记录不符 (card and record differ)"
    if article.digest() != card.digest:
        yield f"文章 {card.id} 的内容与其校验值不符 (digest differs)"
    parts = searchable(article)
    if not stale and b"\n".join(next(reader.texts([doc]))) != "\n".join(parts[name] for name in TEXT_ORDER).encode():
        yield f"文章 {card.id} 的检索文本与正文不符 (folded text differs)"
    if doc not in reader.docs("id", card.id, Deadline.never()):
        yield f"文章 {card.id} 不在编号表中 (id not indexed)"
