"""What a story is about: topics by weighted terms, each decision open to inspection."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from indexer.describe.reference import Topics
from indexer.draft import Draft
from search.text import fold

_MOST = 3


def find_topics(draft: Draft, topics: Topics) -> tuple[str, ...]:
    """One to three topic labels, best first; the fallback alone when no topic reaches the threshold."""
    scores = {label: sum(terms.values()) for label, terms in explain(draft, topics).items()}
    best = sorted(scores, key=lambda label: -scores[label])[:_MOST]
    if not best or scores[best[0]] < topics.threshold:
        return (topics.fallback,)
    least = max(topics.threshold, topics.share * scores[best[0]])
    return tuple(label for label in best if scores[label] >= least)


def explain(draft: Draft, topics: Topics) -> dict[str, dict[str, float]]:
    """For every topic with any of its terms in the story: each term found and what it adds to the score."""
    head = fold(" ".join(part for part in (draft.section, draft.headline, *draft.subheads) if part))
    body = fold("\n".join((draft.body, *draft.captions)))
    chars = set(head) | set(body)
    found: dict[str, dict[str, float]] = {}
    for term, weights in _terms(topics).items():
        # Most terms fail on their characters alone, which is much cheaper than a search.
        if not chars.issuperset(term):
            continue
        gain = min(body.count(term), topics.max_count) + topics.title_factor * (term in head)
        for label, weight in weights.items() if gain else ():
            found.setdefault(label, {})[term] = weight * gain
    return found


@cache
def _terms(topics: Topics) -> Mapping[str, Mapping[str, float]]:
    """Every folded term with its weight by topic."""
    terms: dict[str, dict[str, float]] = {}
    for topic in topics.topics:
        for term, weight in topic.terms.items():
            terms.setdefault(fold(term), {})[topic.label] = weight
    return terms
