"""What kind of piece a story is: news, feature, comment, photo, notice, agency, letter or list, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.describe.credit import DATELINE, plain
from indexer.describe.reference import Kinds
from indexer.describe.reporters import Names
from indexer.draft import Draft
from indexer.page import Label
from search.text import fold

_SALUTATION = re.compile(r"(?:尊敬的|敬爱的)?(?:编辑|主编|记者)(?:同志|老师|部|先生|女士|朋友)*\s*[:!]")
_CLOSING = re.compile(r"此致\s*敬礼|读者[:\s]\s*\S{2,4}$")
_SUBJECT = re.compile(r"关于.{2,40}的(?:公告|通告|通知|公示)")
_BRACKETS = '」』”"】])'
_NOTICE_TAILS = ("书", "信息", "栏")
_SENTENCE_ENDS = ("。", "！", "？", "”")
_LEAST_ROWS, _LONGEST_ROW, _SHARE_OF_ROWS = 5, 40, 0.8
_SHORT_CAPTION, _PICTURE_STORY, _LONG_STORY = 120, 300, 300


class Kind(NamedTuple):
    """One of the kinds of :data:`search.article.KINDS`, and the words or the form that decided."""

    kind: str
    why: str


def find_kind(draft: Draft, names: Names, kinds: Kinds) -> Kind:
    """The kind by column, headline, byline and form: the first rule that holds decides; news when none does."""
    for kind, rule in _RULES:
        if why := rule(draft, names, kinds):
            return Kind(kind, why)
    return Kind("news", "有“本报讯”" if _has_dateline(draft) else "别的体裁都没有凭据")


def _agency(_: Draft, names: Names, __: Kinds) -> str:
    return "署名是通讯社" if names.agency else ""


def _letter(draft: Draft, _: Names, kinds: Kinds) -> str:
    if word := _word_in(kinds.letter, draft.section, draft.kicker):
        return f"栏目或引题有“{word}”"
    if _SALUTATION.match(plain(draft.body[:20])):
        return "开头称呼编辑"
    return "结尾是“此致敬礼”或读者署名" if _CLOSING.search(plain(draft.body[-40:])) else ""


def _notice(draft: Draft, names: Names, kinds: Kinds) -> str:
    if _is_reported(draft, names):
        return ""
    for head in _heads(draft):
        ends = tuple(head.rstrip(_BRACKETS).removesuffix(tail) for tail in ("", *_NOTICE_TAILS))
        if word := next((word for word in kinds.notice_ends if any(end.endswith(word) for end in ends)), ""):
            return f"标题以“{word}”结尾"
        if word := next((word for word in kinds.notice_starts if head.startswith(word)), ""):
            return f"标题以“{word}”开头"
        if _SUBJECT.match(head):
            return "标题是“关于……的通知”之类"
    return ""


def _list(draft: Draft, names: Names, kinds: Kinds) -> str:
    if _is_reported(draft, names):
        return ""
    if word := _word_in(kinds.list, *_heads(draft)):
        return f"标题有“{word}”"
    return "正文多是不成句的短行" if _has_rows(draft) else ""


def _literary(draft: Draft, _: Names, kinds: Kinds) -> str:
    word = _word_in(kinds.literary, draft.section)
    return word and f"栏目有“{word}”"


def _comment(draft: Draft, names: Names, kinds: Kinds) -> str:
    if word := _word_in(kinds.comment, draft.section):
        return f"栏目有“{word}”"
    return "署名是作者，不是记者" if names.authors and not names.reporters else ""


def _photo(draft: Draft, names: Names, kinds: Kinds) -> str:
    """A picture with little text of its own."""
    if (draft.captions or draft.credits or names.photographers) and len(draft.body) <= _SHORT_CAPTION:
        return "有图片说明或摄影者，自己的文字很少"
    word = _word_in(kinds.photo, draft.section, draft.kicker)
    return f"栏目或引题有“{word}”" if word and len(draft.body) <= _PICTURE_STORY else ""


def _feature(draft: Draft, _: Names, kinds: Kinds) -> str:
    """A longer piece under 本报记者 instead of 本报讯, or one that says so in its column or subtitle."""
    if _has_dateline(draft):
        return ""
    if word := _word_in(kinds.feature, draft.section, draft.kicker, draft.subtitle):
        return f"栏目、引题或副题有“{word}”"
    long = bool(draft.bylines) and _byline_leads(draft) and len(draft.body) >= _LONG_STORY
    return "署名在正文前，没有“本报讯”，文字较长" if long else ""


_RULES: tuple[tuple[str, Callable[[Draft, Names, Kinds], str]], ...] = (
    ("agency", _agency),
    ("letter", _letter),
    ("notice", _notice),
    ("list", _list),
    ("feature", _literary),
    ("comment", _comment),
    ("photo", _photo),
    ("feature", _feature),
)


def _heads(draft: Draft) -> list[str]:
    return [fold(part) for part in (draft.section, draft.kicker, draft.title, draft.subtitle) if part]


def _word_in(words: Iterable[str], *texts: str | None) -> str:
    """The first of the words that stands in any of the texts; empty when none does."""
    printed = "\n".join(fold(text) for text in texts if text)
    return next((word for word in words if word in printed), "") if printed else ""


def _is_reported(draft: Draft, names: Names) -> bool:
    """Whether a reporter tells of it: a story about a notice or a list is not one."""
    return bool(names.reporters) or _has_dateline(draft)


def _has_dateline(draft: Draft) -> bool:
    return any(DATELINE.match(plain(line)) for line in draft.bylines)


def _has_rows(draft: Draft) -> bool:
    """Five short lines or more, most of them without a full stop: rows, not sentences."""
    lines = draft.paragraphs
    rows = [line for line in lines if len(line) <= _LONGEST_ROW and not line.rstrip().endswith(_SENTENCE_ENDS)]
    return len(lines) >= _LEAST_ROWS and len(rows) >= _SHARE_OF_ROWS * len(lines) and len(rows) > len(draft.subheads)


def _byline_leads(draft: Draft) -> bool:
    """Whether the byline stands over the text; a story whose head is lost may still have one under it."""
    first = {block.label: block.first for block in reversed(draft.blocks)}
    text = min((first[label] for label in (Label.PARAGRAPH, Label.LEAD) if label in first), default=0)
    return not draft.blocks or first.get(Label.BYLINE, text + 1) < text
