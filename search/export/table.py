"""What is found and what is held, as the command line prints it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from search.article import to_record
from search.labels import date_words
from search.results import Hit, Results, Stats
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


def write_records(results: Results, form: str) -> Iterator[str]:
    """The hits for programs: ``jsonl``, a record a line, or ``json``, one object; no line ends."""
    records = [to_record(hit.article) | {"score": hit.score, "snippet": hit.snippet} for hit in results.hits]
    if form == "jsonl":
        yield from (json.dumps(record, ensure_ascii=False) for record in records)
        return
    head = {"ok": True, "query": results.request.query, "total": results.total, "took_ms": results.took_ms}
    yield json.dumps(head | {"hits": records}, ensure_ascii=False, indent=2)


def write_stats(stats: Stats) -> Iterator[str]:
    """What the archive holds and lacks; no line ends."""
    held = stats.corpus
    yield f"文章 {held.articles} 篇，报道 {held.stories} 篇（多个版本算一篇），来自 {stats.files} 个文件"
    yield f"日期 {stats.first_day or '不详'} 至 {stats.last_day or '不详'}；未注明日期 {stats.undated} 篇"
    without = f"街道未注明 {stats.without_street} 篇，记者未注明 {stats.without_reporter} 篇"
    yield f"{without}，文字残缺 {stats.incomplete} 篇"
    yield from (f"  {year}  {count}" for year, count in sorted(stats.years.items()))
    yield f"馆藏版本 {held.version}"


def _facts(hit: Hit) -> str:
    article = hit.article
    people = "、".join((*article.reporters, *article.authors))
    streets = "、".join(article.streets) if len(article.streets) < 4 else f"{len(article.streets)} 个街道"
    parts = (date_words(article.date), people, streets, "、".join(article.topics), "" if article.complete else "残缺")
    return " | ".join(part for part in parts if part)
