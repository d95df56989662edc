"""Hits as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.labels import date_words
from search.results import Hit, Results
from search.suggest.alternatives import Alternative
from search.why.cause import Why


def write_table(results: Results) -> Iterator[str]:
    """A line that says what was understood and found, the notes, then two lines a hit; no line ends."""
    yield f"{results.understood}：{results.total} 篇，{results.took_ms:.0f} 毫秒"
    yield from (f"也找了：「{one.form}」（{one.why}，多 {one.added} 篇）" for one in results.expansions)
    yield from (f"注意：{note}" for note in results.notes)
    for number, hit in enumerate(results.hits, 1):
        yield f"{number:3}. {hit.article.headline}"
        yield f"     {_facts(hit)}  [{hit.article.id}]"
    if results.total > len(results.hits):
        yield f"     …… 另有 {results.total - len(results.hits)} 篇；全部结果请用 baoku export"


def write_help(meant: Sequence[Alternative], why: Why | None) -> Iterator[str]:
    """What may have been meant, and why nothing was found, where nothing was."""
    yield from (f"您是不是要找：{one.query}（{one.why}，{one.total} 篇）" for one in meant)
    for cause in why.causes if why else ():
        yield f"为什么：{cause.sentence}" + (f"；{cause.way}（{cause.hits} 篇）" if cause.request else "")


def _facts(hit: Hit) -> str:
    article = hit.article
    people = "、".join((*article.reporters, *article.authors))
    streets = "、".join(article.streets) if len(article.streets) < 4 else f"{len(article.streets)} 个街道"
    parts = (date_words(article.date), people, streets, "、".join(article.topics), "" if article.complete else "残缺")
    return " | ".join(part for part in parts if part)
