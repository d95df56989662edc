"""When a page was printed and which page it is, as far as the name of its file says so."""

from __future__ import annotations

import re
from datetime import date
from string import ascii_letters

from indexer.describe.dates.words import day_of

_DIGITS = str.maketrans("０１２３４５６７８９〇－—", "01234567890--")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_PARTED = re.compile(r"(?<!\d)(\d{4})(?:年|([-_./\\]))(\d{1,2})(?:月|\2)(\d{1,2})(?!\d)")
_PAGE = re.compile(
    r"(?:第\s*)?([A-Za-z]?\d{1,2})\s*版|(?:^|[-_/\\. ])(?:page|p|版)?[-_ ]?([A-Za-z]?\d{1,2})$", re.IGNORECASE
)


def path_date(path: str) -> date | None:
    """The day in a path such as 2023-07-21/05.txt, 20230721_05.txt or 2023/07/21/05.txt; the last one when several."""
    text = path.translate(_DIGITS)
    found = [(m.start(), day_of(int(m[1]), int(m[3]), int(m[4]))) for m in _PARTED.finditer(text)]
    found += [(m.start(), day_of(*map(int, m.groups()))) for m in _COMPACT.finditer(text)]
    days = [day for _, day in sorted(found, key=lambda item: item[0]) if day]
    return days[-1] if days else None


def path_page(path: str) -> str | None:
    """The page number in a file name such as 05.txt, 20230721_A05.txt or 第5版.txt, without leading zeros."""
    name = re.split(r"[/\\]", path.translate(_DIGITS))[-1]
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", name)
    found = _PAGE.search(_PARTED.sub(" ", _COMPACT.sub(" ", stem)))
    if not found:
        return None
    return plain_page(found[1] or found[2])


def plain_page(page: str) -> str | None:
    """A page number in one form, without leading zeros: 05 is 5, a05 is A5; None for page nought."""
    number = page.lstrip(ascii_letters)
    plain = number.lstrip("0") if number.isdecimal() else number
    return page.removesuffix(number).upper() + plain if plain else None
