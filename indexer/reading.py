"""A page read from its first block to its last: which story does each paragraph belong to?

At every paragraph all stories that may own it are weighed: the one that it stands in, those that were left in an
unfinished sentence, those whose matter it shares. Several readings are kept side by side (a beam search), because
what a paragraph is becomes plain only further down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter

from indexer.headline import are_halves, starts_with_dash
from indexer.page import Block, Label
from indexer.strands import (
    BELOW_HEAD,
    GOES_ON,
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
_MOVABLE = frozenset({Label.PARAGRAPH, Label.SUBHEAD})
_BODY = TELLING - {Label.HEADLINE, Label.CAPTION}
_TORN, _TORN_SIGNED, _SUBHEAD, _SUBHEAD_BESIDE = 1.0, 7.0, -4.0, -1.0


@dataclass(slots=True, eq=False)
class _Strand:
    """One story of a reading: ``own`` are its blocks, ``texts`` those that tell its matter, ``tail`` the cut one.

    ``heads`` are its headlines, ``labels`` those of all its blocks. It is never changed: readings share their strands.
    """

    own: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()
    labels: frozenset[Label] = frozenset()
    tail: int | None = None
    begun: bool = False


_EMPTY = _Strand()


@dataclass(slots=True, eq=False)
class _Reading:
    """One way to read the page so far: its strands in order, the current one, and its log odds. Never changed, too.

    ``waiting`` are the subheads right above the next block: they go where the paragraph below them goes.
    """

    strands: list[_Strand]
    now: int = -1
    odds: float = 0.0
    waiting: tuple[int, ...] = ()

    @property
    def current(self) -> _Strand:
        return self.strands[self.now]

    def with_strand(self, number: int, strand: _Strand, gain: float = 0.0) -> _Reading:
        strands = self.strands.copy()
        strands[number] = strand
        return _Reading(strands, number, self.odds + gain)

    def opened(self) -> _Reading:
        return _Reading([*self.strands, _EMPTY], len(self.strands), self.odds)


_Option = tuple[float, Callable[[], _Reading]]


class _Below(dict[_Strand, float]):
    """What a paragraph weighs below each strand, weighed when first asked: most readings share most strands."""

    def __init__(self, weigh: Callable[[_Strand], float]) -> None:
        self._weigh = weigh

    def __missing__(self, strand: _Strand) -> float:
        self[strand] = weight = self._weigh(strand)
        return weight


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
        self._labels = [block.label for block in blocks]
        self._weights = weights
        self._grown: dict[tuple[_Strand, tuple[int, ...]], _Strand] = {}
        self._writers = cache(self._read_writers)
        self._halves = cache(self._are_halves)

    def best(self) -> list[tuple[int, ...]]:
        """The strands of the likeliest reading, each as the ascending numbers of its blocks."""
        readings = [_Reading([])]
        for numbers in self._steps():
            self._grown.clear()
            if numbers[0] in self._starts:
                readings = [self._settled(reading).opened() for reading in readings]
            if self._labels[numbers[0]] is Label.PARAGRAPH:
                readings = self._likeliest(readings, numbers)
            else:
                readings = [self._fixed(reading, numbers) for reading in readings]
        readings = [self._settled(reading) for reading in readings]
        best = max(readings, key=lambda r: r.odds + LEFT_OPEN * sum(s.tail is not None for s in r.strands))
        return [tuple(sorted(strand.own)) for strand in best.strands if strand.own]

    def _steps(self) -> Iterator[tuple[int, ...]]:
        """The blocks that are placed together: a paragraph or subhead alone, others as far as there is no choice."""
        step: tuple[int, ...] = ()
        for number, label in enumerate(self._labels):
            alone = label in _MOVABLE or (step and self._labels[step[0]] in _MOVABLE)
            if step and (alone or number in self._starts):
                yield step
                step = ()
            step = (*step, number)
        if step:
            yield step

    def _settled(self, reading: _Reading) -> _Reading:
        """The reading with subheads below which no paragraph stands given to the current strand."""
        if not reading.waiting:
            return reading
        return reading.with_strand(reading.now, self._with_blocks(reading.current, reading.waiting))

    def _fixed(self, reading: _Reading, numbers: tuple[int, ...]) -> _Reading:
        """The reading with blocks about which there is no choice."""
        if self._labels[numbers[0]] is Label.SUBHEAD and reading.current.begun:
            return _Reading(reading.strands, reading.now, reading.odds, reading.waiting + numbers)
        return self._placed(reading, reading.now, numbers)

    def _placed(self, reading: _Reading, place: int, numbers: tuple[int, ...], gain: float = 0.0) -> _Reading:
        """The reading with blocks, and the subheads that wait for them, given to one of its strands."""
        strand = self._with_blocks(reading.strands[place], reading.waiting + numbers)
        return reading.with_strand(place, strand, gain)

    def _likeliest(self, readings: Sequence[_Reading], numbers: tuple[int, ...]) -> list[_Reading]:
        """The likeliest readings with the next paragraph; only they are made."""
        below = _Below(partial(self._below, numbers[0]))
        stays = [self._stays(reading, below) for reading in readings]
        floor = max(reading.odds + stay for reading, stay in zip(readings, stays, strict=True)) - _MARGIN
        options: list[_Option] = []
        for reading, stay in zip(readings, stays, strict=True):
            options.append((reading.odds + stay, partial(self._placed, reading, reading.now, numbers, stay)))
            if stay < _CERTAIN or self._weights.doubted(numbers[0]):
                options += self._elsewhere(reading, numbers, stay, below, floor)
        ranked = sorted(options, key=itemgetter(0), reverse=True)[:_READINGS]
        return [made() for odds, made in ranked if odds > ranked[0][0] - _MARGIN]

    def _stays(self, reading: _Reading, below: _Below) -> float:
        """The weight of the paragraph staying where it stands."""
        current = reading.current
        stays = below[current]
        if current.begun:
            stays += STAYS if current.tail is None else GOES_ON
        return stays + SUBHEAD_IN_NEWS if reading.waiting and self._is_news(current) else stays

    def _elsewhere(
        self, reading: _Reading, numbers: tuple[int, ...], stays: float, below: _Below, floor: float
    ) -> Iterator[_Option]:
        """The readings above a floor in which the paragraph belongs to another story than the current one."""
        current, strands = reading.current, reading.strands
        headed = not current.begun and bool(current.own)
        leaves = self._weights.without_text(current.own) if headed else 0.0
        doubted = self._weights.doubted(numbers[0])
        for place in range(len(strands) - 1, max(-1, len(strands) - 2 - _REACH), -1):
            strand = strands[place]
            if place == reading.now or not strand.begun or (strand.tail is None and stays >= _SURE and not doubted):
                continue
            beside = headed and strand.own[-1] + 1 == current.own[0]
            gain = below[strand] + _moves(strand, beside)
            leaving = gain + leaves
            if reading.odds + leaving > floor:
                yield reading.odds + leaving, partial(self._placed, reading, place, numbers, leaving)
            odds = self._headline_odds(strand, current, beside) if headed else None
            if odds is not None and reading.odds + gain + odds > floor:
                yield reading.odds + (gain + odds), partial(self._with_headline, reading, place, numbers, gain + odds)
        if current.begun and stays < _SURE:
            begins = min(0.0, self._weights.begins(numbers[0]))
            gain = NEW_HEAD + begins if reading.waiting else self._weights.orphan(numbers[0])
            if reading.odds + gain > floor:
                yield reading.odds + gain, partial(self._fresh, reading, numbers, gain)

    def _fresh(self, reading: _Reading, numbers: tuple[int, ...], gain: float) -> _Reading:
        """The reading in which a paragraph opens a story of its own."""
        fresh = self._with_blocks(_EMPTY, reading.waiting + numbers)
        return reading.opened().with_strand(len(reading.strands), fresh, gain)

    def _headline_odds(self, strand: _Strand, current: _Strand, beside: bool) -> float | None:
        """The weight of the current headline belonging to a strand, as half of its title or as a subhead; or None."""
        titles = self._titles(current)
        if len(titles) != 1 or Label.DATELINE in current.labels or current.own[0] in self._in_columns:
            return None
        upper = self._titles(strand)
        halves = bool(upper) and self._halves(upper[-1], titles[0])
        if Label.BYLINE in current.labels:
            return _TORN_SIGNED if halves and self._writers(strand) & self._writers(current) else None
        if self._is_whole_elsewhere(upper, titles[0]):
            return _TORN_SIGNED
        if halves and strand.tail is not None:
            return _TORN
        return (_SUBHEAD_BESIDE if beside else _SUBHEAD) if self._is_feature(strand) else None

    def _are_halves(self, upper: int, lower: int) -> bool:
        return are_halves(self._blocks[upper].text, self._blocks[lower].text)

    def _read_writers(self, strand: _Strand) -> set[str]:
        return self._weights.writers(strand.own)

    def _is_news(self, strand: _Strand) -> bool:
        """Whether a strand hardly ever has subheads: a news item or a comment in a column."""
        return Label.DATELINE in strand.labels or bool(strand.own and strand.own[0] in self._in_columns)

    def _is_feature(self, strand: _Strand) -> bool:
        """Whether a strand may have subheads: a longer piece under a byline of its own."""
        return Label.BYLINE in strand.labels and Label.DATELINE not in strand.labels

    def _with_headline(self, reading: _Reading, place: int, numbers: tuple[int, ...], gain: float) -> _Reading:
        """The current headline is half of the title of the story that goes on below it, or a subhead of that story."""
        strand = self._with_blocks(reading.strands[place], reading.current.own + numbers)
        emptied = reading.with_strand(reading.now, _EMPTY)
        return emptied.with_strand(place, strand, gain)

    def _with_blocks(self, strand: _Strand, numbers: tuple[int, ...]) -> _Strand:
        """The strand with further blocks; the same one for all readings, so that what is known of it holds for all."""
        if (strand, numbers) not in self._grown:
            grown = strand
            for number in numbers:
                grown = self._with_block(grown, number)
            self._grown[strand, numbers] = grown
        return self._grown[strand, numbers]

    def _titles(self, strand: _Strand) -> list[int]:
        """The lines of a headline but for a subtitle with a dash."""
        return [number for number in strand.heads if not starts_with_dash(self._blocks[number].text)]

    def _is_whole_elsewhere(self, upper: Sequence[int], lower: int) -> bool:
        """Whether another extraction has the current headline right below that of a strand."""
        text = self._blocks[lower].text
        return bool(upper) and any(other.touch(self._blocks[upper[-1]].text, text) for other in self._weights.others)

    def _with_block(self, strand: _Strand, number: int) -> _Strand:
        label = self._labels[number]
        own, texts, heads, tail, begun = (*strand.own, number), strand.texts, strand.heads, strand.tail, strand.begun
        if label in TELLING:
            texts = (*texts, number)
        if label is Label.HEADLINE:
            heads = (*heads, number)
        elif label in _BODY:
            tail, begun = number if self._weights.open_end(number) else None, True
        return _Strand(own, texts, heads, strand.labels | {label}, tail, begun)

    def _below(self, number: int, strand: _Strand) -> float:
        """How well a paragraph goes below a strand: matter, column, and the sentence or its beginning."""
        weights = self._weights
        if not strand.begun:
            head = BELOW_HEAD if strand.own else ORPHAN
            return head + min(0.0, weights.begins(number)) + max(0.0, weights.about(number, strand.texts))
        last = strand.texts[-1]
        weight = weights.about(number, strand.texts) + weights.same_column(last, number)
        weight += weights.set_off(strand.own, last, number) + weights.witnessed(strand.own[-1], last, number)
        return weight + (weights.begins_below(number) if strand.tail is None else weights.joint(strand.tail, number))


def _moves(strand: _Strand, beside: bool) -> float:
    """The weight of going over to a strand; ``beside`` tells that nothing but a headline stands between."""
    if strand.tail is None:
        return STAYS if beside else RETURNS
    return GOES_ON if beside else JUMPS
