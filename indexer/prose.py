"""How running Chinese text looks at its ends: finished sentences, open quotes, cut words."""

from __future__ import annotations

import re
from itertools import chain, pairwise

from search.text import fold

_SIGNS = re.compile(r"[\W_]+")
_CLOSERS = "”’」』》〉）)】]\"'"
_TERMINALS = "。！？!?…；;：:"
_HALF = re.compile(r"[\x20-\x7e\xa0-\xb6\xb8-\xff\uff61-\uff9f]")
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "【": "】"}
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"[A-Za-z]")
ANNOUNCES = re.compile(
    r"(通知|公告|启事|通告|声明|公示|时间表?|日程|一览表?|招聘.{0,8}|提示|提醒|说明|安排|名单|电话|地点|须知|目录|榜|线路|门诊|菜单|节目单|指南|啟事|聲明|時間表?|電話|門診|須知|節目單|地點)$"
)
"""How the headlines of notices and lists end."""
SALUTATION = re.compile(r"^(尊敬的.{0,10}|.{0,6}(编辑|记者)同志|.{0,6}编辑部)[：:，,]?\s*(您好|你们好|你好)?[！!：:]?$")
AFTERWORD = re.compile(r"^(编后|编者按|编辑点评|记者手记|回音|相关链接)[：:]")
"""How the paper's own remark below a letter or story begins."""
_QUOTES = re.compile("[“”‘’《》\"']")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def width(text: str) -> float:
    """The printed width in Chinese characters: Latin letters, digits and half-width forms count one half."""
    return len(text) - len(_HALF.findall(text)) / 2


def unquoted_width(text: str) -> float:
    """The printed width without quotation marks: how long a phrase is to the ear."""
    return width(_QUOTES.sub("", text))


def fits(text: str, measure: float) -> bool:
    """Whether the text is at most so many Chinese characters wide."""
    return len(text) <= 2 * measure and width(text) <= measure


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotes and brackets left out."""
    bare = text.rstrip().rstrip(_CLOSERS)
    if not bare:
        return False
    return bare[-1] in _TERMINALS or (bare[-1] == "." and len(bare) > 1 and bool(HAN.match(bare[-2])))


def is_open(text: str) -> bool:
    """Whether a quotation mark or bracket is opened and not closed again."""
    return any(text.count(left) > text.count(right) for left, right in _PAIRS.items())


def join(*pieces: str) -> str:
    """The pieces of one text put together: a blank only between the Latin letters of two words."""
    bare = [piece.strip() for piece in pieces]
    blanks = [" " if _LATIN_END.search(left) and _LATIN_START.match(right) else "" for left, right in pairwise(bare)]
    return "".join(chain.from_iterable(zip(bare, [*blanks, ""], strict=True)))


def bare(text: str) -> str:
    """The folded letters, digits and characters alone: what is left when punctuation and blanks do not count."""
    return _SIGNS.sub("", fold(text))


def first_sentence(text: str) -> str:
    """The text up to and with its first full stop; all of it when there is none."""
    return re.split(r"(?<=[。！？!?])", text, maxsplit=1)[0]
