"""Columns that interleave: text printed below other stories goes back to the story that it belongs to.

Position alone proves nothing. The page is read in order, and at every paragraph all stories that may own it are
weighed: the one that it stands in, those that were left in an unfinished sentence, those whose matter it shares.
Several readings of the page are kept side by side (a beam search), because what a paragraph is becomes plain only
further down; indexer/exchange.py then mends the best of them, looking both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from indexer.exchange import exchange
from indexer.headline import are_halves
from indexer.page import Block, Label
from indexer.story import Story
from indexer.strands import (
    BELOW_HEAD,
    BEST_JOINT,
    GOES_ON,
    HEAD_ALONE,
    JUMPS,
    LEFT_OPEN,
    NEW_HEAD,
    ORPHAN,
    RETURNS,
    STAYS,
    SUBHEAD_IN_NEWS,
    TELLING,
    Weights,
)

_PRINTED = 500
"""Blocks of a file that is longer than any page of print: it shows no columns side by side."""
_READINGS = 10
_MARGIN = 9.0
_REACH = 6
"""How many stories back a paragraph's owner is looked for: more columns do not stand side by side."""
_SURE = 4.0
_TORN, _SUBHEAD = -2.0, -4.0


def reunite(stories: Sequence[Story]) -> list[Story]:
    """The stories with separated text put back where the evidence says so."""
    if sum(len(story.blocks) for story in stories) > _PRINTED:
        return list(stories)
    blocks = [block for story in stories for block in story.blocks]
    weights = Weights(blocks)
    strands = exchange(_Reader(stories, blocks, weights).best(), blocks, weights)
    sections = {id(story.blocks[0]): story.section for story in stories if story.section}
    return [_told(own, blocks, weights, sections.get(id(blocks[own[0]]))) for own in strands]


def _told(own: Sequence[int], blocks: Sequence[Block], weights: Weights, section: str | None) -> Story:
    """The story of a strand, with the reason at every place where it goes on below other stories."""
    told = [blocks[own[0]]]
    for above, number in pairwise(own):
        block = blocks[number]
        if number > above + 1 and block.label is Label.PARAGRAPH:
            block = replace(block, why=f"{block.why}；{_reason(above, number, own, weights, blocks)}")
        told.append(block)
    return Story(_with_one_head(told), section)


def _reason(above: int, number: int, own: Sequence[int], weights: Weights, blocks: Sequence[Block]) -> str:
    """Why a paragraph goes on with text that stands above other stories."""
    about = weights.about(number, [other for other in own if other != number])
    if weights.open_end(above):
        joint = weights.joint(above, number)
        return f"接第 {blocks[above].last} 行未完的句子（接续 {joint:+.1f}，内容 {about:+.1f}）"
    return f"接第 {blocks[above].last} 行，内容相同（{about:+.1f}）"


def _with_one_head(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a headline below the text for a subhead unless it is the other half of the title."""
    if blocks[0].label is Label.SUBHEAD:
        blocks = [replace(blocks[0], label=Label.HEADLINE, why="其下另是一篇 (heads a story of its own)"), *blocks[1:]]
    title = next((block.text for block in blocks if block.label is Label.HEADLINE), "")
    begun = False
    found = []
    for block in blocks:
        if begun and block.label is Label.HEADLINE and not are_halves(title, block.text):
            block = replace(
                block, label=Label.SUBHEAD, why="正文从别处接到它下面，是小标题 (subhead of a story cut above)"
            )
        begun = begun or block.label in (Label.LEAD, Label.PARAGRAPH)
        found.append(block)
    return found


@dataclass(frozen=True, slots=True)
class _Strand:
    """One story of a reading: ``own`` are its blocks, ``texts`` those that tell its matter, ``tail`` the cut one."""

    own: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    tail: int | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the page so far: its strands in order, the current one, and its log odds."""

    strands: tuple[_Strand, ...] = ()
    now: int = -1
    odds: float = 0.0
    waiting: tuple[int, ...] = ()
    """Subheads right above the next block: they go where the paragraph below them goes."""

    @property
    def current(self) -> _Strand:
        return self.strands[self.now]

    def with_strand(self, number: int, strand: _Strand, gain: float = 0.0) -> _Reading:
        strands = (*self.strands[:number], strand, *self.strands[number + 1 :])
        return _Reading(strands, number, self.odds + gain)

    def opened(self) -> _Reading:
        return _Reading((*self.strands, _Strand()), len(self.strands), self.odds)


class _Reader:
    """Reads the page once from its first block to its last."""

    def __init__(self, stories: Sequence[Story], blocks: Sequence[Block], weights: Weights) -> None:
        self._stories = stories
        self._blocks = blocks
        self._weights = weights
        starts = accumulate((len(story.blocks) for story in stories), initial=0)
        self._in_columns = {start for start, story in zip(starts, stories, strict=False) if story.section}

    def best(self) -> list[tuple[int, ...]]:
        """The strands of the likeliest reading, each as the numbers of its blocks."""
        readings = [_Reading()]
        number = 0
        for story in self._stories:
            readings = [self._settled(reading).opened() for reading in readings]
            for _ in story.blocks:
                readings = _likeliest(option for reading in readings for option in self._options(reading, number))
                number += 1
        readings = [self._settled(reading) for reading in readings]
        best = max(readings, key=lambda r: r.odds + LEFT_OPEN * sum(s.tail is not None for s in r.strands))
        return [tuple(sorted(strand.own)) for strand in best.strands if strand.own]

    def _settled(self, reading: _Reading) -> _Reading:
        """The reading with subheads below which no paragraph stands given to the current strand."""
        if not reading.waiting:
            return reading
        return reading.with_strand(reading.now, self._grown(reading.current, *reading.waiting))

    def _options(self, reading: _Reading, number: int) -> Iterator[_Reading]:
        label = self._blocks[number].label
        if label is Label.SUBHEAD and reading.current.begun:
            yield replace(reading, waiting=(*reading.waiting, number))
            return
        if label is not Label.PARAGRAPH:
            yield reading.with_strand(reading.now, self._grown(reading.current, *reading.waiting, number))
            return
        stays = self._stays(reading.current, number)
        if reading.waiting and self._is_news(reading.current):
            stays += SUBHEAD_IN_NEWS
        yield reading.with_strand(reading.now, self._grown(reading.current, *reading.waiting, number), stays)
        yield from self._elsewhere(reading, number, stays)

    def _elsewhere(self, reading: _Reading, number: int, stays: float) -> Iterator[_Reading]:
        """The readings in which the paragraph belongs to another story than the current one."""
        current = reading.current
        leaves = 0.0 if current.begun or not current.own else HEAD_ALONE
        for place in range(len(reading.strands) - 1, max(-1, len(reading.strands) - 2 - _REACH), -1):
            strand = reading.strands[place]
            if place == reading.now or not strand.begun or (strand.tail is None and stays >= _SURE):
                continue
            gain = self._moves(strand, number, stays - _MARGIN)
            if gain is None:
                continue
            yield reading.with_strand(place, self._grown(strand, *reading.waiting, number), leaves + gain)
            if current.own and not current.begun and self._is_headline(current):
                torn = strand.tail is not None and self._halves(strand, current)
                if torn or self._is_feature(strand):
                    yield self._with_headline(reading, place, number, gain + (_TORN if torn else _SUBHEAD))
        if current.begun and stays < _SURE:
            orphan = (NEW_HEAD if reading.waiting else ORPHAN) + min(0.0, self._weights.begins(number))
            fresh = self._grown(_Strand(), *reading.waiting, number)
            yield reading.opened().with_strand(len(reading.strands), fresh, orphan)

    def _is_news(self, strand: _Strand) -> bool:
        return any(self._blocks[i].label is Label.DATELINE for i in strand.own)

    def _is_feature(self, strand: _Strand) -> bool:
        """Whether a strand may have subheads: a longer piece under a byline of its own."""
        labels = {self._blocks[i].label for i in strand.own}
        return Label.BYLINE in labels and Label.DATELINE not in labels

    def _is_headline(self, strand: _Strand) -> bool:
        labels = [self._blocks[i].label for i in strand.own]
        anchored = Label.DATELINE in labels or Label.BYLINE in labels or strand.own[0] in self._in_columns
        return labels.count(Label.HEADLINE) == 1 and not anchored

    def _with_headline(self, reading: _Reading, place: int, number: int, gain: float) -> _Reading:
        """The current headline is half of the title of the story that goes on below it, or a subhead of that story."""
        strand, current = reading.strands[place], reading.current
        whole = replace(strand, own=(*strand.own, *current.own), texts=(*strand.texts, *current.texts))
        emptied = reading.with_strand(reading.now, _Strand())
        return emptied.with_strand(place, self._grown(whole, number), gain)

    def _halves(self, strand: _Strand, current: _Strand) -> bool:
        upper, lower = self._heads(strand), self._heads(current)
        return len(upper) == len(lower) == 1 and are_halves(upper[0], lower[0])

    def _heads(self, strand: _Strand) -> list[str]:
        return [self._blocks[i].text for i in strand.own if self._blocks[i].label is Label.HEADLINE]

    def _grown(self, strand: _Strand, *numbers: int) -> _Strand:
        for number in numbers:
            strand = self._with_block(strand, number)
        return strand

    def _with_block(self, strand: _Strand, number: int) -> _Strand:
        label = self._blocks[number].label
        own = (*strand.own, number)
        if label not in TELLING:
            return replace(strand, own=own)
        texts = (*strand.texts, number)
        if label in (Label.HEADLINE, Label.CAPTION):
            return replace(strand, own=own, texts=texts)
        return _Strand(own, texts, number if self._weights.open_end(number) else None, True)

    def _stays(self, strand: _Strand, number: int) -> float:
        about = self._weights.about(number, strand.texts)
        if not strand.begun:
            return (BELOW_HEAD if strand.own else ORPHAN) + min(0.0, self._weights.begins(number)) + max(0.0, about)
        about += self._weights.same_column(strand.texts[-1], number)
        about += self._weights.set_off(strand.own, strand.texts[-1], number)
        if strand.tail is not None:
            return GOES_ON + self._weights.joint(strand.tail, number) + about
        return STAYS + self._weights.begins(number) + about

    def _moves(self, strand: _Strand, number: int, least: float) -> float | None:
        """The weight of going over to another strand; None when it cannot reach the least."""
        about = self._weights.about(number, strand.texts)
        if about + JUMPS + BEST_JOINT < least:
            return None
        about += self._weights.same_column(strand.texts[-1], number)
        about += self._weights.set_off(strand.own, strand.texts[-1], number)
        if strand.tail is not None:
            return JUMPS + self._weights.joint(strand.tail, number) + about
        return RETURNS + self._weights.begins(number) + about


def _likeliest(options: Iterator[_Reading]) -> list[_Reading]:
    ranked = sorted(options, key=lambda reading: -reading.odds)[:_READINGS]
    return [reading for reading in ranked if reading.odds > ranked[0].odds - _MARGIN]
