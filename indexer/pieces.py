"""Paragraphs of narrow columns taken apart at their lines, and put together again.

Where a column of print ends in the middle of a sentence and the next begins without a mark, the extraction joins
what does not belong together: nothing but the words on both sides of the line's end can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.junction import crosses
from indexer.page import Block, Label
from indexer.prose import ends_sentence, join
from indexer.witness import Extraction, runs_on

_LEAST = 3
"""Lines of a piece: fewer say too little."""


def taken_apart(block: Block, others: Sequence[Extraction] = ()) -> list[Block]:
    """The block cut at the ends of lines at which neither a word nor a sentence is going on.

    Where another extraction has what stands before and behind the end of a line, it decides.
    """
    if block.label not in (Label.LEAD, Label.PARAGRAPH) or len(block.breaks) < (1 if others else 2 * _LEAST - 1):
        return [block]
    skipped = block.last - block.first - len(block.breaks)
    starts = [0, *(place for place in _gaps(block, others) if place), len(block.text)]
    lines = [0, *(block.breaks.index(place) + 1 + skipped for place in starts[1:-1]), block.last - block.first + 1]
    return [
        replace(
            block,
            first=block.first + lines[i],
            last=block.first + lines[i + 1] - 1,
            text=block.text[start:stop].strip(),
            label=block.label if i == 0 else Label.PARAGRAPH,
            breaks=tuple(place - start for place in block.breaks if start < place < stop),
        )
        for i, (start, stop) in enumerate(pairwise(starts))
    ]


def _gaps(block: Block, others: Sequence[Extraction]) -> Iterator[int]:
    """The line ends at which the text may be that of another column, at least ``_LEAST`` lines apart."""
    last = 0
    for number, place in enumerate(block.breaks, 1):
        left, right = block.text[:place][-40:], block.text[place:][:40]
        told = runs_on(others, left, right)
        if told is False:
            last = number
            yield place
        elif told or number - last < _LEAST or len(block.breaks) + 1 - number < _LEAST:
            continue
        elif not ends_sentence(left) and not crosses(left, right):
            last = number
            yield place


def put_together(pieces: Sequence[tuple[int, Block]]) -> list[Block]:
    """The blocks of a story, neighbouring pieces of one paragraph in one again; each with its paragraph's number."""
    whole: list[Block] = []
    last = -1
    for paragraph, block in pieces:
        above = whole[-1] if whole else None
        if above is not None and paragraph == last and above.last + 1 == block.first:
            text = join(above.text, block.text)
            start = len(text) - len(block.text)
            breaks = (*above.breaks, start, *(start + place for place in block.breaks))
            whole[-1] = replace(above, last=block.last, text=text, breaks=breaks)
        else:
            whole.append(block)
        last = paragraph
    return whole
