"""What a story is about: topics by weighted terms, each decision open to inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import sqrt

from indexer.describe.reference import Topics
from indexer.draft import Draft
from search.text import fold

_MOST = 3
_USUAL = 300
"""Folded characters of the usual story; in a longer one every term counts less."""


def find_topics(draft: Draft, topics: Topics) -> tuple[str, ...]:
    """One to three topic labels, best first; the fallback alone when no topic reaches the threshold."""
    scores = {label: sum(terms.values()) for label, terms in explain(draft, topics).items()}
    best = sorted(scores, key=lambda label: -scores[label])[:_MOST]
    if not best or scores[best[0]] < topics.threshold:
        return (topics.fallback,)
    least = max(topics.threshold, topics.share * scores[best[0]])
    return tuple(label for label in best if scores[label] >= least)


def explain(draft: Draft, topics: Topics) -> dict[str, dict[str, float]]:
    """For every topic with any of its terms in the story: each term found and what it adds to the score.

    A term adds its weight times the root of its count (at most max_count), and title_factor times its weight when it
    stands in a heading. Beyond the usual length all is divided by the root of the length, or long stories would
    collect topics by chance. The terms of the fallback topic only take their characters away from other terms.
    """
    head = fold("\n".join(part for part in (draft.section, draft.headline, *draft.subheads) if part))
    body = fold("\n".join((draft.body, *draft.captions)))
    in_head, in_body = _count(head, topics), _count(body, topics)
    scale = sqrt(_USUAL / max(len(head) + len(body), _USUAL))
    found: dict[str, dict[str, float]] = {}
    for term in in_head | in_body:
        gain = sqrt(min(in_body[term], topics.max_count)) + topics.title_factor * (term in in_head)
        for label, weight in _weights(topics)[term].items():
            found.setdefault(label, {})[term] = weight * gain * scale
    found.pop(topics.fallback, None)
    return found


def _count(text: str, topics: Topics) -> Counter[str]:
    """How often each term stands in folded text, read from the left, the longest first, without overlap."""
    starts = _starts(topics)
    counts: Counter[str] = Counter()
    at = 0
    while at < len(text):
        for term in starts.get(text[at], ()):
            if text.startswith(term, at):
                counts[term] += 1
                at += len(term)
                break
        else:
            at += 1
    return counts


@cache
def _starts(topics: Topics) -> Mapping[str, tuple[str, ...]]:
    """The folded terms by their first character, the longest first."""
    starts: dict[str, tuple[str, ...]] = {}
    for term in sorted(_weights(topics), key=len, reverse=True):
        starts[term[0]] = (*starts.get(term[0], ()), term)
    return starts


@cache
def _weights(topics: Topics) -> Mapping[str, Mapping[str, float]]:
    """Every folded term with its weight by topic."""
    weights: dict[str, dict[str, float]] = {}
    for topic in topics.topics:
        for term, weight in topic.terms.items():
            weights.setdefault(fold(term), {})[topic.label] = weight
    return weights
