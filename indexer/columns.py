"""Columns that interleave: text printed below other stories goes back to the story that it belongs to.

Position alone proves nothing. The page is read in order, and at every paragraph all stories that may own it are
weighed: the one that it stands in, those that were left in an unfinished sentence, those whose matter it shares.
Several readings of the page are kept side by side (a beam search), because what a paragraph is becomes plain only
further down; indexer/exchange.py then mends the best of them, looking both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.exchange import exchange
from indexer.headline import are_halves
from indexer.page import Block, Label
from indexer.story import Story
from indexer.strands import BELOW_HEAD, GOES_ON, HEAD_ALONE, JUMPS, LEFT_OPEN, ORPHAN, RETURNS, STAYS, TELLING, Weights

_PRINTED = 500
"""Blocks of a file that is longer than any page of print: it shows no columns side by side."""
_READINGS = 10
_MARGIN = 9.0
_REACH = 6
"""How many stories back a paragraph's owner is looked for: more columns do not stand side by side."""
_SURE = 4.0
_TORN, _UNLIKE = -2.0, -6.0


def reunite(stories: Sequence[Story]) -> list[Story]:
    """The stories with separated text put back where the evidence says so."""
    if sum(len(story.blocks) for story in stories) > _PRINTED:
        return list(stories)
    blocks = [block for story in stories for block in story.blocks]
    weights = Weights(blocks)
    strands = exchange(_Reader(stories, blocks, weights).best(), blocks, weights)
    sections = {id(story.blocks[0]): story.section for story in stories if story.section}
    return [Story((blocks[i] for i in own), sections.get(id(blocks[own[0]]))) for own in strands]


@dataclass(frozen=True, slots=True)
class _Strand:
    """One story of a reading: ``own`` are its blocks, ``texts`` those that tell its matter, ``tail`` an unfinished one."""

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

    def best(self) -> list[tuple[int, ...]]:
        """The strands of the likeliest reading, each as the numbers of its blocks."""
        readings = [_Reading()]
        number = 0
        for story in self._stories:
            readings = [reading.opened() for reading in readings]
            for _ in story.blocks:
                readings = _likeliest(option for reading in readings for option in self._options(reading, number))
                number += 1
        best = max(readings, key=lambda r: r.odds + LEFT_OPEN * sum(s.tail is not None for s in r.strands))
        return [tuple(sorted(strand.own)) for strand in best.strands if strand.own]

    def _options(self, reading: _Reading, number: int) -> Iterator[_Reading]:
        if self._blocks[number].label is not Label.PARAGRAPH:
            yield reading.with_strand(reading.now, self._grown(reading.current, number))
            return
        stays = self._stays(reading.current, number)
        yield reading.with_strand(reading.now, self._grown(reading.current, number), stays)
        if stays < _SURE or any(strand.tail is not None for strand in reading.strands):
            yield from self._elsewhere(reading, number)

    def _elsewhere(self, reading: _Reading, number: int) -> Iterator[_Reading]:
        """The readings in which the paragraph belongs to another story than the current one."""
        current = reading.current
        leaves = 0.0 if current.begun or not current.own else HEAD_ALONE
        for place in range(len(reading.strands) - 1, max(-1, len(reading.strands) - 2 - _REACH), -1):
            strand = reading.strands[place]
            if place == reading.now or not strand.begun:
                continue
            gain = self._moves(strand, number)
            yield reading.with_strand(place, self._grown(strand, number), leaves + gain)
            if strand.tail is not None and not current.begun and self._is_headline(current):
                yield self._with_torn_title(reading, place, number, gain)
        if current.begun:
            orphan = ORPHAN + min(0.0, self._weights.begins(number))
            yield reading.opened().with_strand(len(reading.strands), self._grown(_Strand(), number), orphan)

    def _is_headline(self, strand: _Strand) -> bool:
        labels = [self._blocks[i].label for i in strand.own]
        return labels.count(Label.HEADLINE) == 1 and Label.DATELINE not in labels

    def _with_torn_title(self, reading: _Reading, place: int, number: int, gain: float) -> _Reading:
        """The current headline is the second half of the title of the story that goes on below it."""
        strand, current = reading.strands[place], reading.current
        whole = replace(strand, own=(*strand.own, *current.own), texts=(*strand.texts, *current.texts))
        torn = _TORN if self._halves(strand, current) else _UNLIKE
        return reading.with_strand(reading.now, _Strand()).with_strand(place, self._grown(whole, number), gain + torn)

    def _halves(self, strand: _Strand, current: _Strand) -> bool:
        upper, lower = self._heads(strand), self._heads(current)
        return len(upper) == len(lower) == 1 and are_halves(upper[0], lower[0])

    def _heads(self, strand: _Strand) -> list[str]:
        return [self._blocks[i].text for i in strand.own if self._blocks[i].label is Label.HEADLINE]

    def _grown(self, strand: _Strand, number: int) -> _Strand:
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
        if strand.tail is not None:
            return GOES_ON + self._weights.joint(strand.tail, number) + about
        return STAYS + self._weights.begins(number) + about

    def _moves(self, strand: _Strand, number: int) -> float:
        about = self._weights.about(number, strand.texts)
        if strand.tail is not None:
            return JUMPS + self._weights.joint(strand.tail, number) + about
        return RETURNS + self._weights.begins(number) + about


def _likeliest(options: Iterator[_Reading]) -> list[_Reading]:
    ranked = sorted(options, key=lambda reading: -reading.odds)[:_READINGS]
    return [reading for reading in ranked if reading.odds > ranked[0].odds - _MARGIN]
