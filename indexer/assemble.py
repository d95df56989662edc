"""Stories -> drafts: paragraphs put together over their cuts, the parts of the head named, what is missing noted."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.draft import Draft
from indexer.headline import names_writer, read_head
from indexer.junction import continues, opening
from indexer.page import Block, Label, Page
from indexer.prose import ends_sentence, first_sentence, fits, join, width
from indexer.story import PROSE, Story
from indexer.witness import Extraction, runs_on

_SLOGAN_SENTENCE = 24.0
_NO_JOIN = -3.0
"""Below these log odds a text does not go on with the sentence above it: something is missing between."""
_HEADLESS = -2.0


def assemble(page: Page, stories: Sequence[Story], blocks: Sequence[Block]) -> list[Draft]:
    """The drafts of a page's stories; ``blocks`` are all blocks of the page, for the line numbers."""
    return [_draft(page, story, spans) for story, spans in zip(stories, _spans(stories, blocks), strict=True)]


def _draft(page: Page, story: Story, spans: Sequence[tuple[int, int]]) -> Draft:
    head = read_head([block.text for block in story.heads])
    paragraphs, whole = _paragraphs(story, page.others)
    return Draft(
        page=page,
        spans=tuple(spans),
        title=head.title,
        kicker=head.kicker,
        subtitle=head.subtitle,
        section=story.section,
        bylines=(*story.bylines.values(), *_signers(story)),
        paragraphs=tuple(paragraphs),
        subheads=tuple(piece.text for piece in story.pieces if piece.label is Label.SUBHEAD),
        captions=tuple(block.text for block in story.captions),
        credits=tuple(block.text for block in story.credits),
        complete=whole and story.tail is None and not _begins_cut(story),
        blocks=tuple(story.blocks),
    )


def _signers(story: Story) -> list[str]:
    """The lines under a letter that name its writer."""
    return [piece.text for piece in story.pieces if piece.label is Label.SIGNATURE and names_writer(piece.text)]


def _begins_cut(story: Story) -> bool:
    """Whether nothing stands where the text should begin: no head and no names, or no names and half a sentence."""
    first = next(iter(story.pieces), None)
    if first is None or first.label is not Label.PARAGRAPH or story.bylines or story.captions or story.credits:
        return False
    return not story.heads or opening(first.text) < _HEADLESS


def _paragraphs(story: Story, others: Sequence[Extraction]) -> tuple[list[str], bool]:
    """The body's paragraphs with cut ones joined, and whether nothing was found to be missing between them."""
    parts: list[list[str]] = []
    whole, slogans = True, False
    previous: Block | None = None
    for piece in story.pieces:
        unfinished = previous is not None and previous.label in PROSE and not ends_sentence(previous.text)
        if unfinished and previous and piece.label in PROSE and _goes_on(previous.text, piece.text, slogans, others):
            parts[-1].append(piece.text)
        else:
            whole &= not unfinished
            parts.append([piece.text])
        if len(parts[-1]) <= 2:  # A first sentence goes on in the second piece, hardly ever in a third.
            slogans |= _has_slogan_sentence(join(*parts[-1]))
        previous = piece
    return [join(*part) for part in parts], whole


def _goes_on(left: str, right: str, slogans: bool, others: Sequence[Extraction]) -> bool:
    told = runs_on(others, left, right)
    if told is not None:
        return told
    return not (slogans and _has_slogan_sentence(right)) and continues(left, right) > _NO_JOIN


def _has_slogan_sentence(text: str) -> bool:
    """Whether the text has a slogan for its first sentence; below others that have one it continues no sentence."""
    opening_sentence = first_sentence(text).rstrip("。")
    if not fits(opening_sentence, _SLOGAN_SENTENCE) or opening_sentence == text:
        return False
    halves = opening_sentence.replace(",", "，").split("，")
    if len(halves) != 2:
        return False
    left, right = sorted(map(width, halves))
    return left >= 4 and right <= left * 1.8


def _spans(stories: Sequence[Story], blocks: Sequence[Block]) -> list[list[tuple[int, int]]]:
    """The line ranges of each story: neighbours are one range unless a block of another story stands between."""
    owners = {block.first: number for number, story in enumerate(stories) for block in story.blocks}
    spans: list[list[tuple[int, int]]] = [[] for _ in stories]
    current: int | None = None
    for block in blocks:
        owner = owners.get(block.first)
        if owner is None:
            current = current if block.label is Label.FURNITURE else None
        elif owner == current:
            spans[owner][-1] = (spans[owner][-1][0], block.last)
        else:
            spans[owner].append((block.first, block.last))
            current = owner
    return spans
