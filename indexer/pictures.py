"""Pictures between two stories: a caption at the end of one may show the matter of the next, or stand for itself."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.page import Block, Label
from indexer.prose import ends_sentence
from indexer.strands import TELLING, Weights

Strand = tuple[int, ...]
_PICTURE = frozenset({Label.CAPTION, Label.CREDIT})
_CLEARLY = 2.0
_FOREIGN = -2.0
_WHOLE = 22
"""Characters of a caption that tells enough to stand for itself."""


def settle_pictures(strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights) -> list[Strand]:
    """The strands, each caption at the end of one given to the story whose matter it shows."""
    found = sorted(strands)
    for place in range(len(found)):
        strand = found[place]
        picture = _at_the_end(strand, blocks)
        rest = strand[: len(strand) - len(picture)]
        if not picture or not rest:
            continue
        own = _about(picture, rest, blocks, weights)
        below = next((other for other in found if other[0] == picture[-1] + 1), None)
        if below is not None and _about(picture, below, blocks, weights) > max(0.0, own + _CLEARLY):
            found[found.index(below)] = picture + below
            found[place] = rest
        elif own < _FOREIGN and _stands_alone(picture, blocks):
            found[place] = rest
            found.append(picture)
    return sorted(found)


def _at_the_end(strand: Strand, blocks: Sequence[Block]) -> Strand:
    """The caption and credit that end a strand below finished text."""
    start = len(strand)
    while start and blocks[strand[start - 1]].label in _PICTURE:
        start -= 1
    above = blocks[strand[start - 1]] if start else None
    finished = above is not None and (above.label is not Label.PARAGRAPH or ends_sentence(above.text))
    headed = above is not None and above.label in (Label.HEADLINE, Label.BYLINE)
    return strand[start:] if finished and not headed else ()


def _stands_alone(picture: Strand, blocks: Sequence[Block]) -> bool:
    return any(blocks[i].label is Label.CAPTION and len(blocks[i].text) >= _WHOLE for i in picture)


def _about(picture: Strand, strand: Strand, blocks: Sequence[Block], weights: Weights) -> float:
    """How likely the first caption shows the matter of a strand."""
    texts = [number for number in strand if blocks[number].label in TELLING]
    captions = [number for number in picture if blocks[number].label is Label.CAPTION]
    return weights.about(captions[0], texts) if captions else 0.0
