"""Where bylines and credits stand: whole lines, the head of a paragraph, its end."""

from __future__ import annotations

import re

from indexer.describe.credit import AGENCY, DATELINE, Credit, plain, read_credit
from indexer.describe.names import is_full_name

_LONGEST = 60
_HEAD_LENGTH = 160
_STOPS = re.compile(r"[。!?！？;；…“”]|,(?!\s*[齐晚日])")
_NO_PERSON = re.compile(r"\(?(?:资料(?:图片?|照片)|图片资料|受访者供图|网络图片|效果图)\)?")
_SUPPLIED = re.compile(r"^\(?供\s?图|(?:供\s?图|图.{1,20}提供)\)?$")
_NOBODY_NAMED = re.compile(r"记\s*者|通\s?讯\s?员|讯|[编审校监]\S*[:|\s]")
_PHOTO_LINE = re.compile(r"[(■□●\s]*[一-鿿][一-鿿\s、]{0,14}(?<![拍统吸])摄\s*\)?")
_ROLE = re.compile(r"记\s*者|通\s?讯\s?员")
_LEAD_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_HEAD = re.compile(
    r"\s*(?:\(?([^()。]{0,30}(?:记\s*者|通\s?讯\s?员)[^()。,]{1,40})\)|([^\s,。]{4,30}(?:摄影|图文)报[道导])(?=\s))"
)
_END_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\s*(?:[①-⑳\d(][①-⑳\d A-Z()]{0,8})?\s*$")
_END_OPEN = re.compile(r"(?<=[。!?！？…”』)])\s*([^。!?！？…”』]{2,60})$")
_END_CREDIT = re.compile(r"(?:(?<=[。!?！？…”)])|(?<=\s))\s*(\(?[^。!?！？…”]{2,40})$")
_TAIL = 120
"""How far from its end a paragraph's credit may begin: a long run of blanks would be searched again and again."""
_PROSE = re.compile(
    r"(?:尊敬的)?编辑(?:同志|部|老师|您好|先生|女士)|记者(?:节|手记|调查|观察|站|札记|日记|来信|走|在|从|了解|看到)"
)


def is_byline(line: str) -> bool:
    """Whether a whole line is a byline with a role or dateline in it; for a name alone see :func:`is_name`."""
    credit, lead = _whole(line), lead_byline(line)
    if credit is None or not credit.roles or _SUPPLIED.search(plain(line).strip()) or (lead and lead[1]):
        return False
    return not _all_photo(credit) if credit.people else bool(_NOBODY_NAMED.search(plain(line)))


def is_name(line: str) -> bool:
    """Whether a line may be one person's name and nothing else, as printed under the head of a column."""
    text = "".join(plain(line).strip(" □■●◎◆/").split())
    return is_full_name(text) and not text.endswith("摄")


def is_credit(line: str) -> bool:
    """Whether a whole line credits a picture: 曹飞摄, 资料图片, 本报记者 A 摄影报道, 某某供图."""
    text = plain(line).strip()
    if len(text) > _LONGEST or _STOPS.search(text):
        return False
    if _NO_PERSON.fullmatch(text) or _PHOTO_LINE.fullmatch(text) or _SUPPLIED.search(text):
        return True
    credit = _whole(line)
    return credit is not None and bool(credit.people) and all(person.photo for person in credit.people)


def lead_byline(paragraph: str) -> tuple[str, str] | None:
    """The byline at the head of a paragraph, such as 本报讯 (记者 A), and the rest; None when there is none."""
    text = plain(paragraph[:_HEAD_LENGTH])
    dateline = DATELINE.match(text)
    end = _bracket_end(text, dateline.end()) if dateline else _bare_head_end(text)
    if end is None and dateline and _stands_alone(text, dateline):
        end = dateline.end()
    if end is None:
        return None
    return paragraph[:end].strip(), paragraph[end:].lstrip(" \u3000:：")


def tail_byline(paragraph: str) -> tuple[str, str] | None:
    """A paragraph without the byline at its end, and that byline ((记者 A), 本报记者 A); None when there is none."""
    text = plain(paragraph)
    for pattern in (_END_BRACKET, _END_OPEN):
        found = pattern.search(text, max(0, len(text) - _TAIL))
        if found and found.start() and _is_signature(found):
            return paragraph[: found.start()].rstrip(), paragraph[found.start() :].strip()
    return None


def tail_credit(paragraph: str) -> tuple[str, str] | None:
    """A caption without the picture credit at its end, and that credit (曹飞摄); None when there is none."""
    found = _END_CREDIT.search(plain(paragraph), max(0, len(paragraph) - _TAIL))
    if not found or not found.start() or not is_credit(found.group(1)):
        return None
    return paragraph[: found.start()].rstrip(), paragraph[found.start() :].strip()


def _whole(line: str) -> Credit | None:
    text = plain(line).strip()
    if not text or len(text) > _LONGEST or _STOPS.search(text) or _PROSE.match(text):
        return None
    return read_credit(text)


def _all_photo(credit: Credit) -> bool:
    return all(person.photo and person.writes is None for person in credit.people)


def _bracket_end(text: str, start: int) -> int | None:
    """The end of the names' bracket right behind a dateline."""
    bracket = _LEAD_BRACKET.match(text, start)
    return bracket.end() if bracket and (_ROLE.search(bracket[1]) or read_credit(bracket[0])) else None


def _bare_head_end(text: str) -> int | None:
    """The end of a credit with a role that opens the paragraph: (记者 A), 记者 A) half lost, A 摄影报道."""
    head = _HEAD.match(text)
    credit = read_credit(head.group(1) or head.group(2)) if head else None
    return head.end() if head and credit and credit.people else None


def _stands_alone(text: str, dateline: re.Match[str]) -> bool:
    """Whether a dateline without names is one: the paper's own, an agency's, or one set off by a colon."""
    known = re.match(rf"[\[\s]*据?(?:本报|{AGENCY})", text) is not None
    return (known and text[dateline.end() :][:1] != ",") or (
        text[dateline.end() - 1] == "讯" and text[dateline.end() :][:1] == ":"
    )


def _is_signature(found: re.Match[str]) -> bool:
    """Whether the end of a paragraph names its writers; names without a role need a bracket or a blank before them."""
    credit = None if _PROSE.match(found.group(1)) else read_credit(found.group(1))
    if credit is None or not credit.people or _all_photo(credit):
        return False
    set_off = found.group()[0] in " (["
    return credit.roles or (set_off and all(is_full_name(person.name) for person in credit.people))
