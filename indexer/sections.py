"""Sections of features that were taken for stories: text under a subhead, separated from its story by others.

Such a section has a short head and nothing that opens or signs a story. It goes back to the feature above it when its
head is like the feature's subheads in form, or when its matter is plainly the feature's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from indexer.page import Block, Label
from indexer.prose import ANNOUNCES, SALUTATION, width
from indexer.strands import TELLING, Weights

Strand = tuple[int, ...]
_OPENS_OR_SIGNS = frozenset({Label.DATELINE, Label.LEAD, Label.BYLINE, Label.SIGNOFF, Label.SIGNATURE, Label.ITEM})
_PICTURE = frozenset({Label.CAPTION, Label.CREDIT})
_PICTURE_STORY = [Label.HEADLINE, Label.PARAGRAPH, Label.CREDIT]
_LIKE = 3.0
"""How far the widths of two subheads of one feature are apart."""
_LEAST_MATTER, _HALVES_MATTER, _PLAIN_MATTER = -1.3, 0.3, 0.9
"""What the matter must weigh under a head like the subheads, a like head of two phrases, and any head."""


def rejoin_sections(
    strands: Sequence[Strand], blocks: Sequence[Block], weights: Weights, in_columns: Collection[int]
) -> list[Strand]:
    """The strands, sections joined to their features; ``in_columns`` are the first blocks below a column's head."""
    found = sorted(strands)
    for section in [strand for strand in found if strand[0] not in in_columns and _may_be_section(strand, blocks)]:
        above = [strand for strand in found if strand[0] < section[0] and _is_feature(strand, blocks)]
        owner = next((strand for strand in reversed(above) if _is_of(section, strand, blocks, weights)), None)
        if owner is not None:
            found[found.index(owner)] = tuple(sorted(owner + section))
            found.remove(section)
    return found


def _labels(strand: Strand, blocks: Sequence[Block]) -> set[Label]:
    return {blocks[number].label for number in strand}


def _is_feature(strand: Strand, blocks: Sequence[Block]) -> bool:
    labels = _labels(strand, blocks)
    return Label.BYLINE in labels and Label.DATELINE not in labels


def _may_be_section(strand: Strand, blocks: Sequence[Block]) -> bool:
    head = blocks[strand[0]]
    heads = [number for number in strand if blocks[number].label is Label.HEADLINE]
    body = [blocks[number] for number in strand if blocks[number].label is Label.PARAGRAPH]
    if head.label not in (Label.HEADLINE, Label.SUBHEAD) or len(heads) > 1 or _labels(strand, blocks) & _OPENS_OR_SIGNS:
        return False
    labels = [blocks[number].label for number in strand]
    if labels == _PICTURE_STORY or set(labels) & _PICTURE == {Label.CREDIT}:  # The text is that of a picture.
        return False
    return bool(body) and not ANNOUNCES.search(head.text) and not SALUTATION.match(body[0].text)


def _is_of(section: Strand, feature: Strand, blocks: Sequence[Block], weights: Weights) -> bool:
    texts = [number for number in feature if blocks[number].label in TELLING]
    body = [number for number in section if blocks[number].label is Label.PARAGRAPH]
    matter = sum(weights.about(number, texts) for number in body) / len(body)
    head = blocks[section[0]].text
    subheads = [blocks[number].text for number in feature if blocks[number].label is Label.SUBHEAD]
    pictured = bool(_labels(section, blocks) & _PICTURE)
    if pictured and " " in head:
        return False
    if any(abs(width(head) - width(other)) <= _LIKE and (" " in head) == (" " in other) for other in subheads):
        return matter > (_HALVES_MATTER if " " in head else _LEAST_MATTER)
    return matter >= _PLAIN_MATTER and " " not in head and not pictured
