"""The day that a page prints of itself, in its masthead or folio lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.describe.credit import plain
from indexer.describe.dates.words import DAY_SIGN, NUMBER, WEEKDAY, YEAR, day_of, number, weekday_of, year_of

_EDGE = 6
_MOST_LINES = 3
_LONGEST, _LONGEST_PART, _LONGEST_NAME = 60, 24, 12
_DAY = re.compile(
    rf"(?<!\d)({YEAR})\s*(?:年|[-—－./])\s*({NUMBER})\s*(?:月|[-—－./])\s*({NUMBER})\s*(?:{DAY_SIGN}|(?!\d))"
)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"{WEEKDAY}|\b({'|'.join(_ENGLISH)})(?:day|sday|nesday|rsday|urday)?\b\.?", re.IGNORECASE)
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[日晚早晨时時快周週商]报|[晨晚]刊|晨[讯訊]|都市[报報]|[日晚早晨]報)")
_PART = re.compile(rf"{YEAR}\s*年|{NUMBER}\s*月\s*{NUMBER}\s*日|{_DAY.pattern}")
_IMPRINT = re.compile(
    r"(?:本版|责任?编|責任?編|主编|版式|美编|校对|校對).*"
    r"|第?\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版|总第\s*\d+\s*期|国内统一.*|CN\d\d-\d+|邮发.*"
)
_BESIDES = re.compile(
    r"(?:\S{0,4}热线|电话|電話|传真|网址|\S{0,3}邮箱|e-?mail|www\.).*"
    r"|(?:农历|農曆|夏历)?\s*[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\S*|(?:农历|農曆)\S*",
    re.IGNORECASE,
)
"""What mastheads hold as well, and notices too."""
_RUNNING = re.compile(r"[，,；;？?！!]|上午|下午|晚上|\d\s*[时点:]|通知|公告|公示|启事|举行|举办|至|起")
_QUOTED_FROM = re.compile("《|原载|转自|来源|据")


def masthead_date(lines: Sequence[str]) -> date | None:
    """The day in the masthead or folio line of a page, in its first or last lines, also when split over three lines.

    Beside the day stand a weekday, a page number, the paper's name or its editors, and no running text: a day in a
    sentence is an event's, and a day alone on its line signs a notice. A day that contradicts the weekday beside it
    is not believed, nor are two different days at the head, or at the foot when the head names none.
    """
    filled = [line for line in lines if line.strip()]
    for edge, top in ((filled[:_EDGE], True), (filled[_EDGE:][-_EDGE:], False)):
        days = {day for window in _windows(edge) if (day := _read(window, top))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _windows(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Every line, and every two or three lines in a row; the section's name may stand between the two."""
    lines = [plain(line[: _LONGEST + 1]).strip() for line in lines]
    for count in range(1, _MOST_LINES + 1):
        for first in range(len(lines) - count + 1):
            yield lines[first : first + count]


def _read(window: Sequence[str], top: bool) -> date | None:
    text = " ".join(window)
    found = None if len(text) > _LONGEST or "。" in text else _DAY.search(text)
    if not found:
        return None
    if len(window) > 1 and not all(_is_part(line) for line in (window[0], window[-1])):
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    day = day_of(year_of(found[1]), number(found[2]), number(found[3]))
    return day if day and _is_furniture(rest, top, len(window) > 1) and _agrees(day, rest) else None


def _is_part(line: str) -> bool:
    """Whether a short line is a piece of a masthead: part of a day, a weekday, a page number, the paper's name."""
    return len(line) <= _LONGEST_PART and any(piece.match(line) for piece in (_PART, _WEEKDAY, _PAPER, _IMPRINT))


def _is_furniture(rest: str, top: bool, split: bool) -> bool:
    """Whether what stands beside a day is of the paper; at the foot, where lists and notices end, more is asked."""
    rest = _BESIDES.sub(" ", rest)
    without_imprint = _IMPRINT.sub(" ", _PAPER.sub(" ", rest))
    left = _WEEKDAY.sub(" ", without_imprint)
    weekday, name = left != without_imprint, re.sub(r"[\W_]+", "", left)
    if _RUNNING.search(left) or _QUOTED_FROM.search(rest) or len(name) > _LONGEST_NAME:
        return False
    if without_imprint != rest and (top or weekday or not split):
        return True
    return weekday and (top or not (name or split or "(" in rest))


def _agrees(day: date, rest: str) -> bool:
    return all(
        (weekday_of(han) if han else _ENGLISH.index(english.lower())) == day.weekday()
        for han, english in _WEEKDAY.findall(rest)
    )
