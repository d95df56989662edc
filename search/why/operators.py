"""Operators that were typed as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.engine.probe import Probe
from search.message import Message
from search.query.lexer import is_operator
from search.query.parse import parse
from search.request import SearchRequest
from search.why.cause import Cause
from search.why.conditions import conditions

MEANT = {
    **dict.fromkeys(("and", "并且", "而且", "以及", "和"), "AND"),
    **dict.fromkeys(("or", "或者", "或是"), "OR"),
    **dict.fromkeys(("not", "不含", "不包括", "除了"), "NOT"),
}
"""What people type for operators when it stands alone, and the operators."""

_QUOTED_OR_BLANK = re.compile(r'([“"「『].*?(?:[”"」』]|$)|\s+)')


def causes(request: SearchRequest, probe: Probe) -> Iterator[Cause]:
    """The request with its operators written as such, if that finds anything."""
    pieces = _QUOTED_OR_BLANK.split(request.query)
    typed = [piece for piece in pieces if piece.lower() in MEANT and not is_operator(piece)]
    if not typed:
        return
    query = "".join(MEANT.get(piece.lower(), piece) for piece in pieces)
    meant = replace(request, query=query, page=1)
    plain = replace(meant, only={}, without={}, first_day=None, last_day=None)
    named = tuple(Message("「{string}」", string=piece) for piece in dict.fromkeys(typed))
    finding = Message("{words}是当作普通的词找的；作运算符要单独写成大写的 AND、OR、NOT 或 与、或、非", words=named)
    ways = Message("改为 {query}", query=query), Message("改为 {query}，并去掉全部筛选", query=query)
    for asked, way in zip((meant, plain), ways, strict=True):
        hits = probe.count(*(part.node for part in conditions(asked, parse(query).tree)))
        if hits:
            yield Cause("operator", finding, way, asked, hits)
            return
