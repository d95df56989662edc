"""In words: why an article has its topics and its kind, and what was learnt from labelled stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from indexer.describe.learning import Score
from indexer.describe.reference import Topics
from indexer.describe.topics import Reason, explain
from search.article import Article
from search.labels import value_label

_WORDS_GIVEN, _WORDS_REFUSED, _WORDS_AGAINST = 12, 4, 3
_LEAST, _UNLIKELY = 0.05, 0.01
"""Points that are worth a word, and a probability that is."""


def account_for(article: Article, topics: Topics) -> Iterator[str]:
    """The lines that explain an article's topics, by today's lists, and its kind."""
    reasons = explain(article, topics)
    given = [reason.label for reason in reasons if reason.given]
    yield f"{article.headline}（{article.id}）"
    yield f"主题 topics：{'、'.join(given)}"
    if set(given) != set(article.topics):
        yield f"  库里记的是 {'、'.join(article.topics) or '（无）'}：索引以后资料改过，或者文章自己带着主题"
    yield from (line for reason in reasons if _is_likely(reason) for line in _decision(reason))
    if others := [reason.label for reason in reasons if not _is_likely(reason)]:
        yield f"  把握不到 {_UNLIKELY:.0%}：{'、'.join(others)}"
    yield f"体裁 kind：{value_label('kind', article.kind)}（{article.kind}）"
    yield f"  {article.kind_evidence or '文章自己带着体裁，没有记下凭据'}"


def learning_account(scores: Mapping[str, Score], stories: int) -> Iterator[str]:
    """The lines that tell how well topics are found in stories that were held back."""
    yield f"{stories} 篇；每次留五分之一不学、只用来考，考的结果 (cross-validated)："
    for label, score in scores.items():
        yield f"  {label}　F1 {score.f1:.2f}（标了 {score.wanted}，给了 {score.given}，对了 {score.right}）"
    yield f"总 micro-F1 {sum(scores.values(), Score()).f1:.3f}"


def _is_likely(reason: Reason) -> bool:
    return reason.given or reason.probability >= _UNLIKELY


def _decision(reason: Reason) -> Iterator[str]:
    enough = reason.probability >= reason.needed
    chance = f"把握 {reason.probability:.0%}，{'够' if enough else '不够'} {reason.needed:.0%}"
    if enough != reason.given:
        chance += "，但已有三个更像的" if enough else "，但没有一个够的，就归在这里"
    yield f"  {'✓' if reason.given else '×'} {reason.label}　{chance}（起点 {reason.start:+.2f}）"
    most = _WORDS_GIVEN if reason.given else _WORDS_REFUSED
    stronger = [(term, value) for term, value in reason.points.items() if value >= _LEAST]
    weaker = [(term, value) for term, value in reversed(list(reason.points.items())) if value <= -_LEAST]
    if words := [*islice(stronger, most), *islice(weaker, _WORDS_AGAINST)]:
        yield "      " + "  ".join(f"{term} {value:+.2f}" for term, value in words)
