"""Articles about the same: found by their telling words and by whom, where and what they are about.

The measure is BM25F over the telling words of an article, each of which counts as much as it tells (Robertson &
Zaragoza 2009; "more like this" in Lucene's sense), with the values that two articles share as further words. An
article's likeness is its score as a part of what the article itself would get: 1 is the article itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
from whoosh import query

from search.article import Article
from search.engine import facets
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.found import Found, Scores
from search.engine.order import leading
from search.engine.postings import Ints
from search.engine.schema import BOOSTS
from search.engine.snapshot import Snapshot
from search.text import fold
from search.words import index_words

_TELLING_WORDS = 24
_TITLE = 3
"""How many times a word of the headline counts."""
_VALUES = {"community": 2.0, "street": 1.0, "person": 0.5, "section": 0.5, "topic": 0.25}
"""What sharing a value is worth, as a part of what its rarity tells."""


def similar(snapshot: Snapshot, doc: int, deadline: Deadline) -> Found:
    """The documents that share telling words with one, with their likeness as score; one a story, not its own."""
    article = snapshot.article(doc)
    found = Evaluator(snapshot, deadline).find(_query(snapshot, article))
    score = found.score + _shared(snapshot, doc, found.docs)
    whole = float(score[found.docs == doc].sum()) or 1.0
    others = snapshot.stories[found.docs] != snapshot.stories[doc]
    return leading(snapshot, Found(found.docs[others], score[others] / whole))


def _query(snapshot: Snapshot, article: Article) -> query.Query:
    """Any of the telling words, in any field."""
    return query.Or(
        [
            query.Term(field, word, boost=boost * weight)
            for word, weight in _telling_words(snapshot, article).items()
            for field, boost in BOOSTS.items()
        ]
    )


def _telling_words(snapshot: Snapshot, article: Article) -> Mapping[str, float]:
    """The words of two characters or more that tell most by tf-idf, with what one occurrence of each is worth."""
    often = Counter(index_words(fold(article.body)))
    for word in index_words(fold(article.headline)):
        often[word] += _TITLE
    weight = {word: _saturated(times) for word, times in often.items() if len(word) > 1}
    idf = {word: math.log(1 + snapshot.count / (1 + snapshot.df("body", word.encode()))) for word in weight}
    telling = sorted(weight, key=lambda word: (-weight[word] * idf[word], word))[:_TELLING_WORDS]
    return {word: weight[word] for word in telling}


def _saturated(times: int) -> float:
    """A word that is used ten times does not tell ten times as much."""
    return 1 + math.log(times)


def _shared(snapshot: Snapshot, doc: int, docs: Ints) -> Scores:
    """What the values that documents share with one are worth."""
    worth = np.zeros(snapshot.size)
    for name, weight in _VALUES.items():
        values = snapshot.facet(name)
        for value in values.of(doc):
            having = np.flatnonzero(facets.having(snapshot, name, [value]))
            worth[having] += weight * (math.log(snapshot.count / (len(having) + 1)) + 1)
    return worth[docs]
