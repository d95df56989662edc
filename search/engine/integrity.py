"""Is the index whole? Everything in it is read once and compared with its checksums and with itself."""

from __future__ import annotations

from collections.abc import Iterator

from search.engine.schema import TEXT_ORDER
from search.engine.snapshot import Snapshot
from search.errors import IndexUnreadable
from search.text import searchable


def problems(snapshot: Snapshot, stale: bool) -> Iterator[str]:
    """What is wrong, in words. ``stale`` says that folded texts are expected to differ.

    Where checksums differ nothing else is looked at: it follows from them.
    """
    damaged = [(segment.file.path, name) for segment in snapshot.segments for name in segment.file.damaged()]
    yield from (f"索引文件 {path} 的 {name} 部分与校验值不符 (checksum differs)" for path, name in damaged)
    if damaged:
        return
    identities = [snapshot.identity(doc) for doc in snapshot.everything.tolist()]
    if len(set(identities)) < len(identities):
        yield f"有 {len(identities) - len(set(identities))} 个重复的 id (ids stored twice)"
    for doc in snapshot.everything.tolist():
        try:
            yield from _of_document(snapshot, doc, stale)
        except IndexUnreadable:
            yield f"文章 {snapshot.identity(doc)} 的存储记录读不出来 (stored record unreadable)"


def _of_document(snapshot: Snapshot, doc: int, stale: bool) -> Iterator[str]:
    card, article = snapshot.card(doc), snapshot.article(doc)
    if (article.id, article.duplicate_of, article.source.file) != (card.id, card.duplicate_of, card.file):
        yield f"文章 {card.id} 的卡片与存储记录不符 (card and record differ)"
    if article.digest() != card.digest:
        yield f"文章 {card.id} 的内容与其校验值不符 (digest differs)"
    if snapshot.doc_of(card.id) != doc:
        yield f"文章 {card.id} 按编号找不到 (not found by its id)"
    segment, own = snapshot.place(doc)
    parts = searchable(article)
    if not stale and segment.texts.text(own) != "".join(parts[name] + "\n" for name in TEXT_ORDER):
        yield f"文章 {card.id} 的检索文本与正文不符 (folded text differs)"
