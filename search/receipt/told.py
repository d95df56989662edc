"""What a replay found, in words and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from search.engine.store import software
from search.receipt.record import Receipt
from search.receipt.replay import REASONS, Change, Replay
from search.words import analyser_version

KINDS_IN_WORDS: Mapping[str, str] = {"added": "增加", "removed": "减少", "changed": "改动"}


def verdict(replay: Replay) -> str:
    """The answer to "is it still the same list?" as one sentence."""
    before, now = replay.receipt.total, replay.now.total
    if replay.verdict == "identical":
        return f"完全相同：{now} 篇，次序也一样 (identical)"
    if replay.verdict == "reordered":
        return f"篇目相同，次序不同：{now} 篇 (same articles, another order)"
    counts = replay.counts
    return (
        f"有变化：当时 {before} 篇，现在 {now} 篇；"
        f"增加 {counts['added']} 篇，减少 {counts['removed']} 篇，改动 {counts['changed']} 篇 (different)"
    )


def facts(receipt: Receipt) -> list[tuple[str, str]]:
    """What a receipt says of itself, each thing with its name."""
    corpus = receipt.corpus
    told = [
        ("检索式", receipt.request.query or "（空：全部文章）"),
        ("理解为", receipt.understood),
        ("时间", receipt.made),
        ("篇数", str(receipt.total)),
        ("馆藏", f"{corpus.articles} 篇，版本 {corpus.version}"),
        ("软件", receipt.software),
    ]
    file = receipt.file
    return [*told, ("文件", f"{file.name}，{file.rows} 行，SHA-256 {file.sha256}")] if file else told


def notes(replay: Replay) -> Iterator[str]:
    """What else differs between then and now, or should be known, a sentence each."""
    receipt, now = replay.receipt, replay.now
    if receipt.archive and now.archive and receipt.archive != now.archive:
        yield f"凭证来自另一个库（{receipt.archive}），这里是 {now.archive} (receipt of another archive)"
    if receipt.corpus.version == now.corpus.version:
        yield "馆藏与当时相同 (the same articles are held)"
    else:
        yield f"馆藏有变：当时 {receipt.corpus.articles} 篇，现在 {now.corpus.articles} 篇 (the archive has changed)"
    if (receipt.index_analyser, receipt.query_analyser) != (now.analyser, analyser_version()):
        yield "词典或折叠规则与当时不同，切词可能不一样 (analyser or dictionary differ)"
    if receipt.software != software():
        yield f"软件与当时不同：当时 {receipt.software}，现在 {software()} (software differs)"
    if [one.form for one in receipt.expansions] != [one.form for one in now.expansions]:
        yield f"也找的写法不同：当时 {_forms(receipt)}，现在 {_forms(now)} (other expansions)"
    if receipt.understood != now.understood:
        yield f"检索式的读法不同：当时「{receipt.understood}」，现在「{now.understood}」 (read otherwise)"
    if replay.verdict == "different" and replay.reordered:
        yield "两次都有的文章，次序也不同 (what both lists have stands in another order)"
    if replay.reordered and receipt.request.sort in ("relevance", "recent"):
        yield "相关度要看全库的词频，馆藏一变，次序就可能变；要次序不变，请按日期排 (relevance depends on the archive)"


def in_words(replay: Replay) -> Iterator[str]:
    """The verdict, what differs, then a line for each article; no line ends."""
    yield verdict(replay)
    yield from (f"{name}：{text}" for name, text in facts(replay.receipt))
    yield from (f"注意：{note}" for note in notes(replay))
    yield from (_line(replay, change) for change in replay.changes)


def _line(replay: Replay, change: Change) -> str:
    named = replay.name(change)
    parts = (named.headline, named.date, REASONS[change.why], _places(change))
    return f"{KINDS_IN_WORDS[change.kind]}  {'  '.join(part for part in parts if part)}  [{change.id}]"


def _places(change: Change) -> str:
    """Where it stands in the two lists."""
    if change.before is None:
        return f"现第 {change.now} 篇"
    return f"原第 {change.before} 篇" + (
        f"，现第 {change.now} 篇" if change.now and change.now != change.before else ""
    )


def to_json(replay: Replay, limit: int | None = None) -> dict[str, Any]:
    """The same for programs; ``changes`` names the first ``limit`` of them, or all."""
    return {
        "ok": True,
        "verdict": replay.verdict,
        "understood": replay.receipt.understood,
        "made": replay.receipt.made,
        "total": {"then": replay.receipt.total, "now": replay.now.total},
        "corpus": {"then": replay.receipt.corpus.version, "now": replay.now.corpus.version},
        **replay.counts,
        "reordered": replay.reordered,
        "notes": list(notes(replay)),
        "changes": [_record(replay, change) for change in replay.changes[:limit]],
    }


def _record(replay: Replay, change: Change) -> dict[str, Any]:
    named = replay.name(change)
    return {
        "kind": change.kind,
        "id": change.id,
        "headline": named.headline,
        "date": named.date,
        "why": change.why,
        "reason": REASONS[change.why],
        "then": change.before,
        "now": change.now,
    }


def _forms(one: Any) -> str:
    return "、".join(expansion.form for expansion in one.expansions) or "无"
