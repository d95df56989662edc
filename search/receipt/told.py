"""What a replay found, in words and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from search.engine.store import software
from search.message import Counted, Message
from search.receipt.record import Receipt
from search.receipt.replay import REASONS, Change, Replay
from search.results import Expansion
from search.words import analyser_version

KINDS_IN_WORDS: Mapping[str, str] = {"added": "增加", "removed": "减少", "changed": "改动"}


def verdict(replay: Replay) -> str:
    """The answer to "is it still the same list?" as one sentence."""
    before, now = replay.receipt.total, replay.now.total
    if replay.verdict == "identical":
        return Counted("完全相同：{n} 篇，次序也一样", n=now)
    if replay.verdict == "reordered":
        return Counted("篇目相同，次序不同：{n} 篇", n=now)
    return Message(
        "有变化：当时 {before} 篇，现在 {now} 篇；增加 {added} 篇，减少 {removed} 篇，改动 {changed} 篇",
        before=before,
        now=now,
        **replay.counts,
    )


def facts(receipt: Receipt) -> list[tuple[str, str]]:
    """What a receipt says of itself, each thing with its name."""
    corpus = receipt.corpus
    told: list[tuple[str, str]] = [
        (Message("检索式"), receipt.request.query or Message("（空：全部文章）")),
        (Message("理解为"), receipt.understood),
        (Message("时间"), receipt.made),
        (Message("篇数"), str(receipt.total)),
        (
            Message("馆藏"),
            Message("{articles} 篇，版本 {version}", articles=corpus.articles, version=corpus.version),
        ),
        (Message("软件"), receipt.software),
    ]
    if receipt.file is None:
        return told
    name, rows, sha256 = receipt.file.name, receipt.file.rows, receipt.file.sha256
    words = Message("{name}，{rows} 行，SHA-256 {sha256}", name=name, rows=rows, sha256=sha256)
    return [*told, (Message("文件"), words)]


def notes(replay: Replay) -> Iterator[str]:
    """What else differs between then and now, or should be known, a sentence each."""
    receipt, now = replay.receipt, replay.now
    yield from _of_the_archive(replay)
    same_words = (receipt.index_analyser, receipt.query_analyser) == (now.analyser, analyser_version())
    same = same_words and receipt.corpus.version == now.corpus.version and receipt.software == software()
    if same and replay.verdict != "identical":
        yield Message("馆藏、词典、软件都与当时相同，结果却不同：凭证改动过，或者各版本的归并变了")
    if not same_words:
        yield Message("词典或折叠规则与当时不同，切词可能不一样")
    if receipt.software != software():
        yield Message("软件与当时不同：当时 {then}，现在 {now}", then=receipt.software, now=software())
    if [one.form for one in receipt.expansions] != [one.form for one in now.expansions]:
        yield Message(
            "也找的写法不同：当时 {then}，现在 {now}", then=_forms(receipt.expansions), now=_forms(now.expansions)
        )
    if receipt.understood != now.understood:
        yield Message("检索式的读法不同：当时「{then}」，现在「{now}」", then=receipt.understood, now=now.understood)
    if replay.verdict == "different" and replay.reordered:
        yield Message("两次都有的文章，次序也不同")
    if replay.reordered and receipt.request.sort in ("relevance", "recent"):
        yield Message("相关度要看全库的词频，馆藏一变，次序就可能变；要次序不变，请按日期排")


def _of_the_archive(replay: Replay) -> Iterator[str]:
    receipt, now = replay.receipt, replay.now
    if receipt.corpus.version == now.corpus.version:
        yield Message("馆藏与当时相同")
    else:
        then = receipt.corpus.articles
        yield Message("馆藏有增减或更正：当时 {then} 篇，现在 {now} 篇", then=then, now=now.corpus.articles)
    if receipt.archive == now.archive:
        return
    if receipt.archive and now.archive:
        yield Message("凭证来自另一个库：凭证上是 {then}，这里是 {now}", then=receipt.archive, now=now.archive)
    else:
        yield Message("凭证和这个库不都有库的编号，不能断定是同一个库")


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


def _forms(expansions: Sequence[Expansion]) -> tuple[str, ...] | str:
    return tuple(one.form for one in expansions) or Message("无")
