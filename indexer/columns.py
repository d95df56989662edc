"""Columns that interleave: text printed below other stories goes back to the story that it belongs to.

Position alone proves nothing. indexer/reading.py reads the page in order and gives every paragraph to the likeliest
story, indexer/exchange.py then mends that reading, looking both ways; indexer/strands.py holds the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from indexer.exchange import exchange
from indexer.headline import are_halves
from indexer.page import Block, Label
from indexer.pictures import settle_pictures
from indexer.pieces import put_together, taken_apart
from indexer.reading import Reader
from indexer.sections import rejoin_sections
from indexer.story import PROSE, Story
from indexer.strands import Weights
from indexer.witness import Extraction

_PRINTED = 500
"""Blocks of a file that is longer than any page of print: it shows no columns side by side."""
_PRINTED_LINES = 1500
"""Lines of more narrow columns than a page holds: they are not taken apart."""


def reunite(stories: Sequence[Story], others: Sequence[Extraction] = ()) -> list[Story]:
    """The stories with separated text put back where the evidence says so; ``others`` are other extractions."""
    if sum(len(story.blocks) for story in stories) > _PRINTED:
        return list(stories)
    paragraphs = [block for story in stories for block in story.blocks]
    lines = sum(len(block.breaks) for block in paragraphs)
    apart = lines <= _PRINTED_LINES and (bool(others) or _is_cut_short(stories))
    parts = [taken_apart(block, others) if apart else [block] for block in paragraphs]
    origins = [number for number, pieces in enumerate(parts) for _ in pieces]
    blocks = [piece for pieces in parts for piece in pieces]
    weights = Weights(blocks, origins, others)
    starts = _starts(stories, parts)
    sections = {start: story.section for start, story in zip(starts, stories, strict=True) if story.section}
    strands = exchange(Reader(starts, sections, blocks, weights).best(), blocks, weights)
    strands = settle_pictures(rejoin_sections(strands, blocks, weights, sections), blocks, weights)
    return [_told(own, blocks, origins, weights, sections.get(own[0])) for own in strands]


def _is_cut_short(stories: Sequence[Story]) -> bool:
    """Whether another story interrupts one in mid-sentence."""
    return any(story.tail is not None for story in stories[:-1])


def _starts(stories: Sequence[Story], parts: Sequence[Sequence[Block]]) -> list[int]:
    """The number of the first block of each story."""
    counts = iter([len(pieces) for pieces in parts])
    sizes = [sum(next(counts) for _ in story.blocks) for story in stories]
    return list(accumulate(sizes, initial=0))[:-1]


def _told(
    own: Sequence[int], blocks: Sequence[Block], origins: Sequence[int], weights: Weights, section: str | None
) -> Story:
    """The story of a strand, with the reason at every place where it goes on below other stories."""
    told = [(origins[own[0]], blocks[own[0]])]
    for above, number in pairwise(own):
        block = blocks[number]
        if number > above + 1 and block.label is Label.PARAGRAPH:
            block = replace(block, why=f"{block.why}；{_reason(above, number, own, weights, blocks)}")
        told.append((origins[number], block))
    return Story(_with_one_head(put_together(told), weights.others), section)


def _reason(above: int, number: int, own: Sequence[int], weights: Weights, blocks: Sequence[Block]) -> str:
    """Why a paragraph goes on with text that stands above other stories."""
    about = weights.about(number, [other for other in own if other != number])
    told = weights.witnessed(above, above, number)
    witness = f"，另一份{'也连着' if told > 0 else '不连着'} {told:+.1f}" if told else ""
    if weights.open_end(above):
        joint = weights.joint(above, number)
        return f"接第 {blocks[above].last} 行未完的句子（接续 {joint:+.1f}，内容 {about:+.1f}{witness}）"
    return f"接第 {blocks[above].last} 行，内容相同（{about:+.1f}{witness}）"


def _with_one_head(blocks: Sequence[Block], others: Sequence[Extraction]) -> list[Block]:
    """The blocks, of the short lines below the text those headlines that are the other half of the title.

    A subhead may be that half as well, but only in a short news item, which hardly ever has subheads. Another
    extraction may have the title whole.
    """
    if blocks[0].label is Label.SUBHEAD:
        blocks = [replace(blocks[0], label=Label.HEADLINE, why="其下另是一篇 (heads a story of its own)"), *blocks[1:]]
    start = next((place for place, block in enumerate(blocks) if block.label in PROSE), len(blocks))
    above = [block.text for block in blocks[:start] if block.label is Label.HEADLINE]
    news = any(block.label is Label.DATELINE for block in blocks)
    return [*blocks[:start], *(_below_text(block, above, news, others) for block in blocks[start:])]


def _below_text(block: Block, above: Sequence[str], news: bool, others: Sequence[Extraction]) -> Block:
    """A short line below text, told by the headlines above the text whether it is half of the title or a subhead."""
    title = above[-1] if above else ""
    if block.label is Label.HEADLINE and not are_halves(title, block.text, apart=2 if news else 1):
        if any(other.touch(upper, block.text) for other in others for upper in above):
            return block
        why = "正文从别处接到它下面，是小标题 (subhead of a story cut above)"
        return replace(block, label=Label.SUBHEAD, why=why)
    if block.label is Label.SUBHEAD and news and are_halves(title, block.text, apart=1):
        return replace(block, label=Label.HEADLINE, why="与题长短相同，是题的另一半 (other half of a torn title)")
    return block
