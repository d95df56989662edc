"""One request answered on one snapshot: all hits in order, still as document numbers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from search.article import Article
from search.engine import compile
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator, Found
from search.engine.facets import Filters
from search.engine.order import ordered
from search.engine.reader import Reader
from search.engine.snapshot import Ints, Snapshot
from search.query.tree import And, Dates, Node, Not, Or
from search.request import SearchRequest
from search.text import fold
from search.words import index_words

_TELLING_WORDS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """``found`` is what the query alone finds; ``docs`` are the hits in order, one a story unless all are wanted."""

    found: Found
    filters: Filters
    docs: Ints


def answer(snapshot: Snapshot, reader: Reader, request: SearchRequest, tree: Node, deadline: Deadline) -> Answer:
    """All hits of a request whose query has been parsed to ``tree``.

    Raises:
        QueryRefused: the deadline has passed.
    """
    found = Evaluator(snapshot, reader, deadline).find(tree)
    filters = Filters(snapshot, request)
    hits = filters.apply(found.mask)
    return Answer(found, filters, ordered(snapshot, found, hits, request.sort, request.all_versions))


def vaguely_dated(snapshot: Snapshot, docs: Ints) -> int:
    """How many of the documents are dated by an interval of more than one day."""
    return int((snapshot.first[docs] != snapshot.last[docs]).sum())


def asks_for_dates(tree: Node, request: SearchRequest) -> bool:
    """Whether a date in the query or a filter decides over the hits."""
    return bool(
        request.only.get("date")
        or request.without.get("date")
        or request.first_day
        or request.last_day
        or _has_dates(tree)
    )


def _has_dates(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_has_dates, parts))
        case Not(part):
            return _has_dates(part)
    return isinstance(node, Dates)


def alike(snapshot: Snapshot, reader: Reader, doc: int, limit: int, deadline: Deadline) -> list[int]:
    """Documents that share the telling words of one, best first, one a story and its own story left out."""
    words = _telling_words(snapshot, reader, reader.article(doc))
    found = Evaluator(snapshot, reader, deadline).ranked(compile.any_word(words))
    others = found.mask & (snapshot.group != snapshot.group[doc])
    best: list[int] = ordered(snapshot, found, others, "relevance", all_versions=False)[:limit].tolist()
    return best


def _telling_words(snapshot: Snapshot, reader: Reader, article: Article) -> list[str]:
    """The words of two characters or more with the highest tf-idf."""
    words = index_words(fold(f"{article.headline}\n{article.body}"))
    total = int(np.count_nonzero(snapshot.live))
    weight = {
        word: times * math.log(1 + total / (1 + reader.frequency("body", word)))
        for word, times in Counter(words).items()
        if len(word) > 1
    }
    return sorted(weight, key=lambda word: (-weight[word], word))[:_TELLING_WORDS]
