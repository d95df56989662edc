"""When a page was printed, as far as its masthead or its file name says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from string import ascii_letters

from indexer.describe.credit import plain

_EDGE = 6
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAY = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*(?:日|(?!\d))")
_FURNITURE = re.compile(
    r"(?:星\s*期|周)\s*[一二三四五六日天]|第?\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版|农历|总第|责任?编"
)
_DIGITS = str.maketrans("０１２３４５６７８９〇－—", "01234567890--")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_PARTED = re.compile(r"(?<!\d)(\d{4})(?:年|([-_./\\]))(\d{1,2})(?:月|\2)(\d{1,2})(?!\d)")
_PAGE = re.compile(
    r"(?:第\s*)?([A-Za-z]?\d{1,2})\s*版|(?:^|[-_/\\. ])(?:page|p|版)?[-_ ]?([A-Za-z]?\d{1,2})$", re.IGNORECASE
)


def masthead_date(lines: Sequence[str]) -> date | None:
    """The day in the masthead or folio line of a page: with a weekday or page number, in the first or last lines.

    A day in running text is an event's and a day alone on its line signs a notice: neither is the paper's.
    """
    filled = [plain(line).translate(_DIGITS).strip() for line in lines if line.strip()]
    for line in filled[:_EDGE] + filled[_EDGE:][-_EDGE:]:
        found = _DAY.search(line)
        if found and len(line) <= 60 and "。" not in line and _FURNITURE.search(line):
            return _real_day(*found.groups())
    return None


def path_date(path: str) -> date | None:
    """The day in a path such as 2023-07-21/05.txt, 20230721_05.txt or 2023/07/21/05.txt; the last one when several."""
    text = path.translate(_DIGITS)
    found = [(m.start(), _real_day(m[1], m[3], m[4])) for m in _PARTED.finditer(text)]
    found += [(m.start(), _real_day(*m.groups())) for m in _COMPACT.finditer(text)]
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


def _real_day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
