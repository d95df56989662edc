"""An index made anew, in the format and with the dictionary of today, of what an earlier one has stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from search.archive import Archive
from search.article import Article
from search.engine.beside import settled
from search.engine.builder import CODED_FACETS
from search.engine.columns import lacks
from search.engine.damage import readable
from search.engine.store import FORMAT, Store, format_at
from search.engine.writer import MEMORY
from search.entry import Entry
from search.errors import IndexUnreadable
from search.message import Message
from search.upgrade import segments, whooshed
from search.upgrade.stored import Stored

READERS: Mapping[int, Callable[[Path], Iterator[Stored]]] = {
    1: whooshed.stored,
    2: whooshed.stored,
    3: segments.stored,
    FORMAT: segments.stored,
}
"""How each format is read."""

_OTHER_SKETCHES = 1
"""The format whose sketches were made in another way."""


def due(path: Path) -> list[str]:
    """Why an index is not as this program would make it, in words; empty when it is.

    Raises:
        IndexMissing: there is none.
        IndexUnreadable: it is damaged, foreign or of a later format.
    """
    found = format_at(path := settled(path))
    if found != FORMAT:
        return [Message("格式是第 {found} 版，现在是第 {format} 版 (an earlier format)", found=found, format=FORMAT)]
    return list(_lacking(Store(path)))


def _lacking(store: Store) -> Iterator[str]:
    if store.stale:
        yield Message("是用另一版词典建的 (another dictionary)")
    if not store.identity:
        yield Message("还没有库的编号 (no identity yet)")
    files = [segment.file for segment in store.snapshot().segments]
    if columns := tuple(name for name in CODED_FACETS if any(lacks(file, name) for file in files)):
        yield Message("有些文章缺少 {columns} 栏 (columns are missing)", columns=columns)


def upgrade(
    path: Path,
    sketch: Callable[[Article], Sequence[int]],
    memory: int = MEMORY,
    watched: Callable[[Iterable[Stored]], Iterable[Stored]] = iter,
) -> Archive:
    """The archive at ``path`` with all its articles, as this program makes it.

    Readers see the old index until the new one is whole: every article has been compared with its digest, and the new
    index been checked. ``sketch`` makes the sketches that an index of the first format has in another form;
    ``watched`` is given all that is read.

    Raises:
        ArticleInvalid: a stored article could not be stored today.
        IndexMissing: there is no index.
        IndexUnreadable: it is damaged, foreign or of a later format.
        IndexBusy: another process is writing.
    """
    format_at(path := settled(path))
    with Archive.rebuilding(path) as fresh:
        fresh.memory = memory
        # Under the lock: what has been committed until now is in it.
        found, number = format_at(path), 0

        def entries() -> Iterator[Entry]:
            nonlocal number
            with readable(path):
                for stored in watched(READERS[found](path)):
                    number += 1
                    article = stored.article()
                    marks = _sketch_anew(stored, article, sketch) if found == _OTHER_SKETCHES else stored.sketch
                    yield Entry(article, stored.origin, stored.fingerprint, marks)

        fresh.update(entries())
        _refuse_loss(fresh, number)
    return Archive.open(path)


def _sketch_anew(stored: Stored, article: Article, sketch: Callable[[Article], Sequence[int]]) -> Sequence[int]:
    """What the indexer would give it, for whom a version that was told elsewhere, and has no sketch, takes no part."""
    told_elsewhere = article.duplicate_of and not stored.sketch
    return () if told_elsewhere else sketch(replace(article, duplicate_of=None))


def _refuse_loss(fresh: Archive, number: int) -> None:
    problems = fresh.check()
    if fresh.corpus().articles != number:
        problems.insert(0, Message("读出 {number} 篇，写进的不是这么多 (articles lost)", number=number))
    if problems:
        raise IndexUnreadable(
            Message(
                "新的索引不完好，没有换上；{n} 处，第一处：{problem} (damaged: nothing was replaced)",
                n=len(problems),
                problem=problems[0],
            )
        )
