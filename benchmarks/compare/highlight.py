"""The highlighter for engines that have none for text cut beforehand: the first term, a piece of text around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

_WIDTH = 120
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width forms of ASCII; terms are folded and have none."""


def highlight(text: str, terms: Sequence[str]) -> str:
    """A piece of the text as HTML with the folded terms marked that stand in it, whatever their case and width."""
    plain = text.lower().translate(_NARROW)
    places = [place for term in terms if (place := plain.find(term)) >= 0]
    start = max(0, min(places, default=0) - _WIDTH // 3)
    end = start + _WIDTH
    if not places:
        return escape(text[start:end])
    return "".join(_pieces(text, start, end, re.compile("|".join(map(re.escape, terms))).finditer(plain, start, end)))


def _pieces(text: str, start: int, end: int, found: Iterator[re.Match[str]]) -> Iterator[str]:
    for match in found:
        yield escape(text[start : match.start()])
        yield f"<mark>{escape(text[match.start() : match.end()])}</mark>"
        start = match.end()
    yield escape(text[start:end])
