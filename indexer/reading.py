"""A page read from its first block to its last: which story does each paragraph belong to?

At every paragraph all stories that may own it are weighed: the one that it stands in, those that were left in an
unfinished sentence, those whose matter it shares. Several readings are kept side by side (a beam search), because
what a paragraph is becomes plain only further down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from indexer.describe.credit import read_credit
from indexer.headline import are_halves
from indexer.page import Block, Label
from indexer.strands import (
    BELOW_HEAD,
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

_READINGS = 16
_MARGIN = 10.0
_REACH = 6
"""How many stories back a paragraph's owner is looked for: more columns do not stand side by side."""
_SURE, _CERTAIN = 4.0, 8.0
"""From here on only unfinished stories are looked at, and from there on none."""
_SIGNED = (Label.DATELINE, Label.BYLINE)
_TORN, _TORN_SIGNED, _SUBHEAD, _SUBHEAD_BESIDE = 1.0, 7.0, -4.0, -1.0


class _Strand(NamedTuple):
    """One story of a reading: ``own`` are its blocks, ``texts`` those that tell its matter, ``tail`` the cut one."""

    own: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    tail: int | None = None
    begun: bool = False


class _Reading(NamedTuple):
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


_Option = tuple[float, Callable[[], _Reading]]


class Reader:
    """Reads the page once.

    ``starts`` are the numbers of the blocks at which the cutter has opened a story, ``in_columns`` those of them that
    stand below the head of a column.
    """

    def __init__(
        self, starts: Sequence[int], in_columns: Collection[int], blocks: Sequence[Block], weights: Weights
    ) -> None:
        self._starts = frozenset(starts)
        self._in_columns = in_columns
        self._blocks = blocks
        self._weights = weights
        self._joints: dict[_Strand, float] = {}
        """What the current block weighs below each strand: most readings share most of their strands."""

    def best(self) -> list[tuple[int, ...]]:
        """The strands of the likeliest reading, each as the ascending numbers of its blocks."""
        readings = [_Reading()]
        for number in range(len(self._blocks)):
            if number in self._starts:
                readings = [self._settled(reading).opened() for reading in readings]
            self._joints.clear()
            readings = _likeliest([option for reading in readings for option in self._options(reading, number)])
        readings = [self._settled(reading) for reading in readings]
        best = max(readings, key=lambda r: r.odds + LEFT_OPEN * sum(s.tail is not None for s in r.strands))
        return [tuple(sorted(strand.own)) for strand in best.strands if strand.own]

    def _settled(self, reading: _Reading) -> _Reading:
        """The reading with subheads below which no paragraph stands given to the current strand."""
        if not reading.waiting:
            return reading
        return reading.with_strand(reading.now, self._grown(reading.current, *reading.waiting))

    def _options(self, reading: _Reading, number: int) -> Iterator[_Option]:
        """What a block may be in a reading: the log odds of each, and how the reading goes on with it."""
        label = self._blocks[number].label
        if label is Label.SUBHEAD and reading.current.begun:
            yield reading.odds, partial(reading._replace, waiting=(*reading.waiting, number))
            return
        here = partial(self._placed, reading, reading.now, number)
        if label is not Label.PARAGRAPH:
            yield reading.odds, here
            return
        stays = self._stays(reading.current, number)
        if reading.waiting and self._is_news(reading.current):
            stays += SUBHEAD_IN_NEWS
        yield reading.odds + stays, partial(here, gain=stays)
        if stays < _CERTAIN or self._weights.doubted(number):
            yield from self._elsewhere(reading, number, stays)

    def _placed(self, reading: _Reading, place: int, number: int, gain: float = 0.0) -> _Reading:
        """The reading with a block, and the subheads that wait for it, given to one of its strands."""
        return reading.with_strand(place, self._grown(reading.strands[place], *reading.waiting, number), gain)

    def _elsewhere(self, reading: _Reading, number: int, stays: float) -> Iterator[_Option]:
        """The readings in which the paragraph belongs to another story than the current one."""
        current = reading.current
        leaves = 0.0 if current.begun or not current.own else HEAD_ALONE
        doubted = self._weights.doubted(number)
        for place in range(len(reading.strands) - 1, max(-1, len(reading.strands) - 2 - _REACH), -1):
            strand = reading.strands[place]
            if place == reading.now or not strand.begun or (strand.tail is None and stays >= _SURE and not doubted):
                continue
            beside = not current.begun and bool(current.own and strand.own) and strand.own[-1] + 1 == current.own[0]
            gain = self._moves(strand, number, beside)
            yield reading.odds + leaves + gain, partial(self._placed, reading, place, number, leaves + gain)
            odds = self._headline_odds(strand, current, beside)
            if odds is not None:
                yield reading.odds + gain + odds, partial(self._with_headline, reading, place, number, gain + odds)
        if current.begun and stays < _SURE:
            begins = min(0.0, self._weights.begins(number))
            gain = NEW_HEAD + begins if reading.waiting else self._weights.orphan(number)
            yield reading.odds + gain, partial(self._fresh, reading, number, gain)

    def _fresh(self, reading: _Reading, number: int, gain: float) -> _Reading:
        """The reading in which a paragraph opens a story of its own."""
        fresh = self._grown(_Strand(), *reading.waiting, number)
        return reading.opened().with_strand(len(reading.strands), fresh, gain)

    def _headline_odds(self, strand: _Strand, current: _Strand, beside: bool) -> float | None:
        """The weight of the current headline belonging to a strand, as half of its title or as a subhead; or None."""
        if current.begun or not current.own or current.own[0] in self._in_columns:
            return None
        labels = [self._blocks[i].label for i in current.own]
        if labels.count(Label.HEADLINE) != 1 or Label.DATELINE in labels:
            return None
        halves = self._halves(strand, current)
        if Label.BYLINE in labels:
            return _TORN_SIGNED if halves and self._writers(strand) & self._writers(current) else None
        if self._is_whole_elsewhere(strand, current):
            return _TORN_SIGNED
        if halves and strand.tail is not None:
            return _TORN
        return (_SUBHEAD_BESIDE if beside else _SUBHEAD) if self._is_feature(strand) else None

    def _writers(self, strand: _Strand) -> set[str]:
        texts = (self._blocks[i].text for i in strand.own if self._blocks[i].label in _SIGNED)
        credits = (read_credit(text) for text in texts)
        return {person.name for credit in credits if credit for person in credit.people}

    def _is_news(self, strand: _Strand) -> bool:
        """Whether a strand hardly ever has subheads: a news item or a comment in a column."""
        dated = any(self._blocks[i].label is Label.DATELINE for i in strand.own)
        return dated or bool(strand.own and strand.own[0] in self._in_columns)

    def _is_feature(self, strand: _Strand) -> bool:
        """Whether a strand may have subheads: a longer piece under a byline of its own."""
        labels = {self._blocks[i].label for i in strand.own}
        return Label.BYLINE in labels and Label.DATELINE not in labels

    def _with_headline(self, reading: _Reading, place: int, number: int, gain: float) -> _Reading:
        """The current headline is half of the title of the story that goes on below it, or a subhead of that story."""
        strand, current = reading.strands[place], reading.current
        whole = strand._replace(own=(*strand.own, *current.own), texts=(*strand.texts, *current.texts))
        emptied = reading.with_strand(reading.now, _Strand())
        return emptied.with_strand(place, self._grown(whole, number), gain)

    def _halves(self, strand: _Strand, current: _Strand) -> bool:
        upper, lower = self._heads(strand), self._heads(current)
        return len(upper) == len(lower) == 1 and are_halves(upper[0], lower[0])

    def _is_whole_elsewhere(self, strand: _Strand, current: _Strand) -> bool:
        """Whether another extraction has the current headline right below that of a strand."""
        upper, lower = self._heads(strand), self._heads(current)
        return bool(upper) and any(extraction.touch(upper[-1], lower[0]) for extraction in self._weights.others)

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
            return _Strand(own, strand.texts, strand.tail, strand.begun)
        texts = (*strand.texts, number)
        if label in (Label.HEADLINE, Label.CAPTION):
            return _Strand(own, texts, strand.tail, strand.begun)
        return _Strand(own, texts, number if self._weights.open_end(number) else None, True)

    def _stays(self, strand: _Strand, number: int) -> float:
        if not strand.begun:
            about = max(0.0, self._weights.about(number, strand.texts))
            return (BELOW_HEAD if strand.own else ORPHAN) + min(0.0, self._weights.begins(number)) + about
        return (STAYS if strand.tail is None else GOES_ON) + self._joint(strand, number)

    def _moves(self, strand: _Strand, number: int, beside: bool) -> float:
        """The weight of going over to a strand; ``beside`` tells that nothing but a headline stands between."""
        if strand.tail is None:
            return (STAYS if beside else RETURNS) + self._joint(strand, number)
        return (GOES_ON if beside else JUMPS) + self._joint(strand, number)

    def _joint(self, strand: _Strand, number: int) -> float:
        """How well a paragraph goes below a strand: matter, column, and the sentence or its beginning."""
        if strand not in self._joints:
            last, weights = strand.texts[-1], self._weights
            weight = weights.about(number, strand.texts) + weights.same_column(last, number)
            weight += weights.set_off(strand.own, last, number)
            weight += weights.witnessed(strand.own[-1], last, number)
            weight += weights.begins(number) if strand.tail is None else weights.joint(strand.tail, number)
            self._joints[strand] = weight
        return self._joints[strand]


def _likeliest(options: list[_Option]) -> list[_Reading]:
    """The likeliest readings; only they are made."""
    ranked = sorted(options, key=itemgetter(0), reverse=True)[:_READINGS]
    return [made() for odds, made in ranked if odds > ranked[0][0] - _MARGIN]
