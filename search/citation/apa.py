"""References by APA Style (Publication Manual, 7th edition, 10.1, newspaper article in print).

Names and titles stay in Chinese characters, which are not slanted either: how a name is romanized is for its bearer to
say. Dates are in English, as the style is that of English texts.
"""

from __future__ import annotations

from datetime import date

from search.article import PublicationDate
from search.citation.reference import Reference

MOST_AUTHORS = 20
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def apa(cited: Reference) -> str:
    """The reference to stand in an alphabetical list."""
    when = f"({_date(cited)})"
    head = (_authors(cited.authors), when, cited.shown_title) if cited.authors else (cited.shown_title, when)
    place = ", ".join(filter(None, (cited.newspaper, cited.page)))
    return " ".join(_ended(part) for part in (*head, place) if part)


def _ended(part: str) -> str:
    """With a full stop, unless a question or an exclamation ends it."""
    return part if part.endswith(("?", "!", "？", "！")) else f"{part}."


def _authors(names: tuple[str, ...]) -> str:
    """All names up to twenty; of more the first nineteen and the last."""
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, . . . {names[-1]}"
    return ", ".join(names) if len(names) < 2 else f"{', '.join(names[:-1])}, & {names[-1]}"


def _date(cited: Reference) -> str:
    if not cited.date.known:
        return "n.d."
    return _days(cited.date) if cited.date_printed else f"ca. {_days(cited.date)}"


def _days(when: PublicationDate) -> str:
    first, last = when.start or date.min, when.end or date.min
    start = f"{first.year}, {_MONTHS[first.month - 1]} {first.day}"
    if first == last:
        return start
    month, year = f"{_MONTHS[last.month - 1]} ", f"{last.year}, "
    if first.year != last.year:
        return f"{start}–{year}{month}{last.day}"
    return f"{start}–{last.day}" if first.month == last.month else f"{start}–{month}{last.day}"
