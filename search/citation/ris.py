"""RIS, the tagged format of Research Information Systems: type NEWS, lines ended by CRLF.

The tags are those of the specification of 2011; ``DA`` is YYYY/MM/DD/other information, of which only what is beyond
doubt is filled in. https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

from collections.abc import Iterator

from search.citation.reference import Reference, interval, known_days


def ris(cited: Reference) -> str:
    """The record with its closing line."""
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _fields(cited) if value) + "ER  - \r\n"


def _fields(cited: Reference) -> Iterator[tuple[str, str]]:
    known = known_days(cited.date)
    yield "TY", "NEWS"
    yield "TI", cited.shown_title
    yield from (("AU", name) for name in cited.authors)
    yield "T2", cited.newspaper or ""
    yield "PY", str(known[0]) if known else ""
    yield "DA", _date(cited, known)
    yield "SP", cited.page or ""
    yield "LA", "zh-CN"
    yield from (("KW", word) for word in cited.keywords)
    yield from (("N1", note) for note in (*cited.notes, *_section(cited)))
    yield "UR", cited.url
    yield "AN", cited.id
    yield "DB", "报库"


def _date(cited: Reference, known: tuple[int, ...]) -> str:
    year, month, day = (*(f"{part:02}" for part in known), "", "", "")[:3]
    other = "" if cited.date_printed else interval(cited.date).replace("/", " 至 ")
    return f"{year}/{month}/{day}/{other}" if known else ""


def _section(cited: Reference) -> tuple[str, ...]:
    return (f"栏目：{cited.section}",) if cited.section else ()
