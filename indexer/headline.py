"""Headlines: what a short line can be, and which line of a head is kicker, title and subtitle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.prose import is_open, width

_CUT_END = re.compile(r"(?:[的是在和与及、，,；;把被将为从对向于并或]|[^\s\w”’\x22\x27》）)】！？!?…—\-])$")
_CUT_START = re.compile(
    r"^(据了解|据悉|据介绍|此外|同时|随后|目前|近日|日前|截至|下一步|其中|另外|今后|记者|我们|[，。、；：,;”’）)])"
)
_QUOTES = re.compile("[“”‘’《》]")
_SAYS = re.compile(r"^[一-鿿]{2,4}(是|说|介绍|告诉|表示)[一-鿿]")
_SIGNED = re.compile(r"^\w{0,12}(读者|居民|市民|业主|村民|听众)[\s：:]\s*[\u3400-\u9fff]{1,2}\s?[\u3400-\u9fff]{1,2}$")
_DASH = re.compile(r"^\s*[—–\-─]{1,2}\s*(?=\S)")
_OFFICE_END = re.compile(
    r"(街道|局|委|委员会|中心|社区|城区|医院|法院|检察院|学院|学校|小学|中学|幼儿园|办|站|研究所|派出所|联合会|协会|工会|红十字会|"
    r"公司|政府|支队|大队|中队|联盟|村|图书馆|博物馆|文化馆|宣传部|组织部|税务所|卫生院)(办事处)?$"
)
_SERIES = re.compile(r"([（(][一二三四五六七八九十\d]+[)）]|系列报道.*|之[一二三四五六七八九十])$")
_KICKER = re.compile(
    r"特别报道|专题|系列|专栏|走基层|记者调查|新春走|一线见闻|进行时|在行动$|·|^(庆祝|纪念|喜迎|迎接|献礼)"
)
_SUBTITLE = re.compile(r"(总结|综述|纪实|侧记|掠影|纪事|小记|见闻|观察|扫描|印象|采访记|走笔)$")
_PLACE = re.compile(r"街道|社区|平城|我区|全区|村")
_TITLE_LINE = 13.0
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
    if not rest:
        return Head(None, None, subtitle)
    if len(rest) == 1:
        return Head(rest[0], None, subtitle)
    if len(rest) > 2 and subtitle is None and not _is_one_title(rest[1:]) and not _OFFICE_END.search(rest[-2]):
        subtitle = rest.pop()
    if _is_one_title(rest):
        return Head(" ".join(rest), None, subtitle)
    if subtitle is None and _explains(rest[0], rest[-1]):
        return Head(rest[0], None, rest[-1])
    if len(rest) > 2 and _OFFICE_END.search(rest[-2]):
        return Head(rest[-1], " ".join(rest[:-1]), subtitle)
    return Head(" ".join(rest[1:]), rest[0], subtitle)


def _explains(upper: str, lower: str) -> bool:
    """Whether the lower line is a subtitle: it names the place or office of which the upper, unbroken line speaks."""
    if _OFFICE_END.search(upper) or _SERIES.search(upper):
        return False
    if re.search(r"(街道|社区|中心|局|医院)(提醒|提示)?[：:]", lower):
        return True
    plain = not re.search(r"[\s+]", upper) and not _PLACE.search(upper) and not re.search(r"\s", lower)
    return plain and bool(_PLACE.search(lower)) and width(lower) >= width(upper) + 3


def _is_one_title(lines: Sequence[str]) -> bool:
    """One title over several lines: short lines of like length without a blank, none naming an office or a series."""
    if (
        any(_SERIES.search(line) for line in lines)
        or _KICKER.search(lines[0])
        or _OFFICE_END.search(lines[0])
        or _PLACE.search(lines[0])
    ):
        return False
    widths = [width(line) for line in lines]
    plain = not any(re.search(r"\s", line) for line in lines)
    return plain and max(widths) <= _TITLE_LINE and max(widths) - min(widths) <= 2


def are_halves(upper: str, lower: str) -> bool:
    """Whether two separate lines look like the halves of one torn title: short, and of nearly the same length."""
    first, second = (width(_QUOTES.sub("", line)) for line in (upper, lower))
    return max(first, second) <= _TITLE_LINE and abs(first - second) <= 1
