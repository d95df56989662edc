"""The query node for patterns and nearness: strings propose, the lines of the text decide."""

from __future__ import annotations

from functools import reduce

import numpy as np

from search.engine.deadline import Deadline
from search.engine.exact import IN_TITLE, ExactString, TextQuery, find_exact
from search.engine.found import Found
from search.engine.pairs import common
from search.engine.schema import SCOPES
from search.engine.snapshot import Snapshot
from search.query import glob
from search.query.tree import Near, Pattern

_CHUNK = 256


class Matching(TextQuery):
    """The documents with a line in which a pattern stands, or two strings near each other."""

    def __init__(self, node: Pattern | Near) -> None:
        super().__init__(node)
        self.node = node

    def find(self, snapshot: Snapshot, deadline: Deadline) -> Found:
        scope = self.node.field if isinstance(self.node, Pattern) else self.node.left.field
        exact = (ExactString(string, scope) for string in glob.literals(self.node))
        docs = reduce(common, (find_exact(snapshot, node, deadline).docs for node in exact))
        score = np.zeros(len(docs))
        for place, doc in enumerate(docs.tolist()):
            segment, own = snapshot.place(doc)
            score[place] = self._score(segment.texts.text(own).split("\n"), SCOPES[scope])
            if place % _CHUNK == 0:
                deadline.check()
        found = np.flatnonzero(score)
        return Found(docs[found], score[found])

    def _score(self, lines: list[str], scope: slice) -> float:
        """As for an exact string; 0 when nothing is found."""
        spans = glob.finder(self.node)
        if any(True for line in lines[scope] for _ in spans(line)):
            return IN_TITLE if any(True for line in lines[SCOPES["title"]] for _ in spans(line)) else 1.0
        return 0.0
