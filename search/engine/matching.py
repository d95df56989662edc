"""The query node for patterns and nearness: strings propose, the lines of the text decide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import pairwise

import numpy as np

from search.engine.deadline import Deadline
from search.engine.exact import IN_TITLE, ExactString, TextQuery, find_exact
from search.engine.found import Found
from search.engine.pairs import UNIT, common
from search.engine.postings import Ints
from search.engine.segment import Segment
from search.engine.snapshot import Snapshot
from search.query import glob
from search.query.tree import Near, Pattern

_CHUNK = 256


class Matching(TextQuery):
    """The documents in which a pattern stands, or two strings near each other, within one line."""

    def __init__(self, node: Pattern | Near) -> None:
        super().__init__(node)
        self.scope = node.field if isinstance(node, Pattern) else node.left.field
        self._strings, self._spans = glob.literals(node), glob.finder(node)

    def find(self, snapshot: Snapshot, deadline: Deadline) -> Found:
        exact = (ExactString(string, self.scope) for string in self._strings)
        docs = reduce(common, (find_exact(snapshot, node, deadline).docs for node in exact))
        deadline.read(len(docs))
        borders = np.searchsorted(docs, snapshot.bases)
        score = [
            self._score(text, titles)
            for segment, base, span in zip(snapshot.segments, snapshot.bases, pairwise(borders), strict=False)
            for text, titles in _texts(segment, docs[slice(*span)] - base, self.scope, deadline)
        ]
        found = np.flatnonzero(score)
        return Found(docs[found], np.array(score, dtype=np.float64)[found])

    def _score(self, text: str, titles: int) -> float:
        """As for an exact string; 0 when nothing is found. ``titles`` are the units that the headline takes."""
        first = next(self._spans(text), None)
        if first is None:
            return 0.0
        in_title = first[0] < titles and len(text[: first[0]].encode("utf-16-le")) < titles * UNIT.itemsize
        return IN_TITLE if in_title else 1.0


def _texts(segment: Segment, docs: Ints, scope: str | None, deadline: Deadline) -> Iterator[tuple[str, int]]:
    """The folded text of each document within the scope, and how much of it belongs to the headline."""
    index = segment.texts
    bounds = {None: index.bounds, "title": index.title_bounds, "body": index.body_bounds}[scope]
    titles = np.zeros(len(docs), np.int64) if scope == "body" else segment.numbers("title_units")[docs]
    for number, (text, own) in enumerate(zip(index.strings(*bounds(docs)), titles.tolist(), strict=True)):
        if number % _CHUNK == 0:
            deadline.check()
        yield text, own
