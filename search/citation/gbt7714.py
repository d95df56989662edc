"""References by GB/T 7714, 信息与文献 参考文献著录规则, numeric: 析出文献 of a newspaper, mark [N].

The edition of 2015 has ``题名[N]. 报名, 年-月-日(版次).``; estimated dates stand in square brackets. That of 2025, in
force since July 2026, writes the same items with full-width commas and parentheses. Both name the first three people
and, where references are numbered, leave out whoever is unknown.
"""

from __future__ import annotations

from search.citation.reference import Reference, interval

MOST_AUTHORS = 3


def gbt7714_2015(cited: Reference) -> str:
    """The reference by the edition of 2015, without its number."""
    return _written(cited, ", ", "({})")


def gbt7714_2025(cited: Reference) -> str:
    """The reference by the edition of 2025, without its number."""
    return _written(cited, "，", "（{}）")


def _written(cited: Reference, comma: str, brackets: str) -> str:
    place = comma.join(filter(None, (cited.newspaper, _date(cited))))
    page = brackets.format(cited.page) if cited.page else ""
    return ". ".join(filter(None, (_authors(cited, comma), f"{cited.shown_title}[N]", f"{place}{page}.")))


def _authors(cited: Reference, comma: str) -> str:
    rest = ("等",) if len(cited.authors) > MOST_AUTHORS else ()
    return comma.join((*cited.authors[:MOST_AUTHORS], *rest))


def _date(cited: Reference) -> str:
    days = interval(cited.date) or "日期不详"
    return days if cited.date_printed else f"[{days}]"
