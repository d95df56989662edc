"""What is told when nothing is found: plain values, and the sentences of one cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.query.tree import Node
from search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a request.

    ``hits`` has it alone, ``left`` has it and all conditions before it, ``without`` has all the others. ``pieces``
    are the words into which a run was cut, or the alternatives of an OR, each with what it finds alone.
    """

    words: str
    hits: int
    left: int
    without: int
    pieces: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why nothing is found, in a Chinese sentence.

    ``kind`` is one of KINDS. ``request`` is a search that would have ``hits`` hits, and ``way`` says what it changes;
    None when no such search is known.
    """

    kind: str
    sentence: str
    way: str = ""
    request: SearchRequest | None = None
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """The conditions of a request in their order and the causes, the likeliest first; no causes where there are hits.

    ``whole`` is false when the limit of questions or of time was reached: there may be more to say.
    """

    total: int
    parts: Sequence[Part]
    causes: Sequence[Cause]
    whole: bool = True


KINDS = {
    "empty": "the archive has no articles",
    "operator": "an operator was typed as a word",
    "unknown field": "a word looks like a field that does not exist",
    "other field": "the value belongs to another field, or a word is a date or a value of a field",
    "unknown value": "no article has this value of the field",
    "field": "the words are in the archive, but not in this field",
    "quotes": "the words are in the archive, but not in this order without a gap",
    "near": "the strings of a pattern or a nearness are in the archive, but further apart",
    "wrong character": "one character away is a string that is in the archive",
    "cut": "a word is found only in parts",
    "missing": "a word or string is nowhere in the archive",
    "apart": "each part is in the archive, but no article has all of them",
    "piece": "a part of the string is in the archive",
    "outside": "the archive begins after or ends before these days",
    "gap": "the archive has no article of these days",
    "dates": "the hits are of other days",
    "undated": "the hits have no date",
    "filter": "a filter removes all hits",
    "excluded": "an exclusion removes all hits",
    "both": "two values of one field at once",
    "clash": "conditions that have hits one by one exclude each other",
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cause before its hits are counted: ``finding`` says what is the matter, ``way`` what to do about it.

    ``node`` takes the place of the condition to blame; None leaves it out. ``certain`` is told even where the remedy
    finds nothing.
    """

    kind: str
    finding: str
    way: str
    node: Node | None
    certain: bool = False
