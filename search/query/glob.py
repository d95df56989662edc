"""Patterns with * and ?, and nearness: where they stand in a folded text, always within one of its lines.

Time grows with the length of the text alone: what follows a * is looked for once, since its first place is as good
as any later one of the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from search.query.tree import Exact, Near, Pattern, Words
from search.words import is_searchable

ONE, ANY = "?", "*"
Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]
"""Gives where something stands in a text, from left to right; places do not overlap."""

_WILD = re.compile(r"[*?]")
_CLAUSE_END = re.compile(r"[^\w'%&+#@·./-]|$")
"""What no * stands for: a blank, or a sign at which a clause ends."""
_LATIN = re.compile("[a-z0-9]")


def is_pattern(text: str) -> bool:
    """Whether there is a wildcard beside a letter, digit or Chinese character to look for."""
    return bool(_WILD.search(text)) and is_searchable(text)


def literals(node: Pattern | Near) -> tuple[str, ...]:
    """The strings that stand wherever a pattern or both sides of a nearness do."""
    if isinstance(node, Pattern):
        return tuple(dict.fromkeys(filter(None, _WILD.split(node.text))))
    sides = (literals(side) if isinstance(side, Pattern) else (side.text,) for side in (node.left, node.right))
    return tuple(dict.fromkeys(chain.from_iterable(sides)))


def plain(pattern: Pattern) -> str | None:
    """The string that stands exactly where a pattern does: it has stars at its ends alone, and no Latin beside none."""
    text = pattern.text.strip(ANY)
    bounded = _LATIN.match(pattern.text[0]) or _LATIN.match(pattern.text[-1])
    return None if bounded or _WILD.search(text) else text


@lru_cache(maxsize=256)
def finder(node: Pattern | Near) -> Finder:
    """Where a pattern stands, or both sides of a nearness, the one nearest to the other."""
    if isinstance(node, Pattern):
        return _Glob(node.text).spans
    left, right = (_side(side) for side in (node.left, node.right))
    return lambda text: _in_lines(text, lambda line: _near(list(left(line)), list(right(line)), node.distance))


def _side(node: Words | Exact | Pattern) -> Finder:
    return finder(node) if isinstance(node, Pattern) else _literal(node.text)


class _Glob:
    """A pattern cut at its stars. A Latin word is met whole, unless a wildcard stands at its end."""

    def __init__(self, text: str) -> None:
        pieces = [re.escape(piece).replace(re.escape(ONE), ".") for piece in text.split(ANY)]
        pieces[0] = ("(?<![a-z0-9])" if _LATIN.match(text[0]) else "") + pieces[0]
        pieces[-1] += "(?![a-z0-9])" if _LATIN.match(text[-1]) else ""
        self._pieces = [re.compile(piece) for piece in pieces if piece]
        self._reach = len(text) if ONE in text else 0

    def spans(self, line: str) -> Iterator[Span]:
        at = 0
        while found := self._pieces[0].search(line, at):
            end, border = self._followed(line, found.end())
            if border is None:
                yield found.start(), end
            # A later beginning in the same clause would miss the same piece, but for a ? that reaches over its end.
            at = max(found.start() + 1, end if border is None else border - self._reach)

    def _followed(self, line: str, end: int) -> tuple[int, int | None]:
        """Where the pieces behind the first one end, and nothing, or the end of the clause in which one is missing."""
        for piece in self._pieces[1:]:
            found, clause = piece.search(line, end), _CLAUSE_END.search(line, end)
            if clause and (not found or found.start() > clause.start()):
                return end, clause.start()
            assert found, "every line has an end"
            end = found.end()
        return end, None


def _in_lines(text: str, spans: Finder) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield from ((at + start, at + end) for start, end in spans(line))
        at += len(line) + 1


def _literal(text: str) -> Finder:
    search = re.compile(re.escape(text)).finditer
    return lambda line: (match.span() for match in search(line))


def _near(left: list[Span], right: list[Span], distance: int) -> Iterator[Span]:
    """Both places of each pair that has at most so many characters between and does not overlap."""
    before: tuple[list[Span], list[Span]] = ([], [])
    given: set[Span] = set()
    for start, end, side in sorted([(*span, 0) for span in left] + [(*span, 1) for span in right]):
        # Of the other side's places only the last one can overlap this one.
        other = next((span for span in before[1 - side][:-3:-1] if span[1] <= start), None)
        if other and start - other[1] <= distance:
            given |= {other, (start, end)}
        before[side].append((start, end))
    yield from sorted(given)
