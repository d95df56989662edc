"""Blocks -> drafts: where one story ends and the next begins, torn headlines, columns cut in mid-sentence."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.columns import reunite
from indexer.describe.bylines import lead_byline, tail_byline, tail_credit
from indexer.draft import Draft
from indexer.headings import split_at_headlines
from indexer.headline import are_halves, names_writer, read_head
from indexer.page import Block, Label, Page
from indexer.prose import ends_sentence, first_sentence, join, width
from indexer.story import Story
from search.text import fold

_PROSE = (Label.PARAGRAPH, Label.LEAD)
_SLOGAN_SENTENCE = 24.0
_REACH = 40
"""How many stories back the first half of a torn title is looked for: more than stand on a page of print."""


def segment(page: Page, blocks: Sequence[Block]) -> list[Draft]:
    """The stories of a page in order of their first line."""
    stories = _Cutter(blocks).stories()
    stories = sorted(reunite(split_at_headlines(stories)), key=lambda story: min(block.first for block in story.blocks))
    return [_draft(page, story, spans) for story, spans in zip(stories, _spans(stories, blocks), strict=True)]


class _Cutter:
    """Walks the blocks once and opens a new story where the evidence says so."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._done: list[Story] = []
        self._now = Story()
        self._section: str | None = None

    def stories(self) -> list[Story]:
        for position, block in enumerate(self._blocks):
            self._take(position, block)
        self._close()
        return self._done

    def _take(self, position: int, block: Block) -> None:
        match block.label:
            case Label.COLUMN:
                self._close()
                self._section = fold(block.text).strip("。.【】[] ")
            case Label.FURNITURE:
                pass
            case Label.HEADLINE:
                self._headline(position, block)
            case Label.BYLINE:
                self._byline(position, block)
            case Label.LEAD:
                self._lead(block)
            case Label.CAPTION | Label.CREDIT:
                self._picture(block)
            case _:
                self._text(block)

    def _headline(self, position: int, block: Block) -> None:
        torn = self._torn(position, block)
        if torn is not None:
            self._resume(torn)
            self._add(block)
            torn.heads.append(block.text)
            return
        previous = self._blocks[position - 1].label if position else None
        if previous is not Label.HEADLINE or self._now.pieces:
            self._close()
        self._add(block)
        self._now.heads.append(block.text)

    def _torn(self, position: int, block: Block) -> Story | None:
        """The unfinished story of whose torn title this line is the other half: like in length, and the text goes on.

        The story above may go on below the line; one further up only when its byline is printed again.
        """
        below = self._blocks[position + 1] if position + 1 < len(self._blocks) else None
        if below is None or below.label not in (Label.PARAGRAPH, Label.BYLINE):
            return None
        signed = below.label is Label.BYLINE
        for story in (self._now, *self._done[: -_REACH - 1 : -1]) if signed else (self._now,):
            if not story.heads or not are_halves(story.heads[-1], block.text):
                continue
            if (not signed or story.is_signed(below.text)) and story.cut:
                return story
        return None

    def _resume(self, story: Story) -> None:
        if story is not self._now:
            self._close()
            self._done.remove(story)
            self._now = story

    def _byline(self, position: int, block: Block) -> None:
        story = self._now
        repeated = story.is_signed(block.text)
        if not story.pieces or repeated:
            self._add(block)
        elif not self._closes_story(position):
            self._close()
            self._add(block)
        else:
            if story.bylines:
                self._split_above()
            self._add(block)
        if not repeated:
            self._now.sign(block.text)

    def _closes_story(self, position: int) -> bool:
        """A byline below the text belongs to it when no running text follows."""
        below = (self._blocks[place].label for place in range(position + 1, len(self._blocks)))
        after = next((label for label in below if label is not Label.FURNITURE), None)
        return after is None or after in (Label.HEADLINE, Label.COLUMN, Label.LEAD, Label.CAPTION)

    def _split_above(self) -> None:
        """A second byline means a second story: it begins at the last picture or short line above."""
        story = self._now
        marks = (*story.captions, *story.credits, *(b for b in story.pieces if b.label is Label.SUBHEAD))
        starts = [b.first for b in marks if b.first > story.pieces[0].first]
        if not starts:
            return
        last = max(starts)
        self._done.append(story)
        self._now = story.split(min(start for start in starts if start >= last - 4))
        self._now.raise_head()

    def _text(self, block: Block) -> None:
        """Running text behind the signature of a notice or letter belongs to a story that lost its headline."""
        pieces = self._now.pieces
        if block.label is Label.PARAGRAPH and pieces and pieces[-1].label is Label.SIGNATURE:
            self._close()
        self._add(block, self._now.pieces)

    def _lead(self, block: Block) -> None:
        if self._now.pieces:
            self._close()
        found = lead_byline(block.text)
        byline, text = found if found else ("", block.text)
        if byline:
            self._now.sign(byline)
        self._add(block)
        self._now.pieces.append(Block(block.first, block.last, text, block.label, block.why))

    def _picture(self, block: Block) -> None:
        self._add(block, self._now.captions if block.label is Label.CAPTION else self._now.credits)

    def _add(self, block: Block, part: list[Block] | None = None) -> None:
        if not self._now.blocks:
            self._now.section, self._section = self._section, None
        self._now.blocks.append(block)
        if part is not None:
            part.append(block)

    def _close(self) -> None:
        if self._now.blocks:
            self._done.append(self._now)
        self._now = Story()


def _draft(page: Page, story: Story, spans: Sequence[tuple[int, int]]) -> Draft:
    head = read_head(story.heads)
    paragraphs, whole = _paragraphs(story)
    paragraphs, bylines = _without_bylines(paragraphs)
    captions = [tail_credit(block.text) or (block.text, "") for block in story.captions]
    credits = [block.text for block in story.credits] + [credit for _, credit in captions if credit]
    if paragraphs and (signed := tail_credit(paragraphs[-1])):
        paragraphs[-1], credit = signed
        credits.append(credit)
    return Draft(
        page=page,
        spans=tuple(spans),
        title=head.title,
        kicker=head.kicker,
        subtitle=head.subtitle,
        section=story.section,
        bylines=(*story.bylines.values(), *bylines, *_signers(story)),
        paragraphs=tuple(filter(None, paragraphs)),
        subheads=tuple(piece.text for piece in story.pieces if piece.label is Label.SUBHEAD),
        captions=tuple(text for text, _ in captions),
        credits=tuple(credits),
        complete=whole and not story.cut,
        blocks=tuple(story.blocks),
    )


def _signers(story: Story) -> list[str]:
    """The lines under a letter that name its writer."""
    return [piece.text for piece in story.pieces if piece.label is Label.SIGNATURE and names_writer(piece.text)]


def _without_bylines(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs without the signatures at their ends, and the signatures."""
    texts: list[str] = []
    bylines: list[str] = []
    for paragraph in paragraphs:
        text, byline = tail_byline(paragraph) or (paragraph, "")
        texts.append(text)
        bylines += [byline] if byline else []
    return texts, bylines


def _paragraphs(story: Story) -> tuple[list[str], bool]:
    """The body's paragraphs with cut ones joined, and whether nothing was found to be missing between them."""
    parts: list[list[str]] = []
    whole, slogans = True, False
    previous: Block | None = None
    for piece in story.pieces:
        unfinished = previous is not None and previous.label in _PROSE and not ends_sentence(previous.text)
        if unfinished and piece.label in _PROSE and not (slogans and _has_slogan_sentence(piece.text)):
            parts[-1].append(piece.text)
        else:
            whole &= not unfinished
            parts.append([piece.text])
        if len(parts[-1]) <= 2:  # A first sentence goes on in the second piece, hardly ever in a third.
            slogans |= _has_slogan_sentence(join(*parts[-1]))
        previous = piece
    return [join(*part) for part in parts], whole


def _has_slogan_sentence(text: str) -> bool:
    """Whether the text has a slogan for its first sentence; below others that have one it continues no sentence."""
    opening = first_sentence(text).rstrip("。")
    halves = opening.replace(",", "，").split("，")
    if width(opening) > _SLOGAN_SENTENCE or len(halves) != 2 or opening == text:
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
