"""Where bylines and credits stand: whole lines, the head of a paragraph, its end."""

from __future__ import annotations

import re

from indexer.describe.credit import AGENCY, CORRESPONDENT, DATELINE, REPORTER, Credit, Person, plain, read_credit
from indexer.describe.names import is_full_name

_LONGEST = 60
_LONGEST_NAME = 24
_HEAD_LENGTH = 160
_STOPS = re.compile(r"[。!?！？;；…“”]|,(?!\s*[齐晚日])")
_NO_PERSON = re.compile(r"\(?(?:资料(?:图片?|照片)|图片资料|受访者供图|网络图片|效果图|特约摄影|摄影记者)\)?")
_SUPPLIED = re.compile(r"^\(?供\s?图|(?:供\s?图|图.{1,20}提供)\)?$")
_NOBODY_NAMED = re.compile(rf"{REPORTER}|{CORRESPONDENT}|讯|评论员|[编审校监]\S*[:|\s]")
_PHOTO_LINE = re.compile(r"[(■□●\s]*[一-鿿][一-鿿\s、]{0,14}(?<![拍统吸])摄\s*\)?")
_ROLE = re.compile(rf"{REPORTER}|{CORRESPONDENT}")
_LEAD_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_HEAD = re.compile(
    rf"\s*(?:\(?([^()。]{{0,30}}(?:{REPORTER}|{CORRESPONDENT})[^()。,]{{1,40}})\)"
    r"|([^\s,。]{4,30}(?:摄影|图文)报[道导])(?=\s))"
)
_OPEN_HEAD = re.compile(rf"\s*[(\[]?[^\s()\[\],。]{{0,16}}?(?:{REPORTER}|{CORRESPONDENT})")
_OWN_HEAD = re.compile(r"[□■●◎◆\s]*本[报刊网]")
_OPEN_LENGTH = 50
_GAP = re.compile(r"[\s)\]]+")
_END_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\s*(?:[①-⑳\d(][①-⑳\d A-Z()]{0,8}\s*)?$")
_END_OPEN = re.compile(r"(?<=[。!?！？…”』)])\s*([^。!?！？…”』]{2,60})$")
_END_CREDIT = re.compile(r"(?:(?<=[。!?！？…”)])|(?<=\s))\s*(\(?[^。!?！？…”]{2,40})$")
_TAIL = 120
"""How far from its end a paragraph's credit may begin: a long run of blanks would be searched again and again."""
_PROSE = re.compile(
    r"(?:尊敬的)?编辑(?:同志|部|老师|您好|先生|女士)|记者(?:节|手记|调查|观察|站|札记|日记|来信|走|在|从|了解|看到)"
)
# What a line must hold to be worth reading closely: most lines of a page are passed over by these alone. The first
# characters of all its words stand in front, which spares the words at nearly every place.
_HINT = re.compile(
    r"(?=[（(〔【\[记記纪作通讯訊信迅汛电電消专專人评主供整文图圖摄攝采撰实實见見编編责責美校版审審监監总總统統制报報执執录錄])"
    r"(?:[（(〔【\[]|[记記纪作]\s*[者耆]|通\s?[讯訊信迅汛]\s?[员員]|[讯訊汛电電](?:$|[\s（(【\[:：])|消息|[专專]稿|人员"
    r"|评论员|主笔|供稿|整理|文字|[图圖]文|文[并並/／图圖摄攝·、]|[图圖][/／]|[文图圖]\s|[摄攝]|[采撰][写寫文稿]|撰"
    r"|[实實见見][习習]|[编編]\s?[辑輯]|[责責美]\s?[编編]|校\s?[对對]|版式|[审審监監]|主任|[总總][编編]|[统統][筹籌]"
    r"|制作|[报報][道導导]|[执執][笔筆]|[录錄]人)"
)
_FINISHED = ("。", "!", "?", "！", "？", "…", "”", "』")
"""No name stands behind them: a paragraph that ends so, as most do, is not read closely."""
_END_HINT = re.compile(
    r"[)）\]】〕][\s①-⑳\dA-Z()（）]{0,12}$"
    r"|[。!?！？…”』)）](?:[\s(（\[【〔/／□■●◎◆]|[^。!?！？…”』]{0,40}"
    r"(?:[记記纪作]\s*[者耆]|[讯訊信迅汛]\s*[员員]|访人[员員]|评论员|[报報][道導导][员員]?|[采撰][写寫]))[^。!?！？…”』]{1,60}$"
)
_PHOTO_HINT = re.compile("[摄攝图圖供片]")
# One set of first characters, so that the search leaps from one to the next, and then what each of them begins.
_HEAD_HINT = re.compile(
    r"[讯訊汛迅电電消专專记記纪影文](?:(?<=[讯訊汛迅电電])|(?<=消)息|(?<=[专專])稿|(?<=[记記纪])\s*[者耆]|(?<=[影文])[报報])"
)


def is_byline(line: str) -> bool:
    """Whether a whole line is a byline, by a role, a dateline or names in a bracket; a name alone: :func:`is_name`."""
    text = _short(line, _HINT)
    credit = _whole(text)
    if credit is None or _goes_on(line):
        return False
    if credit.people:
        return (credit.roles and any(map(_writes, credit.people))) or _is_bracket_of_names(text, credit)
    return credit.roles and _NOBODY_NAMED.search(text) is not None and not _SUPPLIED.search(text)


def is_name(line: str) -> bool:
    """Whether a line may be one person's name and nothing else, as printed under the head of a column."""
    if len(line) > _LONGEST_NAME:
        return False
    text = "".join(plain(line).strip(" □■●◎◆/").split())
    return is_full_name(text) and not text.endswith("摄")


def is_credit(line: str) -> bool:
    """Whether a whole line credits a picture: 曹飞摄, 资料图片, 本报记者 A 摄影报道, 某某供图."""
    text = _short(line, _PHOTO_HINT)
    if not text:
        return False
    credit = _whole(text)
    if credit and credit.people:
        return not credit.text and all(person.photo for person in credit.people)
    return bool(_NO_PERSON.fullmatch(text) or _PHOTO_LINE.fullmatch(text) or _SUPPLIED.search(text))


def lead_byline(paragraph: str) -> tuple[str, str] | None:
    """The byline at the head of a paragraph, such as 本报讯 (记者 A), and the rest; None when there is none."""
    if not _HEAD_HINT.search(paragraph, 0, _HEAD_LENGTH // 2):
        return None
    text = plain(paragraph[:_HEAD_LENGTH])
    dateline = DATELINE.match(text)
    end = _names_end(text, dateline.end()) if dateline else _bare_head_end(text)
    if end is None and dateline and _stands_alone(text, dateline):
        end = dateline.end()
    if end is None:
        return None
    return paragraph[:end].strip(), paragraph[end:].lstrip(" \u3000:：")


def tail_byline(paragraph: str) -> tuple[str, str] | None:
    """A paragraph without the byline at its end, and that byline ((记者 A), 本报记者 A); None when there is none."""
    tail = paragraph[-_TAIL:]
    if tail.endswith(_FINISHED) or not _END_HINT.search(tail):
        return None
    text = plain(tail)
    for pattern in (_END_BRACKET, _END_OPEN):
        found = pattern.search(text)
        start = found.start() - len(tail) if found else 0
        if found and start > -len(paragraph) and _is_signature(found):
            return paragraph[:start].rstrip(), paragraph[start:].strip()
    return None


def tail_credit(paragraph: str) -> tuple[str, str] | None:
    """A caption without the picture credit at its end, and that credit (曹飞摄); None when there is none."""
    tail = paragraph[-_LONGEST:]
    if tail.endswith(_FINISHED) or not _PHOTO_HINT.search(tail):
        return None
    found = _END_CREDIT.search(plain(tail))
    start = found.start() - len(tail) if found else 0
    if not found or start <= -len(paragraph) or not is_credit(found.group(1)):
        return None
    return paragraph[:start].rstrip(), paragraph[start:].strip()


def _short(line: str, hint: re.Pattern[str]) -> str:
    """The plain text of a line that is short enough for a credit, no sentence and has a hint of one, else nothing."""
    line = line.strip() if len(line) < 2 * _LONGEST else line
    text = plain(line) if len(line) <= _LONGEST and not _STOPS.search(line) and hint.search(line) else ""
    return "" if _STOPS.search(text) else text


def _whole(text: str) -> Credit | None:
    """A plain line read as a credit and nothing else."""
    return read_credit(text) if text and not _PROSE.match(text) else None


def _goes_on(line: str) -> bool:
    """Whether running text follows the byline that opens the line."""
    lead = lead_byline(line)
    return lead is not None and bool(lead[1])


def _is_bracket_of_names(text: str, credit: Credit) -> bool:
    return text[0] == "(" and text[-1] == ")" and all(is_full_name(person.name) for person in credit.people)


def _writes(person: Person) -> bool:
    """Whether a person of a credit wrote: by role, or by a full name that has none."""
    return person.writes is not None and (person.writes != "bare" or person.photo or is_full_name(person.name))


def _names_end(text: str, start: int) -> int | None:
    """The end of the names right behind a dateline, in a bracket or in what is left of one."""
    bracket = _LEAD_BRACKET.match(text, start)
    if bracket:
        return bracket.end() if _ROLE.search(bracket[1]) or read_credit(bracket[0]) else None
    return _open_end(text, start)


def _open_end(text: str, start: int) -> int | None:
    """The end of a role and full names that a blank or half a bracket sets off from the text behind them."""
    if not _OPEN_HEAD.match(text, start):
        return None
    for gap in reversed(list(_GAP.finditer(f"{text} ", start, start + _OPEN_LENGTH))):
        credit = read_credit(text[start : gap.start()])
        if credit and credit.people and all(is_full_name(person.name) for person in credit.people):
            return min(gap.end(), len(text))
    return None


def _bare_head_end(text: str) -> int | None:
    """The end of a credit with a role that opens the paragraph: (记者 A), 记者 A) half lost, A 摄影报道."""
    head = _HEAD.match(text)
    credit = read_credit(head.group(1) or head.group(2)) if head else None
    if head and credit and credit.people:
        return head.end()
    return _open_end(text, 0) if _OWN_HEAD.match(text) and _STOPS.search(text) else None


def _stands_alone(text: str, dateline: re.Match[str]) -> bool:
    """Whether a dateline without names is one: the paper's own, an agency's, or one set off by a colon."""
    known = re.match(rf"[\[\s]*据?(?:本报|{AGENCY})", text) is not None
    return (known and text[dateline.end() :][:1] != ",") or (
        text[dateline.end() - 1] == "讯" and text[dateline.end() :][:1] == ":"
    )


def _is_signature(found: re.Match[str]) -> bool:
    """Whether the end of a paragraph names its writers; names without a role need a bracket or a blank before them."""
    bracketed = found.group()[0] in "(["
    lenient = bracketed and _ROLE.search(found.group(1)) is not None
    credit = None if _PROSE.match(found.group(1)) else read_credit(found.group(1), lenient=lenient)
    if credit is None or not any(map(_writes, credit.people)):
        return False
    set_off = found.group()[0] in " ([/□■●◎◆"
    return credit.roles or (set_off and all(is_full_name(person.name) for person in credit.people))
