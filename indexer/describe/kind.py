"""What kind of piece a story is: news, feature, comment, photo, notice, agency, letter or list."""

from __future__ import annotations

import re

from indexer.describe.credit import DATELINE, plain
from indexer.describe.reporters import Names
from indexer.draft import Draft
from indexer.page import Label

_LETTER = re.compile(r"来信|读者之声|编辑部信箱|致编辑")
_SALUTATION = re.compile(r"(?:尊敬的|敬爱的)?(?:编辑|主编|记者)(?:同志|老师|部|先生|女士|朋友)*\s*[:!]")
_CLOSING = re.compile(r"此致\s*敬礼|读者[:\s]\s*\S{2,4}$")
_COMMENT = re.compile(r"新语|评论|时评|社论|短评|快评|锐评|言论|杂谈|漫谈|随笔|随想|有感|观点|本报编辑部")
_NOTICE = re.compile(
    r"(?:公告|通告|通知|启事|声明|公示|招聘|讣告|招标|征集令|征稿|公开信|告知书|倡议书|提示|须知|停[水电气暖])(?:书|信息|栏)?[」』”\"】\])]*$"
    r"|^(?:关于.{2,40}的(?:公告|通告|通知|公示)|公告|通告|通知|启事)"
)
_LITERARY = re.compile(r"诗|副刊|散文|小小说|文苑|文艺")
_LIST = re.compile(r"名单|一览表?|排行榜|光荣榜|红黑榜|时间表|日程|目录|榜单|中奖号码|节目单|门诊安排")
_FEATURE = re.compile(r"通讯|特写|综述|专访|侧记|纪实|走笔|见闻|访谈|人物|调查|深度|观察|记事|故事|探访|总结")
_PHOTO = re.compile(r"图片新闻|新闻图片|图说|影像|镜头|光影|摄影")
_SHORT_CAPTION, _LONG_STORY = 120, 300


def find_kind(draft: Draft, names: Names) -> str:
    """One of the kinds of :data:`search.article.KINDS`, by column, headline, byline and form; news when nothing tells.

    The first test that holds decides: an agency's text, a letter, a notice, a list, literature
    (a feature), comment, picture, feature.
    """
    heads = [part for part in (draft.section, draft.kicker, draft.title, draft.subtitle) if part]
    if names.agency:
        return "agency"
    if _any(_LETTER, heads[:2]) or _is_letter(draft.body):
        return "letter"
    if _any(_NOTICE, heads) and not _has_dateline(draft):
        return "notice"
    if not _has_dateline(draft) and (_any(_LIST, heads) or _is_list(draft)):
        return "list"
    return _by_writer(draft, names)


def _by_writer(draft: Draft, names: Names) -> str:
    if _LITERARY.search(draft.section or ""):
        return "feature"
    if (names.authors and not names.reporters) or _COMMENT.search(draft.section or ""):
        return "comment"
    if _is_photo(draft, names):
        return "photo"
    if _is_feature(draft):
        return "feature"
    return "news"


def _any(pattern: re.Pattern[str], texts: list[str]) -> bool:
    return any(pattern.search(text) for text in texts)


def _has_dateline(draft: Draft) -> bool:
    return any(DATELINE.match(plain(line)) for line in draft.bylines)


def _is_letter(body: str) -> bool:
    """Whether the text opens with 编辑同志： or closes with 此致敬礼."""
    return bool(_SALUTATION.match(plain(body[:20])) or _CLOSING.search(plain(body[-40:])))


def _is_list(draft: Draft) -> bool:
    """Five short lines or more, most of them without a full stop: rows, not sentences."""
    lines = draft.paragraphs
    rows = [line for line in lines if len(line) <= 40 and not line.rstrip().endswith(("。", "！", "？", "”"))]
    return len(lines) >= 5 and len(rows) >= 0.8 * len(lines) and len(rows) > len(draft.subheads)


def _is_photo(draft: Draft, names: Names) -> bool:
    """A picture with little text of its own."""
    pictured = bool(draft.captions or draft.credits or names.photographers)
    short = len(draft.body) <= _SHORT_CAPTION
    return (pictured and short) or (_any(_PHOTO, [draft.section or "", draft.kicker or ""]) and len(draft.body) <= 300)


def _is_feature(draft: Draft) -> bool:
    """A longer piece under 本报记者 instead of 本报讯, or one that says so in its column or subtitle."""
    if _any(_FEATURE, [draft.section or "", draft.subtitle or "", draft.kicker or ""]) and not _has_dateline(draft):
        return True
    return bool(draft.bylines) and not _has_dateline(draft) and _byline_leads(draft) and len(draft.body) >= _LONG_STORY


def _byline_leads(draft: Draft) -> bool:
    """Whether the byline stands over the text; a story whose head is lost may still have one under it."""
    first = {block.label: block.first for block in reversed(draft.blocks)}
    text = min((first[label] for label in (Label.PARAGRAPH, Label.LEAD) if label in first), default=0)
    return not draft.blocks or first.get(Label.BYLINE, text + 1) < text
