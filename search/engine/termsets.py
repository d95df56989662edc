"""The terms that a prefix, a pattern, a misspelling or a range stands for, as spans of numbers in a lexicon."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist
from whoosh import fields, query

from search.engine.lexicon import Lexicon
from search.engine.postings import Ints

Spans = list[tuple[int, int]]
"""The first term and the one behind the last, several times over."""

_WHOLE = b"\0"
"""What the terms of whole numbers begin with: the bits by which they have been shifted."""


def as_bytes(term: str | bytes) -> bytes:
    """A term as it stands in a lexicon; a lone surrogate can be asked for, though none is ever stored."""
    return term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")


def prefixed(lexicon: Lexicon, node: query.Prefix) -> Spans:
    """The terms that begin with the text of the node."""
    return [lexicon.span(node.fieldname, as_bytes(node.text))]


def matching(lexicon: Lexicon, node: query.Wildcard) -> Spans:
    """The terms that a pattern of :mod:`fnmatch` fits; those that have its longest literal piece are tried."""
    head = re.split(r"[*?\[]", node.text, maxsplit=1)[0]
    first, last = lexicon.span(node.fieldname, as_bytes(head))
    literal = max(re.split(r"[*?]", node.text[len(head) :].partition("[")[0]), key=len)
    if node.text == "*" or first == last:
        return [(first, last)]
    if not literal and "[" not in node.text:
        return _of_length(lexicon, node.text, first, last)
    numbers = lexicon.containing(as_bytes(literal), first, last) if literal else np.arange(first, last)
    if node.text == f"*{literal}*":
        return _runs(numbers)
    pattern = re.compile(fnmatch.translate(node.text))
    return _runs([number for number in numbers.tolist() if pattern.match(lexicon.text(number))])


def _of_length(lexicon: Lexicon, pattern: str, first: int, last: int) -> Spans:
    """The terms between two that have as many characters as a pattern, or more if it has a star; none without any."""
    wanted = len(pattern.replace("*", ""))
    sizes = lexicon.characters(first, last)
    fits = (sizes >= wanted) if "*" in pattern else (sizes == wanted)
    return _runs(first + np.flatnonzero(fits & (sizes > 0)))


def alike(lexicon: Lexicon, node: query.FuzzyTerm) -> Spans:
    """The terms within ``maxdist`` insertions, deletions and substitutions that share the first letters.

    A text cut into one more piece than there may be edits has a piece that no edit touches.
    """
    first, last = lexicon.span(node.fieldname, as_bytes(node.text[: node.prefixlength]))
    if first == last:
        return []
    pieces = _pieces(node.text[node.prefixlength :], int(node.maxdist) + 1)
    having = [lexicon.containing(as_bytes(piece), first, last) for piece in pieces]
    numbers = np.unique(np.concatenate(having)) if having else np.arange(first, last)
    sizes = lexicon.characters(first, last)[numbers - first]
    numbers = numbers[(abs(sizes - len(node.text)) <= node.maxdist) & (sizes > 0)]
    terms = [lexicon.text(number) for number in numbers.tolist()]
    distances = cdist([node.text], terms, scorer=Levenshtein.distance)[0] if terms else np.empty(0)
    return _runs(numbers[distances <= node.maxdist])


def _pieces(text: str, count: int) -> list[str]:
    """A text cut into so many pieces; no pieces if it is too short."""
    if len(text) < count:
        return []
    cuts = [number * len(text) // count for number in range(count + 1)]
    return [text[start:end] for start, end in pairwise(cuts)]


def between(lexicon: Lexicon, node: query.NumericRange, field: fields.NUMERIC) -> Spans:
    """The terms of a numeric field between the node's ends, either of which may be open or left out."""
    start, end = (_number(value, field) for value in (node.start, node.end))
    first, last = lexicon.span(node.fieldname, _WHOLE)
    low = first if start is None else lexicon.place(start, first, last, behind=node.startexcl)
    high = last if end is None else lexicon.place(end, first, last, behind=not node.endexcl)
    return [(low, max(low, high))]


def _number(value: Any, field: fields.NUMERIC) -> bytes | None:
    """A number as a term; dates have been made numbers by the node."""
    return None if value is None else bytes(fields.NUMERIC.to_bytes(field, value))


def _runs(numbers: Ints | Sequence[int]) -> Spans:
    """Ascending numbers as spans."""
    values = np.asarray(numbers, dtype=np.int64)
    if not len(values):
        return []
    breaks = np.flatnonzero(np.diff(values) > 1)
    firsts, lasts = values[np.append(0, breaks + 1)], values[np.append(breaks, -1)] + 1
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
