"""Short lines told apart by what stands around them: headline, subhead, half a sentence, verse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.describe.bylines import tail_byline
from indexer.headline import is_broken, looks_cut, starts_with_dash
from indexer.junction import continues, crosses
from indexer.page import Block, Label
from indexer.prose import ANNOUNCES, SALUTATION, ends_sentence

_VERSE_LINES = 4
_RUNS_ON = 3.0
_ASIDE = (Label.CREDIT, Label.CAPTION, Label.FURNITURE)
_BODY = (Label.PARAGRAPH, Label.ITEM, Label.SIGNATURE)
STARTERS = (Label.BYLINE, Label.LEAD, Label.CAPTION, Label.CREDIT)
"""What stands below a headline."""


def decide(blocks: Sequence[Block]) -> list[Block]:
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
    before = next((block for block in above if block.label not in _ASIDE), None)
    after = blocks[stop].label if stop < len(blocks) else None
    below = (blocks[position].label for position in range(stop, len(blocks)))
    follows = next((label for label in below if label is not Label.FURNITURE), None)
    cut = 0
    opener = Label.LEAD if _opens_below(blocks, stop) else after
    while (
        cut < len(run)
        and not _stands_between(before, run, blocks[stop : stop + 1])
        and _is_text(before, run, cut, opener)
    ):
        run[cut] = replace(run[cut], label=Label.PARAGRAPH, why="断开的半句 (cut sentence)")
        cut += 1
    heads = run[cut:]
    if not heads:
        return run
    if len(heads) > _VERSE_LINES and after not in (Label.LEAD, Label.BYLINE):
        return [*run[:cut], *_verse(heads, headed=before is not None and before.label is Label.BYLINE)]
    label, why = _head_label(heads, before, after)
    if label is Label.SUBHEAD:
        label, why = _no_subhead(blocks, start, stop) or (label, why)
    if label is Label.SUBHEAD and follows not in _BODY:
        label, why = Label.FURNITURE, "其后无正文的孤行 (no text follows)"
    return run[:cut] + [replace(head, label=label, why=why) for head in heads]


def _verse(heads: Sequence[Block], headed: bool) -> Iterator[Block]:
    """Many short lines: a title unless it stands above already, verse or rows, the title of a notice below them."""
    for place, line in enumerate(heads):
        if place == 0 and not headed:
            yield replace(line, why="诗或列表的标题 (above verse or list)")
        elif place == len(heads) - 1 and ANNOUNCES.search(line.text):
            yield replace(line, why="公告类标题 (names a notice)")
        else:
            yield replace(line, label=Label.ITEM, why="连续多行短句，是诗行或列表 (verse or list)")


def _opens_below(blocks: Sequence[Block], stop: int) -> bool:
    """Whether a byline and text below it stand where a story opens; a byline that ends one has no text below it."""
    labels = [block.label for block in blocks[stop : stop + 2]]
    return len(labels) > 1 and labels[0] is Label.BYLINE and labels[1] in (Label.PARAGRAPH, Label.CAPTION, Label.CREDIT)


def _no_subhead(blocks: Sequence[Block], start: int, stop: int) -> tuple[Label, str] | None:
    """Why a single short line between finished text and more text is a headline all the same."""
    below = blocks[stop : stop + 2]
    if [block.label for block in below] == [Label.ITEM] * 2 and blocks[start - 1].text[-1] in "。！!”":
        return Label.HEADLINE, "其下是列表 (above a list)"
    if [block.label for block in below] == [Label.PARAGRAPH, Label.CREDIT]:
        return Label.HEADLINE, "其下是图片新闻 (above the text of a picture)"
    if below and SALUTATION.match(below[0].text):
        return Label.HEADLINE, "其下是书信 (above a letter)"
    return None


def _stands_between(before: Block | None, run: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether a single line stands between two texts through which a word runs: half of a torn title."""
    torn = len(run) == 1 and before is not None and bool(below) and below[0].label is Label.PARAGRAPH
    return torn and before is not None and crosses(before.text, below[0].text)


def _is_text(before: Block | None, run: Sequence[Block], cut: int, after: Label | None) -> bool:
    """Whether a short line is running text: it looks like half a sentence, or goes on with the one above it."""
    return (_reads_cut(run, cut) and _may_be_text(before, run, cut, after)) or (
        cut == 0 and before is not None and _goes_on(before, run[0], after if len(run) == 1 else Label.HEADLINE)
    )


def _goes_on(before: Block, line: Block, after: Label | None) -> bool:
    """Whether the line goes on with the unfinished sentence right above it: a word stands across the two."""
    unfinished = before.label in (Label.PARAGRAPH, Label.LEAD) and not ends_sentence(before.text)
    in_halves = re.search(r"\S\s+\S", line.text)
    return (
        unfinished
        and not in_halves
        and after not in (*STARTERS, Label.HEADLINE)
        and continues(before.text, line.text) >= _RUNS_ON
    )


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
    if after in STARTERS:
        return Label.HEADLINE, "其下是署名、电头或图片说明 (above a byline, dateline or caption)"
    if len(heads) > 1:
        return Label.HEADLINE, "连续短行 (several short lines)"
    if not in_text or before is None:
        return Label.HEADLINE, "其上无正文 (no text above)"
    return _single_head_label(heads[0], before)


def _single_head_label(head: Block, before: Block) -> tuple[Label, str]:
    if ANNOUNCES.search(head.text):
        return Label.HEADLINE, "公告类标题 (names a notice)"
    if tail_byline(before.text):
        return Label.HEADLINE, "上一篇已在文末署名 (the story above is signed)"
    if ends_sentence(before.text):
        return Label.SUBHEAD, "正文中的单独短行 (single short line in running text)"
    return Label.HEADLINE, "打断了句子的短行，疑为标题的另一半 (interrupts a sentence)"
