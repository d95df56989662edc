"""A page as the indexer read it: every line with its label, its story and the reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from indexer.draft import Draft
from indexer.page import Block, Label, Page

LABELS = {
    Label.HEADLINE: "标题",
    Label.DATELINE: "电头",
    Label.BYLINE: "署名",
    Label.SIGNOFF: "文末署名",
    Label.LEAD: "导语",
    Label.PARAGRAPH: "正文",
    Label.SUBHEAD: "小标题",
    Label.ITEM: "列表",
    Label.SIGNATURE: "落款",
    Label.CAPTION: "图说",
    Label.CREDIT: "图片署名",
    Label.COLUMN: "栏目",
    Label.FURNITURE: "版面设施",
}
_TEXT_WIDTH, _LABEL_WIDTH, _LINES_WIDTH = 40, 8, 9


def explain(page: Page, blocks: Sequence[Block], drafts: Sequence[Draft]) -> Iterator[str]:
    """The lines of the explanation: the stories found, then the page from top to bottom.

    ``blocks`` are those of the layout stage; where a story has a block under another label, the later one is shown.
    """
    others = f"，另有 {len(page.others)} 份提取对照" if page.others else ""
    yield f"{page.file}：{len(page.lines)} 行，{len(drafts)} 篇{others}"
    for number, draft in enumerate(drafts, 1):
        lacks = "" if draft.complete else "  [残缺]"
        yield f"  第 {number} 篇  {_spans(draft)}  {_visible(draft.headline) or '（标题缺失）'}{lacks}"
    owners = {(b.first, b.last, b.text): (number, b) for number, draft in enumerate(drafts, 1) for b in draft.blocks}
    yield from (_line(block, owners) for block in blocks)


def _line(block: Block, owners: Mapping[tuple[int, int, str], tuple[int, Block]]) -> str:
    number, final = owners.get((block.first, block.last, block.text), (0, block))
    lines = f"{block.first}" if block.first == block.last else f"{block.first}–{block.last}"
    story = f"[{number}]" if number else "[ ]"
    label = _padded(LABELS[final.label], _LABEL_WIDTH)
    return f"{lines:>{_LINES_WIDTH}} {story:>4} {label} {_padded(_shortened(block.text), _TEXT_WIDTH)} {final.why}"


def _spans(draft: Draft) -> str:
    return "、".join(f"{first}–{last}" if last > first else f"{first}" for first, last in draft.spans) + " 行"


def _shortened(text: str) -> str:
    """The text on one line: its beginning and, where it does not fit, its end."""
    line = _visible(text)
    return line if _columns(line) <= _TEXT_WIDTH else f"{_cut(line, 24)}……{_cut(line[::-1], 10)[::-1]}"


def _visible(text: str) -> str:
    """The text on one line, with a dot for every character that would steer the terminal."""
    return "".join(char if char.isprintable() else "·" for char in " ".join(text.split()))


def _cut(text: str, columns: int) -> str:
    end = used = 0
    for char in text:
        used += _columns(char)
        if used > columns:
            break
        end += 1
    return text[:end]


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - _columns(text))


def _columns(text: str) -> int:
    """The width in a terminal: Chinese characters and full-width forms take two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
