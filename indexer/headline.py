"""Headlines: what a short line can be, and which line of a head is kicker, title and subtitle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.prose import is_open, unquoted_width, width

_CUT_END = re.compile(r"(?:[的是在和与及、，,；;把被将为从对向于并或就也还]|[^\s\w”’\x22\x27》）)】！？!?…—\-])$")
_CUT_START = re.compile(
    r"^(据了解|据悉|据介绍|此外|同时|随后|目前|近日|日前|截至|下一步|其中|另外|今后|记者|我们|[，。、；：,;”’）)])"
)
_SAYS = re.compile(r"^[一-鿿]{2,4}(是|说|介绍|告诉|表示)[一-鿿]")
_SIGNED = re.compile(r"^\w{0,12}(读者|居民|市民|业主|村民|听众)[\s：:]\s*[\u3400-\u9fff]{1,2}\s?[\u3400-\u9fff]{1,2}$")
_DASH = re.compile(r"^\s*[—–\-─]{1,2}\s*(?=\S)")
_OFFICE_END = re.compile(
    r"(街道|局|委|委员会|中心|社区|城区|医院|法院|检察院|学院|学校|小学|中学|幼儿园|办|站|研究所|派出所|联合会|协会|工会|红十字会|"
    r"公司|政府|支队|大队|中队|联盟|村|图书馆|博物馆|文化馆|宣传部|组织部|税务所|卫生院)(办事处)?$"
)
_SERIES = re.compile(r"([（(][一二三四五六七八九十\d]+[)）]|系列报道.*|之[一二三四五六七八九十])$")
_KICKER = re.compile(
    r"特别报道|专题|系列|专栏|走基层|记者调查|新春走|一线见闻|进行时|在行动$|·|\w\+\w|^(庆祝|纪念|喜迎|迎接|献礼)"
)
_SUBTITLE = re.compile(r"(总结|综述|纪实|侧记|掠影|纪事|小记|见闻|观察|扫描|印象|采访记|走笔)$")
_PLACE = re.compile(r"平城|[^\W一二三四五六七八九十各多两]{2}(街道|社区|村)")
_SPEAKS = re.compile(r"(街道|社区|中心|局|医院)(提醒|提示)?[：:]")
_BLANK = re.compile(r"\s+")
_TITLE_LINE = 13.0
_LONGEST_TITLE = 16.0
"""An unbroken line under a couplet that is wider was set in small type: it explains the couplet."""
_SHORTEST_TITLE = 6.0
"""A shorter line above another is the name of a column rather than a title above its subtitle."""
_LONGER = 3.0
"""By how much a subtitle is wider than its unbroken title."""
_ALIKE = 2.0
"""How far the widths of the lines of one title are apart."""
_LONGEST_LINE = 28.0


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a headline block; None where the page prints no such part."""

    title: str | None
    kicker: str | None = None
    subtitle: str | None = None


def names_writer(line: str) -> bool:
    """Whether the line signs a letter: who the writer is to the paper, then the name."""
    return bool(_SIGNED.match(line))


def starts_with_dash(line: str) -> bool:
    """Whether the line is marked as a subtitle by the dash it starts with."""
    return bool(_DASH.match(line))


def is_broken(line: str) -> bool:
    """Whether a short line is certainly half a sentence: a quotation left open, or a comma at its end."""
    return is_open(line) or line[-1] in "、，,；;"


def looks_cut(line: str) -> bool:
    """Whether a short line reads like half a sentence rather than like a headline."""
    too_long = width(line) > _LONGEST_LINE and not re.search(r"\s", line)
    if too_long or is_open(line) or _SAYS.match(line) or _CUT_END.search(line) or _CUT_START.match(line):
        return True
    parts = [part for part in re.split(r"[，,]", line) if part]
    if len(parts) > 1:
        lengths = sorted(width(part) for part in parts)
        return len(parts) > 3 or lengths[0] * 2.2 < lengths[-1]
    return "、" in line and not re.search(r"\s", line) and "”" not in line


def read_head(lines: Sequence[str]) -> Head:
    """Which of the headline lines is what; where nothing tells, the upper of two lines is the kicker."""
    rest = [line.strip() for line in lines if line.strip()]
    subtitle = None
    if len(rest) > 1 and (_DASH.match(rest[-1]) or _SUBTITLE.search(rest[-1])):
        subtitle = _DASH.sub("", rest.pop())
    kickers = 1 + max((place for place, line in enumerate(rest[:-1]) if _is_kicker(line)), default=-1)
    if not kickers and len(rest) > 1 and not _begins_with_title(rest, subtitle):
        kickers = 1
    above, rest = rest[:kickers], rest[kickers:]
    if subtitle is None and len(rest) > 1 and not _is_one_title(rest):
        subtitle = rest.pop()
    return Head(" ".join(rest) or None, " ".join(above) or None, subtitle)


def _is_kicker(line: str) -> bool:
    """Whether a line above others names an office, a series, a campaign or those who joined in."""
    return any(marks.search(line) for marks in (_OFFICE_END, _SERIES, _KICKER))


def _begins_with_title(lines: Sequence[str], subtitle: str | None) -> bool:
    """Whether two or more lines, none of them a kicker by its words, are a title, alone or above its subtitle."""
    if _is_one_title(lines):
        return True
    if subtitle is not None:
        return False
    return _explains(*lines) if len(lines) == 2 else _is_one_title(lines[:-1])


def _explains(upper: str, lower: str) -> bool:
    """Whether the lower of two lines is a subtitle: it says at greater length what the upper is about."""
    if _SPEAKS.search(lower):
        return True
    if _BLANK.search(upper):
        return not _BLANK.search(lower) and width(lower) > _LONGEST_TITLE
    plain = width(upper) >= _SHORTEST_TITLE and not _PLACE.search(upper) and not _is_couplet(lower)
    return plain and unquoted_width(lower) >= unquoted_width(upper) + _LONGER


def _is_couplet(line: str) -> bool:
    """Whether a line is made of phrases of about the same length."""
    widths = [unquoted_width(part) for part in _BLANK.split(line)]
    return len(widths) > 1 and max(widths) < 2 * min(widths)


def _is_one_title(lines: Sequence[str]) -> bool:
    """One title over several lines: short lines of like length without a blank, none naming an office or a series."""
    if any(_SERIES.search(line) for line in lines) or _is_kicker(lines[0]) or _PLACE.search(lines[0]):
        return False
    return not any(_BLANK.search(line) for line in lines) and _are_alike(lines)


def are_halves(upper: str, lower: str, apart: float = _ALIKE) -> bool:
    """Whether two separate lines look like the halves of one torn title: short, their widths not far apart."""
    return _are_alike((upper, lower), apart)


def _are_alike(lines: Sequence[str], apart: float = _ALIKE) -> bool:
    widths = [unquoted_width(line) for line in lines]
    return max(widths) <= _TITLE_LINE and max(widths) - min(widths) <= apart
