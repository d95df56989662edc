"""The terms that a prefix, a pattern, a misspelling or a range stands for, as spans of numbers in a lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist
from whoosh import fields, query

from search.engine.lexicon import Lexicon

Spans = list[tuple[int, int]]
"""The first term and the one behind the last, several times over."""

_ONE_CHARACTER = rb"(?:[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]+)"
_WHOLE = b"\0"
"""What the terms of whole numbers begin with: the bits by which they have been shifted."""


def as_bytes(term: str | bytes) -> bytes:
    """A term as it stands in a lexicon; a lone surrogate can be asked for, though none is ever stored."""
    return term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")


def prefixed(lexicon: Lexicon, node: query.Prefix) -> Spans:
    """The terms that begin with the text of the node."""
    return [lexicon.span(node.fieldname, as_bytes(node.text))]


def matching(lexicon: Lexicon, node: query.Wildcard) -> Spans:
    """The terms that a pattern fits: ``*`` stands for any characters, ``?`` for one."""
    head = re.split(r"[*?]", node.text, maxsplit=1)[0]
    first, last = lexicon.span(node.fieldname, as_bytes(head))
    pieces = (_pattern(piece) for piece in re.findall(r"[*?]|[^*?]+", node.text))
    return _runs(lexicon.fitting(re.compile(b"".join(pieces), re.DOTALL), first, last))


def alike(lexicon: Lexicon, node: query.FuzzyTerm) -> Spans:
    """The terms within ``maxdist`` edits of the node's text that share its first ``prefixlength`` characters."""
    first, last = lexicon.span(node.fieldname, as_bytes(node.text[: node.prefixlength]))
    near = [(number, term.decode()) for number, term in lexicon.numbered(first, last)]
    near = [(number, term) for number, term in near if abs(len(term) - len(node.text)) <= node.maxdist]
    distances = cdist([node.text], [term for _, term in near], scorer=Levenshtein.distance)
    return _runs(near[place][0] for place in np.flatnonzero(distances[0] <= node.maxdist).tolist()) if near else []


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


def _pattern(piece: str) -> bytes:
    return {"*": b".*", "?": _ONE_CHARACTER}.get(piece) or re.escape(as_bytes(piece))


def _runs(numbers: Iterable[int]) -> Spans:
    """Ascending numbers as spans."""
    spans: Spans = []
    for number in numbers:
        if spans and spans[-1][1] == number:
            spans[-1] = spans[-1][0], number + 1
        else:
            spans.append((number, number + 1))
    return spans
