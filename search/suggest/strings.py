"""Strings of the archive that are one edit away from a text, whether they are words or not.

One edit leaves one half of a text as it was. What stands around that half in some articles is compared with the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA

from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.engine.snapshot import Snapshot
from search.query.tree import Exact
from search.request import SearchRequest

SHORTEST, LONGEST = 4, 30
"""Characters: half of a shorter text is not enough to tell what was meant."""

_ARTICLES = 50
"""So many, from all ages of the archive, are looked at for each half."""


def neighbours(snapshot: Snapshot, text: str, deadline: Deadline) -> Counter[str]:
    """Strings with one character of a folded text wrong, missing, too many, or exchanged with the next.

    Each comes with how often it was met. What merely lacks an end of the text is none, nor what differs by a sign.

    Raises:
        QueryRefused: the deadline has passed.
    """
    if not SHORTEST <= len(text) <= LONGEST:
        return Counter()
    middle = len(text) // 2
    met = Counter(_around(snapshot, text[:middle], 0, len(text), deadline))
    met.update(_around(snapshot, text[middle:], middle, len(text), deadline))
    return Counter({string: often for string, often in met.items() if _is_one_edit(string, text)})


def _is_one_edit(string: str, text: str) -> bool:
    if text.startswith(string) or text.endswith(string) or (text.isalnum() and not string.isalnum()):
        return False
    return bool(OSA.distance(string, text, score_cutoff=1) == 1)


def _around(snapshot: Snapshot, half: str, before: int, length: int, deadline: Deadline) -> Iterator[str]:
    """What stands where half of a text does, with as many characters as the text, or one more or less.

    ``before`` is the place of the half in the text.
    """
    docs = answer(snapshot, SearchRequest(), Exact(half), deadline).found.docs
    for place in np.unique(np.linspace(0, len(docs) - 1, _ARTICLES, dtype=np.int64)) if len(docs) else ():
        segment, own = snapshot.place(int(docs[place]))
        text = segment.texts.text(own)
        for match in re.finditer(re.escape(half), text):
            yield from _windows(text, match.start(), match.end(), before, length)
        deadline.check()


def _windows(text: str, start: int, end: int, before: int, length: int) -> Iterator[str]:
    for size in (length - 1, length, length + 1):
        window = text[max(0, end - size) : end] if before else text[start : start + size]
        if "\n" not in window:
            yield window
