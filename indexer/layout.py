"""Page -> blocks: every logical line gets a label and the reason for it.

Two steps. Marks that stand on the line itself (a byline, a credit, 图为, 本报讯, furniture) decide at once;
short lines without a full stop are left open and then told apart by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.describe.bylines import is_byline, is_credit, is_name, lead_byline, tail_byline, tail_credit
from indexer.headline import is_broken, looks_cut, names_writer, starts_with_dash
from indexer.layout_rules import LayoutRules
from indexer.page import Block, Label, Page
from indexer.prose import bare, ends_sentence, width
from indexer.wrap import Unit, units

_SHORT = 36.0
_LONGEST_CAPTION = 45.0
_BRACKETED = re.compile(r"^[【\[〖［].{2,20}[】\]〗］]$")
_CAPTION = re.compile(r"^(图为|图①|图一|上图|下图|左图|右图|图\d)|(?:[。\s]|^)(?:资料图片|资料照片)$")
_CAPTIONED = re.compile(r"[。！]\s*[（(]?[^。，,、]{2,14}(摄|摄影)[)）]?$")
_DAY_LINE = re.compile(r"^\(?(\d{4}|[二〇○零一九]{4})年.{1,2}月.{1,3}日\)?$")
_ITEM = re.compile(
    r"^(\d{1,2}[:：]\d{2}|[①-⑳●◆■▲]\s?\S|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]、)|"
    r"^\d{1,2}月\d{1,2}日.{0,12}\d{1,2}[:：]\d{2}|^\d{1,2}月\d{1,2}日\s*[（(]?(星期|周).[)）]?$"
)
_OFFICE_LINE = re.compile(
    r"(局|委员会|办公室|办事处|中心|社区|公司|医院|学校|馆|会|队|站|所|处|部|院|街道)$|^(读者|居民|市民)\s"
)
_AGENCY = re.compile(
    r"^据?(新华社|新华网|中新社|中新网|人民网|央视|央广网|科技日报|光明日报)[^，。,]{0,16}(电|讯|消息|报道)[\s：:，,]"
)
_SALUTATION = re.compile(
    r"^(尊敬的.{0,10}|.{0,6}(编辑|记者)同志|.{0,6}编辑部)[：:，,]?\s*(您好|你们好|你好)?[！!：:]?$"
)
_ANNOUNCES = re.compile(r"(通知|公告|启事|通告|声明|公示|时间表|日程|一览表|招聘.{0,8}|提示|提醒|说明)$")
_OPEN_CREDIT = re.compile(r"[（(](?=[^（()）]{0,6}(?:记者|通讯员|实习生))[^（()）]{2,30}$")
_CREDIT_END = re.compile(r"^[^（(。，,]{2,30}[)）]")
_VERSE_LINES = 4
_BODY = (Label.PARAGRAPH, Label.ITEM, Label.SIGNATURE)
_TEXT = (Label.LEAD, Label.PARAGRAPH)
_STARTERS = (Label.BYLINE, Label.LEAD, Label.CAPTION, Label.CREDIT)


def lay_out(page: Page, rules: LayoutRules) -> list[Block]:
    """The blocks of a page in reading order, each with its label and why."""
    masthead = _masthead(page)
    blocks = _without_slogans([_mark(unit, rules, masthead) for unit in _close_credits(units(page.lines))], rules)
    decided = _decide(_signatures(_captions(_split_bylines(blocks))))
    return [part for block in decided for part in _parts(block)]


def _plain_numbers(bare: str) -> str:
    """05 and 5 are the same page."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


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


def _masthead(page: Page) -> frozenset[str]:
    """The page's own name, number and newspaper as a line can print them, bare."""
    number, name, paper = (_plain_numbers(bare(text or "")) for text in (page.number, page.name, page.newspaper))
    return frozenset({paper, name, number + name, paper + name, paper + number + name, name + number} - {""})


def _mark(unit: Unit, rules: LayoutRules, masthead: frozenset[str]) -> Block:
    """The label that the line itself proves; short lines are headlines and others paragraphs until proven otherwise."""
    if _plain_numbers(bare(unit.text)) in masthead:
        return Block(unit.first, unit.last, unit.text, Label.FURNITURE, "报头 (masthead)")
    label, why = _own_label(unit, rules)
    return Block(unit.first, unit.last, unit.text, label, why)


def _own_label(unit: Unit, rules: LayoutRules) -> tuple[Label, str]:
    return _outside_label(unit.text, rules) or _credit_label(unit.text) or _text_label(unit)


def _parts(block: Block) -> Iterator[Block]:
    """The block, with the names at its ends as blocks of their own: dateline, sign-off, credit."""
    text = block.text
    if block.label is Label.LEAD and (found := lead_byline(text)):
        dateline, text = found
        yield replace(block, text=dateline, label=Label.DATELINE)
    names: Block | None = None
    if block.label in _TEXT and (signed := tail_byline(text)):
        text, byline = signed
        names = replace(block, text=byline, label=Label.SIGNOFF, why="段末署名 (signed at its end)")
    elif block.label in (*_TEXT, Label.CAPTION) and (credited := tail_credit(text)):
        text, credit = credited
        names = replace(block, text=credit, label=Label.CREDIT, why="段末的图片署名 (credit at its end)")
    if text:
        yield replace(block, text=text)
    if names:
        yield names


def _outside_label(text: str, rules: LayoutRules) -> tuple[Label, str] | None:
    """The labels of what stands around the stories."""
    if rules.is_furniture(text):
        return Label.FURNITURE, "版面设施 (furniture list)"
    if bare(text) in rules.columns:
        return Label.COLUMN, "栏目名 (column list)"
    if _BRACKETED.match(text) or bare(text) in rules.labels:
        return Label.FURNITURE, "版面标签，未定属于哪篇 (label)"
    return None


def _credit_label(text: str) -> tuple[Label, str] | None:
    """The labels of lines that say who wrote, photographed or signed."""
    if _DAY_LINE.match(text) or names_writer(text):
        return Label.SIGNATURE, "落款 (date or signature line)"
    if is_credit(text):
        return Label.CREDIT, "图片署名 (credit)"
    if is_byline(text):
        return Label.BYLINE, "署名独占一行 (byline)"
    if lead_byline(text) or _AGENCY.match(text):
        return Label.LEAD, "电头 (dateline)"
    return None


def _text_label(unit: Unit) -> tuple[Label, str]:
    text = unit.text
    if _ITEM.match(text) and not ends_sentence(text):
        return Label.ITEM, "列表项 (list item)"
    if _SALUTATION.match(text):
        return Label.PARAGRAPH, "书信的称呼 (salutation)"
    if width(text) <= _LONGEST_CAPTION and (_CAPTION.search(text) or _CAPTIONED.search(text)):
        return Label.CAPTION, "图片说明 (caption)"
    if _is_short(unit):
        return Label.HEADLINE, "短行无句号 (short line)"
    return Label.PARAGRAPH, "正文 (running text)"


def _is_short(unit: Unit) -> bool:
    text = unit.text
    if width(text) > _SHORT or unit.indented or "。" in text:
        return False
    return not ends_sentence(text) or (text[-1] in "！？!?…”" and width(text) <= 24)


def _without_slogans(blocks: Sequence[Block], rules: LayoutRules) -> list[Block]:
    """Slogans become furniture, also those that are torn over two or three lines."""
    found = list(blocks)
    for start in range(len(blocks)):
        for stop in range(start + 1, min(start + 4, len(blocks) + 1)):
            run = blocks[start:stop]
            short = all(block.label is Label.HEADLINE for block in run)
            if short and rules.is_slogan("".join(block.text for block in run)) and _stands_alone(blocks, start, stop):
                found[start:stop] = [replace(block, label=Label.FURNITURE, why="标语 (slogan)") for block in run]
    return found


def _stands_alone(blocks: Sequence[Block], start: int, stop: int) -> bool:
    """A headline may begin with the words of a slogan: one line right above a byline or dateline is a headline."""
    after = blocks[stop].label if stop < len(blocks) else None
    return stop - start > 1 or after not in _STARTERS


def _split_bylines(blocks: Sequence[Block]) -> list[Block]:
    """本报记者 and the name on the next line are one byline; a bare name under a headline is one too.

    So is a further name between a byline that names somebody and the text.
    """
    joined: list[Block] = []
    for position, block in enumerate(blocks):
        above = joined[-1] if joined else None
        if block.label is Label.HEADLINE and above and is_name(block.text):
            in_text = any(below.label is Label.PARAGRAPH for below in blocks[position + 1 : position + 2])
            if above.label is Label.BYLINE and (in_text or not _names_someone(above.text)):
                joined[-1] = Block(above.first, block.last, f"{above.text} {block.text}", Label.BYLINE, "署名分成两行")
                continue
            if above.label is Label.HEADLINE:
                block = replace(block, label=Label.BYLINE, why="标题下的人名 (bare name)")
        joined.append(block)
    return joined


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
    """The office above a date line signs the notice with it."""
    found = list(blocks)
    for position, (block, below) in enumerate(pairwise(blocks)):
        if below.label is Label.SIGNATURE and block.label is Label.HEADLINE and _OFFICE_LINE.search(block.text):
            found[position] = replace(block, label=Label.SIGNATURE, why="日期上一行的落款 (above a date line)")
    return found


def _reads_as_caption(block: Block) -> bool:
    plain = block.label in (Label.PARAGRAPH, Label.HEADLINE)
    return plain and ends_sentence(block.text) and width(block.text) <= _LONGEST_CAPTION


def _decide(blocks: Sequence[Block]) -> list[Block]:
    """Tells headlines, subheads and cut lines apart by their neighbours."""
    decided = list(blocks)
    position = 0
    while position < len(decided):
        if decided[position].label is not Label.HEADLINE:
            position += 1
            continue
        stop = position
        while stop < len(decided) and decided[stop].label is Label.HEADLINE:
            stop += 1
        decided[position:stop] = _decide_run(decided, position, stop)
        position = stop
    return decided


def _decide_run(blocks: Sequence[Block], start: int, stop: int) -> Iterable[Block]:
    """The labels of consecutive short lines ``blocks[start:stop]``, told by what stands before and after them."""
    run = list(blocks[start:stop])
    above = (blocks[position] for position in range(start - 1, -1, -1))
    before = next((block for block in above if block.label not in (Label.CREDIT, Label.CAPTION)), None)
    after = blocks[stop].label if stop < len(blocks) else None
    below = (blocks[position].label for position in range(stop, len(blocks)))
    follows = next((label for label in below if label is not Label.FURNITURE), None)
    cut = 0
    while cut < len(run) and _reads_cut(run, cut) and _may_be_text(before, run, cut, after):
        run[cut] = replace(run[cut], label=Label.PARAGRAPH, why="断开的半句 (cut sentence)")
        cut += 1
    heads = run[cut:]
    if not heads:
        return run
    if len(heads) > _VERSE_LINES and after not in (Label.LEAD, Label.BYLINE):
        verse = (
            replace(line, label=Label.ITEM, why="连续多行短句，是诗行或列表 (verse or list)") for line in heads[1:]
        )
        return [*run[:cut], replace(heads[0], why="诗或列表的标题 (above verse or list)"), *verse]
    label, why = _head_label(heads, before, after)
    if label is Label.SUBHEAD and follows not in _BODY:
        label, why = Label.FURNITURE, "其后无正文的孤行 (no text follows)"
    return run[:cut] + [replace(head, label=label, why=why) for head in heads]


def _reads_cut(run: Sequence[Block], position: int) -> bool:
    """Whether the line looks like half a sentence; a line with a dash below it is a title above its subtitle."""
    below = run[position + 1].text if position + 1 < len(run) else ""
    return looks_cut(run[position].text) and not starts_with_dash(below)


def _may_be_text(before: Block | None, run: Sequence[Block], cut: int, after: Label | None) -> bool:
    """A cut sentence stands in running text; right above a dateline or picture a headline is expected instead."""
    in_text = before is not None and before.label in (Label.PARAGRAPH, Label.LEAD, Label.SUBHEAD, Label.BYLINE)
    expected = cut == len(run) - 1 and after in (Label.LEAD, Label.CAPTION, Label.CREDIT)
    return in_text and (not expected or is_broken(run[cut].text))


def _head_label(heads: Sequence[Block], before: Block | None, after: Label | None) -> tuple[Label, str]:
    in_text = before is not None and before.label in (Label.PARAGRAPH, Label.LEAD)
    if after is None and len(heads) == 1 and in_text:
        return Label.FURNITURE, "页末孤行，其后无正文 (nothing follows)"
    if after in _STARTERS:
        return Label.HEADLINE, "其下是署名、电头或图片说明 (above a byline, dateline or caption)"
    if len(heads) > 1:
        return Label.HEADLINE, "连续短行 (several short lines)"
    if not in_text or before is None:
        return Label.HEADLINE, "其上无正文 (no text above)"
    return _single_head_label(heads[0], before)


def _single_head_label(head: Block, before: Block) -> tuple[Label, str]:
    if _ANNOUNCES.search(head.text):
        return Label.HEADLINE, "公告类标题 (names a notice)"
    if tail_byline(before.text):
        return Label.HEADLINE, "上一篇已在文末署名 (the story above is signed)"
    if ends_sentence(before.text):
        return Label.SUBHEAD, "正文中的单独短行 (single short line in running text)"
    return Label.HEADLINE, "打断了句子的短行，疑为标题的另一半 (interrupts a sentence)"
