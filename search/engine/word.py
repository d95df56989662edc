"""The query node for one word, in whichever field it stands, and its score."""

from __future__ import annotations

import math

from search.engine.deadline import Deadline
from search.engine.exact import TextQuery
from search.engine.found import NOTHING, Found, Scores, either
from search.engine.postings import Ints
from search.engine.schema import BOOSTS
from search.engine.snapshot import Snapshot

K1, B = 1.2, 0.75
"""How soon more occurrences of a word stop to matter, and how much the length of a field does."""


class Word(TextQuery):
    """The documents that have a word in any of some fields of schema.BOOSTS, scored by BM25F.

    The occurrences in all fields are added, each weighed by its field and by how long that is, before they are
    saturated: a word is worth no more for standing in three fields than for standing three times in one (Robertson,
    Zaragoza and Taylor 2004, "Simple BM25 extension to multiple weighted fields"). Lengths are compared with the mean
    over the documents that have the field at all.
    """

    def __init__(self, text: str, fields: tuple[str, ...]) -> None:
        super().__init__(text, fields)
        self.text, self.fields = text, fields

    def find(self, snapshot: Snapshot, deadline: Deadline) -> Found:  # noqa: ARG002
        often = either([_weighed(snapshot, field, self.text) for field in self.fields], snapshot.size)
        worth = idf(snapshot.count, len(often.docs)) * (K1 + 1)
        return Found(often.docs, worth * often.score / (K1 + often.score))


def idf(documents: int, having: int) -> float:
    """What a word is worth that so many of the documents have: ln(1 + (N - n + 0.5) / (n + 0.5)), never negative."""
    return math.log1p((documents - having + 0.5) / (having + 0.5))


def _weighed(snapshot: Snapshot, field: str, word: str) -> Found:
    docs, tf = snapshot.postings(field, word.encode("utf-8", "surrogatepass"))
    return Found(docs, BOOSTS[field] * tf / _length_norm(snapshot, field, docs)) if len(docs) else NOTHING


def _length_norm(snapshot: Snapshot, field: str, docs: Ints) -> Scores:
    lengths = snapshot.numbers(f"{field}_length")[docs]
    norm: Scores = 1 - B + B * lengths / snapshot.typical_length(field)
    return norm
