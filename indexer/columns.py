"""Columns that interleave: text printed below other stories goes back to the story that it belongs to.

Position alone proves nothing. The page is read in order, and at every paragraph all stories that may own it are
weighed: the one that it stands in, those that were left in an unfinished sentence, those whose matter it shares.
Several readings of the page are kept side by side (a beam search), because what a paragraph is becomes plain only
further down. Weights are log odds: of the junction (does the sentence go on?) and of the matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.headline import are_halves
from indexer.junction import continues, opening
from indexer.matter import Matter
from indexer.page import Block, Label
from indexer.prose import ends_sentence
from indexer.story import Story

_PRINTED = 500
"""Blocks of a file that is longer than any page of print: it shows no columns side by side."""
_READINGS = 10
_MARGIN = 9.0
_REACH = 6
"""How many stories back a paragraph's owner is looked for: more columns do not stand side by side."""

_STAYS, _GOES_ON, _JUMPS, _RETURNS, _ORPHAN = 2.5, 2.5, -1.5, -3.5, -4.0
_LEFT_OPEN = -2.5
_HEAD_ALONE = -5.0
_TORN, _UNLIKE = -2.0, -6.0


def reunite(stories: Sequence[Story]) -> list[Story]:
    """The stories with separated text put back where the evidence says so."""
    if sum(len(story.blocks) for story in stories) > _PRINTED:
        return list(stories)
    return _Reader(stories).best()


@dataclass(frozen=True, slots=True)
class _Strand:
    """One story of a reading: ``own`` are its blocks, ``texts`` those that tell its matter, ``tail`` an unfinished one."""

    own: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    tail: int | None = None
    section: str | None = None
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


class _Reader:
    def __init__(self, stories: Sequence[Story]) -> None:
        self._stories = stories
        self._blocks = [block for story in stories for block in story.blocks]
        self._joints: dict[tuple[int, int], float] = {}

    @cached_property
    def _matter(self) -> Matter:
        return Matter([block.text if block.label in _TELLING else "" for block in self._blocks])

    def best(self) -> list[Story]:
        readings = [_Reading()]
        number = 0
        for story in self._stories:
            readings = [_opened(reading, story.section) for reading in readings]
            for block in story.blocks:
                readings = self._kept(option for reading in readings for option in self._options(reading, number, block))
                number += 1
        best = max(readings, key=lambda r: r.odds + _LEFT_OPEN * sum(s.tail is not None for s in r.strands))
        return [Story((self._blocks[i] for i in strand.own), strand.section) for strand in best.strands if strand.own]

    def _kept(self, options: Iterator[_Reading]) -> list[_Reading]:
        ranked = sorted(options, key=lambda reading: -reading.odds)[:_READINGS]
        return [reading for reading in ranked if reading.odds > ranked[0].odds - _MARGIN]

    def _options(self, reading: _Reading, number: int, block: Block) -> Iterator[_Reading]:
        if block.label is not Label.PARAGRAPH:
            yield reading.with_strand(reading.now, self._grown(reading.current, number))
            return
        stays = self._stays(reading.current, number)
        yield reading.with_strand(reading.now, self._grown(reading.current, number), stays)
        if stays > _SURE and not any(strand.tail is not None for strand in reading.strands):
            return
        yield from self._elsewhere(reading, number)

    def _elsewhere(self, reading: _Reading, number: int) -> Iterator[_Reading]:
        """The readings in which the paragraph belongs to another story than the current one."""
        current = reading.current
        leaves = 0.0 if current.begun or not current.own else _HEAD_ALONE
        for place in range(len(reading.strands) - 1, max(-1, len(reading.strands) - 2 - _REACH), -1):
            strand = reading.strands[place]
            if place == reading.now or not strand.begun:
                continue
            gain = self._moves(strand, number)
            yield reading.with_strand(place, self._grown(strand, number), leaves + gain)
            if strand.tail is not None and not current.begun and current.own and self._may_be_torn(current):
                yield self._with_torn_title(reading, place, number, gain)
        if current.begun:
            yield _opened(reading, None).with_strand(
                len(reading.strands), self._grown(_Strand(), number), _ORPHAN + min(0.0, opening(self._blocks[number].text))
            )

    def _may_be_torn(self, strand: _Strand) -> bool:
        labels = [self._blocks[i].label for i in strand.own]
        return labels.count(Label.HEADLINE) == 1 and Label.DATELINE not in labels

    def _with_torn_title(self, reading: _Reading, place: int, number: int, gain: float) -> _Reading:
        """The current headline is the second half of the title of the story that goes on below it."""
        strand, current = reading.strands[place], reading.current
        alike = self._halves(strand, current)
        whole = replace(strand, own=(*strand.own, *current.own), texts=(*strand.texts, *current.texts))
        merged = reading.with_strand(reading.now, _Strand())
        return merged.with_strand(place, self._grown(whole, number), gain + (_TORN if alike else _UNLIKE))

    def _halves(self, strand: _Strand, current: _Strand) -> bool:
        upper, lower = self._heads(strand), self._heads(current)
        return len(upper) == len(lower) == 1 and are_halves(upper[0], lower[0])

    def _heads(self, strand: _Strand) -> list[str]:
        return [self._blocks[i].text for i in strand.own if self._blocks[i].label is Label.HEADLINE]

    def _grown(self, strand: _Strand, number: int) -> _Strand:
        block = self._blocks[number]
        own = (*strand.own, number)
        if block.label in (Label.SIGNOFF, Label.CREDIT) and strand.tail == number - 1:
            return replace(strand, own=own, tail=None)
        if block.label not in _TELLING:
            return replace(strand, own=own)
        texts = (*strand.texts, number)
        if block.label is Label.HEADLINE:
            return replace(strand, own=own, texts=texts)
        open_ended = block.label in (Label.LEAD, Label.PARAGRAPH) and not ends_sentence(block.text)
        return replace(strand, own=own, texts=texts, tail=number if open_ended else None, begun=True)

    def _stays(self, strand: _Strand, number: int) -> float:
        if not strand.begun:
            return _STAYS + min(0.0, opening(self._blocks[number].text)) + self._about(strand, number)
        if strand.tail is not None:
            return _GOES_ON + self._joint(strand.tail, number) + self._about(strand, number)
        return _STAYS + opening(self._blocks[number].text) + self._about(strand, number)

    def _moves(self, strand: _Strand, number: int) -> float:
        if strand.tail is not None:
            return _JUMPS + self._joint(strand.tail, number) + self._about(strand, number)
        return _RETURNS + opening(self._blocks[number].text) + self._about(strand, number)

    def _about(self, strand: _Strand, number: int) -> float:
        return self._matter.odds(number, strand.texts)

    def _joint(self, left: int, right: int) -> float:
        if (left, right) not in self._joints:
            self._joints[left, right] = continues(self._blocks[left].text, self._blocks[right].text)
        return self._joints[left, right]


_SURE = 4.0
_TELLING = (Label.HEADLINE, Label.LEAD, Label.PARAGRAPH, Label.SUBHEAD, Label.ITEM, Label.CAPTION)


def _opened(reading: _Reading, section: str | None) -> _Reading:
    return _Reading((*reading.strands, _Strand(section=section)), len(reading.strands), reading.odds)
