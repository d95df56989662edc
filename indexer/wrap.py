"""Lines -> units: hard-wrapped visual columns are put back into paragraphs; other lines stay as they are.

A line inside a paragraph fills its column. A line that stops short ends a paragraph when a sentence ends with
it; otherwise it is no part of one: a headline, a byline, or the place where the extraction broke off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indexer.describe.bylines import is_credit, is_name
from indexer.junction import continues, crosses
from indexer.prose import ANNOUNCES, ends_sentence, is_open, join, unquoted_width, width

_INDENT = re.compile(r"^(\u3000|\s{2,})")
_NARROWEST, _WIDEST = 11.0, 27.0
_ENOUGH_LINES = 5
_NARROW_SHARE = 0.9
"""Where so many lines are no longer than those of a narrow column, all of them are set in one."""
_HEAP = 12
"""Fewer lines than these, none with a comma or a full stop, are headlines and signatures one above the other."""
_NEAR = 6
_FULL = 1.1
"""How far a full line may stay behind its column: a half-width form or a mark that may not begin a line."""
_SAME = 0.6
_SHARE = 0.6
_NO_JOIN = -1.5
_LEAST_TITLE, _SCRAP = 6.0, 3.0
"""The least width of a headline's line; up to the other it is the rest of the line above it."""
_TITLE_LINES = 3
_CONSENSUS = 0.45
_COLUMNS_DIFFER = 1.5
_RAGGED = 3.0
_MARK = re.compile("[，。、；：！？,;:!?]")
_DASH = re.compile(r"[—–─]{2}")
_HALVES = re.compile(r"[一-鿿“”‘’《》·+]{4,13}([ \u3000][一-鿿“”‘’《》·+]{3,13}){1,2}$")
"""Two or three phrases with a blank between, as only headlines have them."""
_NOTICE = re.compile(r"(?:通知|公告|启事|通告|声明|公示|须知|指南)$")
_NOTICE_TEXT = re.compile(r"(?:为|因|自|经|根据|按|兹|由于|\d{1,4}[年月]|平城|我)")
_CLOSED = re.compile(r"[。！？”]\s*([（(][^（()）]{2,20}[)）]|[一-鿿]\s?[一-鿿]{1,3}\s?摄)$")
"""The name of who wrote or photographed at the end of a line: nothing goes on behind it."""
_NEVER_FIRST = "，。、；：！？”’」』》〉"
"""Marks with which no paragraph begins."""
_TOKEN = re.compile(r"[A-Za-z0-9.%:+-]+|[“‘（(《【「]")
_STARTS_STORY = re.compile(
    r"\s*(?:[(（【\[]?\s*(?:本[报報网網刊]|通\s?[讯訊]\s?员|[记記]\s?者|[见見][习習]|实习生|据?新[华華]社|[图圖][为為]|[□■●◎])"
    r"|\S{0,6}[晚日晨][报報][讯訊])"
)
_BYLINE = re.compile(r"本[报報]\S{0,4}[记記]者[ \u3000][一-鿿]{2,3}$")
"""A byline of a line of its own, below which the text begins."""
_ROW_END = re.compile(r"(?:\d{3,4}[-—]?\d{7,8}|\d{1,2}[:：]\d{2}|\d元)$")
"""A line that ends in a telephone number, a time or a price is a row of a list."""
_ROW = re.compile(
    r"\d{1,2}月\d{1,2}日\s*[（(]?.{0,6}\d{1,2}[:：]\d{2}|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]"
)
_TIMED = re.compile(r"\d{1,2}月\d{1,2}日\s*[（(]?.{0,6}\d{1,2}[:：]\d{2}")
_VERSE = 0.7


@dataclass(frozen=True, slots=True)
class Unit:
    """One logical line: its 1-based inclusive line numbers, its text, and whether its first line is indented.

    ``measure`` is the width of its column in Chinese characters, 0 where it is no paragraph of a narrow column;
    ``breaks`` are the places in its text where its second and further lines begin.
    """

    first: int
    last: int
    text: str
    indented: bool = False
    measure: float = 0.0
    breaks: tuple[int, ...] = ()


def units(lines: Sequence[str]) -> list[Unit]:
    """The logical lines of a page, in order; empty lines only separate."""
    found: list[Unit] = []
    single = _single(lines)
    step = _step(single)
    for region in _regions(single, len(lines) if _is_narrow(single) else step):
        found += _Column(region, step).paragraphs() if _is_wrapped(region) else region
    return found


def _single(lines: Sequence[str]) -> list[Unit]:
    """Every line that holds text."""
    return [
        Unit(number, number, text, line[0] in " \u3000\t" and bool(_INDENT.match(line)))
        for number, line in enumerate(lines, 1)
        if (text := line.strip())
    ]


def _step(single: Sequence[Unit]) -> int:
    """How far neighbouring lines of one paragraph are apart: two where a blank line follows nearly each of them."""
    sparse = bool(single) and len(single) < 0.6 * (single[-1].last - single[0].first + 1)
    return 2 if sparse and _is_wrapped([unit for unit in single if len(unit.text) > 4]) else 1


def _is_narrow(single: Sequence[Unit]) -> bool:
    """Whether the whole page is set in narrow columns, so that even a paragraph of two lines is wrapped."""
    narrow = [unit for unit in single if not _is_long(unit)]
    return len(narrow) > _NARROW_SHARE * len(single) and _is_wrapped([unit for unit in narrow if len(unit.text) > 4])


def _is_long(unit: Unit) -> bool:
    return len(unit.text) > 2 * _WIDEST or width(unit.text) > _WIDEST + 2


def _regions(single: Sequence[Unit], gap: int) -> Iterator[list[Unit]]:
    """Runs of lines without a wider gap or a long line between them; a long line is a run by itself."""
    run: list[Unit] = []
    for unit in single:
        long = _is_long(unit)
        if run and (long or unit.first > run[-1].last + gap):
            yield run
            run = []
        if long:
            yield [unit]
        else:
            run.append(unit)
    if run:
        yield run


def _is_wrapped(region: Sequence[Unit]) -> bool:
    """Whether the lines are a narrow column: most fill it, and few end where a sentence or clause ends."""
    if len(region) < _ENOUGH_LINES:
        return False
    widths, _ = _measured(region)
    usual = sorted(widths)[int(0.85 * (len(widths) - 1))]
    full = sum(w >= usual - _RAGGED for w in widths)
    marked = sum(unit.text[-1] in "。，！？；,!?;：" for unit in region)
    if len(region) < _HEAP and not any(mark in unit.text for unit in region for mark in "，。,"):
        return False
    return _NARROWEST <= usual <= _WIDEST and full >= 0.4 * len(widths) and marked < _VERSE * len(widths)


class _Column:
    """The lines of one region and which of them fill their column; a paragraph's lines are ``step`` lines apart."""

    def __init__(self, lines: Sequence[Unit], step: int) -> None:
        self._lines = lines
        self._step = step
        self._widths, self._others = _measured(lines)
        self._ends = [ends_sentence(line.text) for line in lines]
        self._usual = sorted(self._widths)[int(0.85 * (len(lines) - 1))]
        self._rows = [bool(_ROW_END.search(line.text) or _TIMED.match(line.text)) for line in lines]
        self._indents = sum(line.indented for line in lines) > 1
        self._full = [self._fills(place) for place in range(len(lines))]

    def paragraphs(self) -> list[Unit]:
        runs: list[list[int]] = []
        for place in range(len(self._lines)):
            if runs and self._is_next(place) and self._belongs(place, runs[-1]):
                runs[-1].append(place)
            else:
                runs.append([place])
        for above, below in pairwise(runs):
            if self._begins_headline(above, below):
                below.insert(0, above.pop())
        return [unit for run in runs for unit in self._without_headline(run)]

    def _belongs(self, place: int, run: Sequence[int]) -> bool:
        """Whether a line is of the paragraph or headline whose lines stand right above it."""
        return self._ends_headline(run, place) or (not self._names_notice(run) and self._goes_on(place))

    def _names_notice(self, run: Sequence[int]) -> bool:
        """Whether the lines are the headline of a notice: nothing goes on below it."""
        if len(run) > _TITLE_LINES or not ANNOUNCES.search(self._lines[run[-1]].text):
            return False
        text = join(*(self._lines[place].text for place in run))
        return width(text) >= _LEAST_TITLE and not _MARK.search(text)

    def _is_next(self, place: int) -> bool:
        """Whether no blank line sets the line off from the one above it."""
        return self._lines[place].first <= self._lines[place - 1].last + self._step

    def _fills(self, place: int) -> bool:
        """Whether the line is as wide as most lines right above it, or right below it."""
        own = self._widths[place]
        if -_FULL <= own - self._usual <= 1.6:
            return True
        for near in (range(max(0, place - _NEAR), place), range(place + 1, min(place + 1 + _NEAR, len(self._lines)))):
            usual = _usual([self._widths[other] for other in near if not self._rows[other]])
            if (
                usual is not None
                and usual >= max(_NARROWEST, _SHARE * self._usual)
                and (usual - _FULL <= max(own, self._others[place]) or self._had_no_room(place, usual))
                and min(own, self._others[place]) <= usual + 1.6
            ):
                return True
        above, below = self._widths[max(0, place - 2) : place], self._widths[place + 1 : place + 3]
        return own >= max(_NARROWEST, _SHARE * self._usual) and any(
            len(pair) == 2 and max(abs(other - own) for other in pair) <= _SAME for pair in (above, below)
        )

    def _had_no_room(self, place: int, usual: float) -> bool:
        """Whether the line is short because the next begins with a number, a word or a bracket kept in one piece."""
        own = self._widths[place]
        if place + 1 == len(self._lines) or own < usual - _RAGGED or self._ends[place]:
            return False
        token = _TOKEN.match(self._lines[place + 1].text)
        return token is not None and own + max(1.0, width(token.group())) > usual

    def _goes_on(self, place: int) -> bool:
        """Whether the line continues the paragraph of the line above it."""
        above, text = place - 1, self._lines[place].text
        if text[0] in _NEVER_FIRST:
            return True
        if ANNOUNCES.match(text):
            return not self._ends[above]
        if self._is_apart(place):
            return False
        if _HALVES.match(self._lines[above].text):
            return self._ends_couplet(place)
        if not self._full[above] or self._other_column(place) or self._is_set_off(above) or self._opens_notice(place):
            return False
        if self._ends[above]:
            return not (self._may_head(place) or self._heads_something(place) or self._is_caption(place))
        return not (self._may_head(place) and self._heads(place))

    def _is_apart(self, place: int) -> bool:
        """Whether the line, or the one above it, bears a mark of what stands by itself."""
        above, line = self._lines[place - 1].text, self._lines[place]
        if line.indented or any(mark.match(line.text) for mark in (_DASH, _HALVES, _ROW, _STARTS_STORY)):
            return True
        return bool(_BYLINE.match(above) or _CLOSED.search(above) or _ROW_END.search(above)) or self._is_below_row(
            place
        )

    def _is_below_row(self, place: int) -> bool:
        """Whether the row of a list above the line ends before its column does, or the line stands between two rows."""
        if not self._rows[place - 1]:
            return False
        between = place + 1 < len(self._lines) and self._rows[place + 1] and not self._rows[place]
        return between or self._widths[place - 1] < self._usual - 1

    def _is_caption(self, place: int) -> bool:
        """Whether a line that is a sentence stands right above the credit of a picture."""
        below = place + 1
        return self._ends[place] and below < len(self._lines) and is_credit(self._lines[below].text)

    def _ends_couplet(self, place: int) -> bool:
        """Whether the line is the rest of a headline of two phrases that fills the line above it."""
        above, line = self._lines[place - 1].text, self._lines[place].text
        if not self._full[place - 1] or self._ends[place] or _HALVES.match(line):
            return False
        if is_open(above) or crosses(above, line) or self._widths[place] <= _SCRAP:
            return not is_name(line)
        first, second = (unquoted_width(phrase) for phrase in above.split()[-2:])
        return first > second and abs(first - second - unquoted_width(line)) <= 1

    def _is_set_off(self, place: int) -> bool:
        """Whether a full line without a mark, below a finished paragraph, lacks the indent that every paragraph has."""
        line, above = self._lines[place], place - 1
        if not self._indents or line.indented or above < 0 or self._full[above] or not self._ends[above]:
            return False
        return not _MARK.search(line.text) and not crosses(line.text, self._lines[place + 1].text)

    def _opens_notice(self, place: int) -> bool:
        """Whether a full line is the headline of a notice, told by the words that begin its text."""
        if place + 1 == len(self._lines) or not _NOTICE.search(self._lines[place].text):
            return False
        above, line, below = (unit.text for unit in self._lines[place - 1 : place + 2])
        in_text = _MARK.search(line) or not _MARK.search(above) or crosses(above, line)
        return not in_text and bool(_NOTICE_TEXT.match(below))

    def _ends_headline(self, run: Sequence[int], place: int) -> bool:
        """Whether a headline of one full line goes on in this shorter one, right above the opening of a story."""
        above, below = run[0], place + 1
        if len(run) > 1 or below >= len(self._lines) or not self._full[above] or self._ends[above]:
            return False
        first, last, opener = self._lines[above], self._lines[place], self._lines[below]
        if self._widths[above] < self._usual - 2 or any(
            mark.match(last.text) for mark in (_HALVES, _DASH, _STARTS_STORY)
        ):
            return False
        opens = opener.indented or bool(_STARTS_STORY.match(opener.text))
        body = first.indented or bool(_STARTS_STORY.match(first.text)) or last.indented
        return opens and not body and self._may_head(place) and not is_name(last.text)

    def _begins_headline(self, run: Sequence[int], below: Sequence[int]) -> bool:
        """Whether the last, full line of an unfinished paragraph is the first of the headline that goes on below it."""
        after = below[-1] + 1
        if len(run) < 3 or len(below) > 1 or after >= len(self._lines) or not self._is_next(below[0]):
            return False
        if self._ends[run[-1]] or self._ends[below[0]] or not _STARTS_STORY.match(self._lines[after].text):
            return False
        upper, first, second = (self._lines[place].text for place in (run[-2], run[-1], below[0]))
        return crosses(first, second) or continues(upper, first) < _NO_JOIN

    def _other_column(self, place: int) -> bool:
        """Whether the lines from this one on are set to another width than those above it."""
        above, below = self._widths[max(0, place - 3) : place], self._widths[place : place + 3]
        even = len(above) == len(below) == 3 and max(above) - min(above) <= _FULL and max(below) - min(below) <= _FULL
        return even and abs(sum(above) - sum(below)) > 3 * _COLUMNS_DIFFER

    def _may_head(self, place: int) -> bool:
        """A line that stops short without a full stop stands in no paragraph, but may be where one breaks off."""
        return not self._full[place] and not self._ends[place] and self._lines[place].text[-1] not in "，,、；;"

    def _heads(self, place: int) -> bool:
        """Whether a short line below an unfinished one is a headline rather than where the text breaks off."""
        if crosses(self._lines[place - 1].text, self._lines[place].text):
            return False
        below = place + 1
        if self._is_writer(place):
            return True
        if below == len(self._lines) or self._widths[place] < 4:
            return False
        opens = self._lines[below].indented or bool(_STARTS_STORY.match(self._lines[below].text))
        if re.search("[，。,]", self._lines[place].text):
            return opens
        scrap = self._widths[place] < _LEAST_TITLE and ANNOUNCES.search(self._lines[place].text)
        return opens or self._may_head(below) or not scrap

    def _is_writer(self, place: int) -> bool:
        """Whether a line is the name of a writer, below a headline of one full line."""
        above = place - 1
        return is_name(self._lines[place].text) and (above == 0 or not self._full[above - 1] or self._ends[above - 1])

    def _heads_something(self, place: int) -> bool:
        """Whether no sentence ends between this line and the next that opens a story: both are a headline then."""
        for below in range(place, min(place + 4, len(self._lines))):
            if below > place and (self._lines[below].indented or _STARTS_STORY.match(self._lines[below].text)):
                return True
            if self._ends[below]:
                return False
        return False

    def _without_headline(self, run: Sequence[int]) -> Iterator[Unit]:
        """The paragraph, without the long headline that was taken for its end because it fills its lines.

        Right above the opening of a story a paragraph that does not end in a full stop ends in a headline.
        """
        lines = [self._lines[place] for place in run]
        if len(run) == 2 and _HALVES.match(lines[0].text) and width(lines[1].text) > _LEAST_TITLE + 2:
            yield from lines
            return
        below = run[-1] + 1
        opened = below < len(self._lines) and (
            bool(_STARTS_STORY.match(self._lines[below].text))
            or (self._lines[below].indented and bool(ANNOUNCES.search(lines[-1].text)))
        )
        cut = self._headline_start(run) if opened and len(run) > 1 and not self._ends[run[-1]] else 0
        if cut:
            yield _joined(lines[:cut])
        yield _joined(lines[cut:])

    def _headline_start(self, run: Sequence[int]) -> int:
        """Where the headline of one to three lines begins: behind a finished sentence, else where no word is cut."""
        last = range(len(run) - 1, max(0, len(run) - 4), -1)
        for start in last:
            if self._ends[run[start - 1]]:
                return start
        for start in last:
            if not crosses(self._lines[run[start - 1]].text, self._lines[run[start]].text) and (
                sum(self._widths[place] for place in run[start:]) >= 5
            ):
                return start if len(run) > 3 else 0
        return 0


def _measured(lines: Sequence[Unit]) -> tuple[list[float], list[float]]:
    """The widths of the lines with digits and letters counted half and whole, first what makes more lines alike."""
    halves = [width(line.text) + 2.0 * line.indented for line in lines]
    wholes = [len(line.text) + 2.0 * line.indented for line in lines]
    alike = [Counter(round(w) for w in widths).most_common(1)[0][1] for widths in (halves, wholes)]
    return (halves, wholes) if alike[0] >= alike[1] else (wholes, halves)


def _usual(widths: Sequence[float]) -> float | None:
    """The commonest width of neighbouring lines, the wider of equals; None when hardly half of them have it."""
    counts = Counter(round(w) for w in widths)
    if not counts:
        return None
    best = max(counts, key=lambda w: (counts[w] + 0.6 * counts[w - 1], w))
    return float(best) if counts[best] + counts[best - 1] > _CONSENSUS * len(widths) else None


def _joined(lines: Sequence[Unit]) -> Unit:
    first, last = lines[0], lines[-1]
    measure = max(width(line.text) for line in lines) if len(lines) > 2 else 0.0
    unbroken = last.last - first.first + 1 == len(lines)
    text = join(*(line.text for line in lines))
    return Unit(first.first, last.last, text, first.indented, measure, _breaks(lines) if unbroken else ())


def _breaks(lines: Sequence[Unit]) -> tuple[int, ...]:
    """Where the second and further lines begin in the text that they are joined to."""
    blanks = (len(join(left.text, right.text)) - len(right.text) for left, right in pairwise(lines))
    return tuple(accumulate(blanks))
