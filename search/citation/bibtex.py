"""BibTeX: an @article whose fields suit BibTeX and BibLaTeX alike.

``entrysubtype`` (BibLaTeX) and ``mark`` (the gbt7714 styles) say that it is a newspaper's; ``date`` is in BibLaTeX's
form of ISO 8601-2, in which ``~`` marks what is not certain; ``annote`` is not printed in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.citation.reference import Reference, known_days

_SPECIAL = {
    **{char: f"\\{char}" for char in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


_ESCAPED = re.compile("|".join(map(re.escape, _SPECIAL.values())))
_PLAIN = {escaped: char for char, escaped in _SPECIAL.items()}


def unescaped(value: str) -> str:
    """The text of a field as ``bibtex`` writes it."""
    return _ESCAPED.sub(lambda found: _PLAIN[found[0]], value)


def bibtex(cited: Reference) -> str:
    """The entry; its key is the article's id without the characters that a key cannot have."""
    key = re.sub(r"[^0-9A-Za-z:_-]", "-", cited.id)
    lines = [f"  {name} = {{{value}}},\n" for name, value in _fields(cited) if value]
    return f"@article{{baoku:{key},\n{''.join(lines)}}}\n"


def _fields(cited: Reference) -> Iterator[tuple[str, str]]:
    known = known_days(cited.date)
    yield "entrysubtype", "newspaper"
    yield "mark", "N"
    yield "author", " and ".join(f"{{{_escaped(name)}}}" for name in cited.authors)
    yield "title", _escaped(cited.shown_title)
    yield "journal", _escaped(cited.newspaper or "")
    yield "date", _date(cited)
    yield "year", str(known[0]) if known else ""
    yield "month", str(known[1]) if len(known) > 1 else ""
    yield "pages", _escaped(cited.page or "")
    yield "keywords", _escaped(", ".join(cited.keywords))
    yield "langid", "chinese"
    yield "annote", _escaped("；".join(cited.notes))
    yield "url", cited.url.replace("{", "%7B").replace("}", "%7D")


def _date(cited: Reference) -> str:
    doubt = "" if cited.date_printed else "~"
    days = (f"{day.isoformat()}{doubt}" for day in (cited.date.start, cited.date.end) if day)
    return "/".join(dict.fromkeys(days))


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in " ".join(text.split()))
