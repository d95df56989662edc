"""Patterns with * and ?, and nearness, as regular expressions over a line of folded text.

Each is matched in time that grows with the length of the line alone: what follows a * is looked for once, in atomic
groups, since its first place is as good as any later one.
"""

from __future__ import annotations

import re

from search.query.tree import Near, Pattern
from search.words import is_searchable

ONE, ANY = "?", "*"
_WILD = re.compile(r"[*?]")
_CLAUSE = r"[\w'%&+#@·./-]"
"""What a * may stand for: no blank, and no sign at which a clause ends."""
_LATIN = "[a-z0-9]"
_REACH = 64
"""As many characters a * may stand for."""


def is_pattern(text: str) -> bool:
    """Whether there is a wildcard beside a letter, digit or Chinese character to look for."""
    return bool(_WILD.search(text)) and is_searchable(text)


def literals(text: str) -> list[str]:
    """The strings that every match of a pattern contains."""
    return [piece for piece in _WILD.split(text) if piece]


def expression(pattern: Pattern) -> str:
    """The regular expression of a pattern. A Latin word is met whole, unless a wildcard stands at its end."""
    first, *rest = re.sub(r"[*?]*\*[*?]*", _simplest, pattern.text).split(ANY)
    found = (rf"(?<!{_LATIN})" if re.match(_LATIN, first) else "") + _one(first)
    found += "".join(f"(?>{_CLAUSE}{{0,{_REACH}}}?{_one(piece)})" for piece in rest if piece)
    return found + (rf"(?!{_LATIN})" if re.match(_LATIN, pattern.text[-1]) else "")


def near_expressions(near: Near) -> tuple[str, str]:
    """The regular expressions of the two orders in which the strings can stand."""
    left, right = (
        expression(side) if isinstance(side, Pattern) else re.escape(side.text) for side in (near.left, near.right)
    )
    between = f".{{0,{near.distance}}}?"
    return f"{left}(?>{between}{right})", f"{right}(?>{between}{left})"


def _simplest(run: re.Match[str]) -> str:
    """Wildcards one after the other: a ? for each, then one *."""
    return ONE * run[0].count(ONE) + ANY


def _one(piece: str) -> str:
    return re.escape(piece).replace(re.escape(ONE), ".")
