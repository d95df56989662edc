"""Page -> blocks: every logical line gets a label and the reason for it.

Two steps. Marks that stand on the line itself (a byline, a credit, 图为, 本报讯, furniture) decide at once;
short lines without a full stop are left open and then told apart by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.describe.bylines import is_byline, is_credit, is_name, lead_byline, tail_byline, tail_credit
from indexer.headline import names_writer
from indexer.layout_rules import LONGEST_OUTSIDE, LayoutRules
from indexer.margins import clear_margins, masthead, plain_numbers
from indexer.page import Block, Label, Page
from indexer.prose import ANNOUNCES, HAN, SALUTATION, bare, ends_sentence, fits
from indexer.shortlines import decide
from indexer.wrap import Unit, units

_SHORT = 36.0
_CENTRED = 12.0
"""An indented line is a headline only when it is much shorter than a paragraph."""
_LONGEST_NAME = 40
"""Characters of a line, blanks included, that can be the name of the page, of a column or of a label."""
_LONGEST_CAPTION = 45.0
_LONGEST_CALL = 24.0
"""A headline that ends as a sentence does is a short exclamation, question or quotation."""
_BRACKETED = re.compile(r"^[【\[〖［].{2,20}[】\]〗］]$")
_CAPTION = re.compile(r"图为|图①|图一|上图|下图|左图|右图|图\d")
_FILE_PICTURE = re.compile(r"资料(?<![^。\s]资料)(?:图片|照片)$")
_CAPTIONED = re.compile(r"[。！]\s*[（(]?[^。，,、]{2,14}(摄|摄影)[)）]?$")
_DAY_LINE = re.compile(r"^\(?((\d{4}|[二〇○零一九]{4})年.{1,2}月.{1,3}日|\d{1,2}月\d{1,2}日)\)?$")
_WRITER = re.compile(r"(居民|读者|市民|业主|村民|家长|职工|学生)$")
_ITEM = re.compile(
    r"^(\d{1,2}[:：]\d{2}|[①-⑳●◆■▲]\s?\S|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]、)|"
    r"^\d{1,2}月\d{1,2}日.{0,12}\d{1,2}[:：]\d{2}|^\d{1,2}月\d{1,2}日\s*[（(]?(星期|周).[)）]?$"
)
_DATED_ROW = re.compile(r"\d{1,2}月\d{1,2}日(?!起)")
_TELEPHONE = re.compile(r"\S{2,20}[\s:：]*\d{3,4}-?\d{7,8}$")
_ASIDE = re.compile(r"[（(][^（()）]{8,}[)）]$")
"""A remark in brackets on a line of its own."""
_ENUMERATED = re.compile(r"^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.．、])")
_OFFICE_LINE = re.compile(
    r"(局|委|委员会|领导小?组|指挥部|办公室|办事处|中心|社区|公司|医院|学校|小学|中学|政府|部门|馆|会|队|站|所|处|部|院|街道)$|^(读者|居民|市民)\s"
)
_AGENCY = re.compile(
    r"^据?(新华社|新华网|中新社|中新网|人民网|央视|央广网|科技日报|光明日报)[^，。,]{0,16}(电|讯|消息|报道)[\s：:，,]"
)
_COMPILED = re.compile(r"^[（(]?(本报综合|综合报道|综合消息|本报讯)[）)]?$|^[（(][一-鿿]{2,4}[)）]$")
_CALLS = re.compile(r"(电话|電話|热线|熱線|地址|联系|邮箱).*\d")
_REMINDS = re.compile(r"^(特别提醒|温馨提示|温馨提醒|紧急通知|郑重声明|敬告\S{0,6})[：:]")
_OPEN_CREDIT = re.compile(r"[（(](?=[^（()）]{0,6}(?:记者|通讯员|实习生))[^（()）]{2,30}$")
_CREDIT_END = re.compile(r"^[^（(。，,]{2,30}[)）]")
_VERSE_LINES, _VERSE_WIDTH = 5, 16.0
_MARKS = "，,。；;、！!？?…—"
_TEXT = (Label.LEAD, Label.PARAGRAPH)
_ABOVE_SIGNATURE = (*_TEXT, Label.ITEM, Label.FURNITURE, Label.SIGNATURE)


def lay_out(page: Page, rules: LayoutRules) -> list[Block]:
    """The blocks of a page in reading order, each with its label and why."""
    names = masthead(page)
    marked = [_mark(unit, rules, names) for unit in _close_credits(units(page.lines))]
    blocks = _signatures(_captions(_split_bylines(_verse(clear_margins(marked, rules)))))
    return [part for block in decide(_rows(blocks)) for part in _parts(block)]


def _close_credits(lines: Sequence[Unit]) -> list[Unit]:
    """A bracket of names that a line break cuts in two, such as (记者 A / 通讯员 B), is one line."""
    closed: list[Unit] = []
    for line in lines:
        above = closed[-1] if closed else None
        if above and _OPEN_CREDIT.search(above.text) and _CREDIT_END.match(line.text):
            closed[-1] = Unit(above.first, line.last, f"{above.text} {line.text}", above.indented)
        else:
            closed.append(line)
    return closed


def _mark(unit: Unit, rules: LayoutRules, names: frozenset[str]) -> Block:
    """The label that the line itself proves; short lines are headlines and others paragraphs until proven otherwise."""
    label, why = _outside_label(unit.text, rules, names) or _credit_label(unit.text) or _text_label(unit)
    return Block(unit.first, unit.last, unit.text, label, why, unit.measure, unit.breaks)


def _parts(block: Block) -> Iterator[Block]:
    """The block, with the names at its ends as blocks of their own: dateline, sign-off, credit."""
    text = block.text
    if block.label is Label.LEAD and (found := lead_byline(text)):
        dateline, text = found
        yield replace(block, text=dateline, label=Label.DATELINE, breaks=())
        skipped = len(block.text) - len(text)
        block = replace(block, breaks=tuple(place - skipped for place in block.breaks if place > skipped))
    names: Block | None = None
    if block.label in _TEXT and (signed := tail_byline(text)):
        text, byline = signed
        names = replace(block, text=byline, label=Label.SIGNOFF, why="段末署名 (signed at its end)")
    elif block.label in (*_TEXT, Label.CAPTION) and (credited := tail_credit(text)):
        text, credit = credited
        names = replace(block, text=credit, label=Label.CREDIT, why="段末的图片署名 (credit at its end)")
    if text:
        yield block if text == block.text else replace(block, text=text)
    if names:
        yield names


def _outside_label(text: str, rules: LayoutRules, names: frozenset[str]) -> tuple[Label, str] | None:
    """The labels of what stands around the stories, ``names`` being the masthead's."""
    if len(text) > LONGEST_OUTSIDE:
        return None
    words = bare(text) if len(text) <= _LONGEST_NAME else ""
    if words and plain_numbers(words) in names:
        return Label.FURNITURE, "报头 (masthead)"
    if "。" not in text[:-1] and rules.is_furniture(text):
        return Label.FURNITURE, "版面设施 (furniture list)"
    if words in rules.columns:
        return Label.COLUMN, "栏目名 (column list)"
    if _BRACKETED.match(text) or words in rules.labels:
        return Label.FURNITURE, "版面标签，未定属于哪篇 (label)"
    return None


def _credit_label(text: str) -> tuple[Label, str] | None:
    """The labels of lines that say who wrote, photographed or signed."""
    if _DAY_LINE.match(text) or names_writer(text):
        return Label.SIGNATURE, "落款 (date or signature line)"
    if is_credit(text):
        return Label.CREDIT, "图片署名 (credit)"
    if is_byline(text) or _COMPILED.match(text):
        return Label.BYLINE, "署名独占一行 (byline)"
    if lead_byline(text) or _AGENCY.match(text):
        return Label.LEAD, "电头 (dateline)"
    if _REMINDS.match(text):
        return Label.LEAD, "提示的开头 (opens a notice)"
    return None


def _text_label(unit: Unit) -> tuple[Label, str]:
    text = unit.text
    if (_ENUMERATED if ends_sentence(text) else _ITEM).match(text) or (text[-1].isdecimal() and _TELEPHONE.match(text)):
        return Label.ITEM, "列表项 (list item)"
    if _ASIDE.match(text):
        return Label.ITEM, "括号里的附注 (remark in brackets)"
    if SALUTATION.match(text):
        return Label.PARAGRAPH, "书信的称呼 (salutation)"
    if fits(text, _LONGEST_CAPTION) and (_CAPTION.match(text) or _FILE_PICTURE.search(text) or _CAPTIONED.search(text)):
        return Label.CAPTION, "图片说明 (caption)"
    if _is_short(unit):
        return Label.HEADLINE, "短行无句号 (short line)"
    return Label.PARAGRAPH, "正文 (running text)"


def _is_short(unit: Unit) -> bool:
    text = unit.text
    if "。" in text or "：“" in text or not fits(text, _CENTRED if unit.indented else _SHORT):
        return False
    return not ends_sentence(text) or (text[-1] in "！？!?…”" and fits(text, _LONGEST_CALL))


def _rows(blocks: Sequence[Block]) -> list[Block]:
    """A short line between the rows of a list is a row as well, and so is the one above them below the list's title."""
    found = list(blocks)
    for place in range(1, len(found) - 1):
        above, block, below = found[place - 1 : place + 2]
        if (
            block.label is Label.HEADLINE
            and above.label is below.label is Label.ITEM
            and not ANNOUNCES.search(block.text)
        ):
            found[place] = replace(block, label=Label.ITEM, why="列表行之间的短行 (between list items)")
    for place in range(1, len(found) - 2):
        above, block, below, next_below = found[place - 1 : place + 3]
        first = block.label is above.label is Label.HEADLINE and below.label is next_below.label is Label.ITEM
        if first and blocks[place + 2].label is Label.HEADLINE:
            found[place] = replace(block, label=Label.ITEM, why="列表的第一行 (first row of a list)")
    for place in range(1, len(found)):
        above, block = found[place - 1 : place + 1]
        listed = above.label is Label.ITEM or (above.label is Label.HEADLINE and bool(ANNOUNCES.search(above.text)))
        if listed and block.label is Label.HEADLINE and _DATED_ROW.match(block.text):
            found[place] = replace(block, label=Label.ITEM, why="以日期开头的列表行 (row that begins with a day)")
    return found


def _verse(blocks: Sequence[Block]) -> list[Block]:
    """Many short lines in a row, most of them with a mark at the end, are the lines of a poem under its poet's name."""
    found = list(blocks)
    start = 0
    for stop in range(len(blocks) + 1):
        if stop < len(blocks) and _may_be_verse(blocks[stop]) and not _is_next_poem(blocks, start, stop):
            continue
        if stop - start >= _VERSE_LINES:
            first, end = _marked_part(blocks, start, stop)
            poet = _poet(blocks, start, first)
            if poet is not None:
                found[poet] = replace(blocks[poet], label=Label.BYLINE, why="诗题下的人名 (poet's name)")
                first = poet + 1
            why = "连续多行短句，是诗行 (verse)"
            found[first:end] = [replace(line, label=Label.ITEM, why=why) for line in blocks[first:end]]
        start = stop if stop < len(blocks) and _may_be_verse(blocks[stop]) else stop + 1
    return found


def _is_next_poem(blocks: Sequence[Block], start: int, place: int) -> bool:
    """Whether a line below finished verse is the title of the next poem: its poet's name stands below it."""
    below = blocks[place + 1 : place + 2]
    finished = place > start + _VERSE_LINES and ends_sentence(blocks[place - 1].text)
    return finished and not _is_marked(blocks[place]) and bool(below) and is_name(below[0].text)


def _poet(blocks: Sequence[Block], start: int, first: int) -> int | None:
    """The place of the poet's name: a name below the title, else two to four characters right above marked verse."""
    names = [place for place in range(start + 1, first) if is_name(blocks[place].text)]
    if not names and first - 1 > start and _is_pen_name(blocks[first - 1].text):
        names = [first - 1]
    return names[0] if names else None


def _is_marked(block: Block) -> bool:
    return block.text[-1] in _MARKS


def _may_be_verse(block: Block) -> bool:
    return block.label in (Label.HEADLINE, Label.PARAGRAPH) and fits(block.text, _VERSE_WIDTH)


def _marked_part(blocks: Sequence[Block], start: int, stop: int) -> tuple[int, int]:
    """From the first to the last marked line; nothing where these are few or most lines between them have no mark."""
    marked = [place for place in range(start, stop) if _is_marked(blocks[place])]
    first, end = (marked[0], marked[-1] + 1) if marked else (start, start)
    return (first, end) if end - first >= _VERSE_LINES and len(marked) >= 0.5 * (end - first) else (start, start)


def _split_bylines(blocks: Sequence[Block]) -> list[Block]:
    """本报记者 and the name on the next line are one byline; a bare name under a headline is one too.

    So is a further name between a byline that names somebody and the text.
    """
    joined: list[Block] = []
    for position, block in enumerate(blocks):
        above = joined[-1] if joined else None
        column = len(joined) > 1 and joined[-2].label is Label.COLUMN
        if block.label is Label.HEADLINE and above and (is_name(block.text) or (column and _is_pen_name(block.text))):
            in_text = any(below.label is Label.PARAGRAPH for below in blocks[position + 1 : position + 2])
            if above.label is Label.BYLINE and (in_text or not _names_someone(above.text)):
                joined[-1] = Block(above.first, block.last, f"{above.text} {block.text}", Label.BYLINE, "署名分成两行")
                continue
            if above.label is Label.HEADLINE:
                block = replace(block, label=Label.BYLINE, why="标题下的人名 (bare name)")
        joined.append(block)
    return joined


def _is_pen_name(text: str) -> bool:
    """Whether a line can be the author under the title of a column: two to four characters, blanks left out."""
    name = "".join(text.split())
    return 2 <= len(name) <= 4 and all(HAN.match(char) for char in name)


def _names_someone(byline: str) -> bool:
    return bool(re.sub(r"[\W_]|本报|全媒体|首席|见习|实习|记者|通讯员|特约", "", byline))


def _captions(blocks: Sequence[Block]) -> list[Block]:
    """One short line right above a credit is the caption, with and without 图为."""
    found = list(blocks)
    for position, (block, below) in enumerate(pairwise(blocks)):
        if below.label is Label.CREDIT and _reads_as_caption(block):
            found[position] = replace(block, label=Label.CAPTION, why="图片署名的上一行 (above a credit)")
    return found


def _signatures(blocks: Sequence[Block]) -> list[Block]:
    """The office above a date line signs the notice with it; so do one that ends a notice and a letter's writer."""
    found = list(blocks)
    notice = False
    for position, block in enumerate(blocks):
        above = found[position - 1].label if position else None
        below = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.label is Label.HEADLINE and above in _ABOVE_SIGNATURE:
            if why := _signs(block, below, notice):
                found[position] = replace(block, label=Label.SIGNATURE, why=why)
                continue
        elif block.label is Label.BYLINE and above is Label.SIGNATURE and is_name(block.text):
            found[position] = replace(block, label=Label.SIGNATURE, why="来信人的姓名 (the writer's name)")
        elif block.label is Label.FURNITURE and notice and above in (*_TEXT, Label.ITEM) and _CALLS.search(block.text):
            found[position] = replace(block, label=Label.ITEM, why="公告里的电话、地址 (contact of a notice)")
        if block.label in (Label.HEADLINE, Label.LEAD, Label.BYLINE):
            heads = block.label is Label.HEADLINE and ANNOUNCES.search(block.text)
            notice = bool(heads or _REMINDS.match(block.text))
    return found


def _signs(block: Block, below: Block | None, notice: bool) -> str | None:
    """Why a short line below text signs it; None when it does not."""
    office = bool(_OFFICE_LINE.search(block.text))
    if office and below is not None and below.label is Label.SIGNATURE:
        return "日期上一行的落款 (above a date line)"
    if office and notice and (below is None or below.label is not Label.LEAD):
        return "公告末尾的落款 (signs a notice)"
    if _WRITER.search(block.text) and below is not None and (below.label is Label.BYLINE or is_name(below.text)):
        return "来信的落款 (signs a letter)"
    return None


def _reads_as_caption(block: Block) -> bool:
    plain = block.label in (Label.PARAGRAPH, Label.HEADLINE)
    return plain and ends_sentence(block.text) and fits(block.text, _LONGEST_CAPTION)
