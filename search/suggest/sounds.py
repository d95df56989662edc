"""Which terms a typed text may be read as: by their characters, by full pinyin, by initials, by any mixture.

A typed text is a lattice: from each of its places some steps lead on, each over one character of a term that is one
of a set. All terms stand in one array of code points, and all are followed at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from search.engine.columns import spread
from search.engine.postings import Ints
from search.suggest.readings import Readings, Units

Costs = NDArray[np.int64]
_END = "\n"
_SEPARATORS = "' "
_MOST_CHARACTERS = 24
"""Characters of a term up to which it is followed."""
_TWO_LETTERS = ("zh", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed up to ``end`` may stand for any one of ``chars``; the less it costs, the more likely it is."""

    end: int
    chars: Units
    cost: int = 0


Lattice = Sequence[Sequence[Step]]
"""The steps from each place of a typed text."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What the text up to ``end`` may stand for: the characters from ``starts`` to ``stops``, each at a cost."""

    end: int
    starts: Ints
    stops: Ints
    costs: Costs


def typing(text: str, readings: Readings) -> Lattice:
    """A text that is being typed: characters, syllables, initials in place of syllables, the last cut short."""
    text = text.replace("ü", "v")
    return [[*_itself(text, at), *_syllables(text, at, readings), *_shortened(text, at, readings)] for at in _at(text)]


def speaking(text: str, readings: Readings) -> Lattice:
    """A text that is complete but may be written by its sound: homophones, whole syllables."""
    text = text.replace("ü", "v")
    return [[*_itself(text, at), *_heard(text, at, readings), *_spelt(text, at, readings)] for at in _at(text)]


def _at(text: str) -> range:
    return range(len(text))


def _itself(text: str, at: int) -> Iterator[Step]:
    if text[at] < "\U00010000":
        yield Step(_past(text, at + 1), np.array([ord(text[at])], dtype=np.uint16))


def _syllables(text: str, at: int, readings: Readings) -> Iterator[Step]:
    for syllable in readings.syllables_at(text, at):
        # A single vowel is an initial as well, and more often that.
        yield Step(_past(text, at + len(syllable)), readings.spelt(syllable), int(len(syllable) == 1))


def _shortened(text: str, at: int, readings: Readings) -> Iterator[Step]:
    """Initials, and the letters that the text ends with as the beginning of a syllable."""
    for letters in (text[at], text[at : at + 2]):
        if len(letters) == 1 or letters in _TWO_LETTERS:
            yield Step(_past(text, at + len(letters)), readings.beginning(letters), 1)
    yield Step(len(text), readings.beginning(text[at:]), 1)


def _heard(text: str, at: int, readings: Readings) -> Iterator[Step]:
    for syllable in readings.of(text[at]):
        yield Step(at + 1, readings.spelt(syllable), 1)
        yield Step(at + 1, readings.sounding(syllable), 2)


def _spelt(text: str, at: int, readings: Readings) -> Iterator[Step]:
    yield from _syllables(text, at, readings)
    for syllable in readings.syllables_at(text, at):
        yield Step(_past(text, at + len(syllable)), readings.sounding(syllable), 1)


def _past(text: str, at: int) -> int:
    """The place behind the separators that stand at a place."""
    while at < len(text) and text[at] in _SEPARATORS:
        at += 1
    return at


class Terms(Sequence[str]):
    """Terms as one array; a term is known by its number."""

    def __init__(self, texts: Iterable[str]) -> None:
        joined = "".join(chain.from_iterable((text, _END) for text in texts)).encode("utf-16-le", "surrogatepass")
        self._codes = np.frombuffer(joined, np.uint16)
        ends = np.flatnonzero(self._codes == ord(_END))
        self._starts = np.append(0, ends + 1).astype(np.int32)
        self._anywhere = _Places(self._codes, np.arange(len(self._codes), dtype=np.int32))
        self._at_starts = _Places(self._codes, self._starts[:-1])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        codes = self._codes.tobytes()
        for start, end in pairwise((2 * self._starts).tolist()):
            yield codes[start : end - 2 * len(_END)].decode("utf-16-le", "surrogatepass")

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        start, end = self._starts[range(len(self))[number] :][:2].tolist()
        return self._codes[start : end - len(_END)].tobytes().decode("utf-16-le", "surrogatepass")

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return self._codes.nbytes + self._starts.nbytes + self._anywhere.nbytes + self._at_starts.nbytes

    def numbers(self, places: Ints) -> Ints:
        """The terms in which some places are."""
        return np.searchsorted(self._starts, places.astype(np.int32), side="right") - 1

    def is_start(self, places: Ints) -> NDArray[np.bool_]:
        """Whether a term begins at each place."""
        starts: NDArray[np.bool_] = self._starts[self.numbers(places)] == places
        return starts

    def follow(self, lattice: Lattice, first: int = 0) -> Iterator[Reached]:
        """What whole terms, from their beginning, the text may stand for from its place ``first`` on."""
        for reached in self._follow(lattice, first, self._at_starts):
            whole = self._codes[reached.stops] == ord(_END)
            if whole.any():
                yield Reached(reached.end, reached.starts[whole], reached.stops[whole], reached.costs[whole])

    def within(self, lattice: Lattice) -> Iterator[Reached]:
        """Where in the terms all of the text may stand."""
        return (reached for reached in self._follow(lattice, 0, self._anywhere) if reached.end == len(lattice))

    def _follow(self, lattice: Lattice, first: int, places: _Places) -> Iterator[Reached]:
        """The ways from some places, by the end in the text and the number of characters of terms."""
        fronts: dict[int, dict[int, list[tuple[Ints, Costs]]]] = defaultdict(lambda: defaultdict(list))
        for step in lattice[first]:
            begun = places.having(step.chars)
            fronts[step.end][1].append((begun + 1, np.full(len(begun), step.cost)))
        for at in range(first + 1, len(lattice) + 1):
            for count, ways in fronts.pop(at, {}).items():
                stops, costs = _cheapest(ways)
                if len(stops):
                    yield Reached(at, stops - count, stops, costs)
                if at < len(lattice) and len(stops) and count < _MOST_CHARACTERS:
                    codes = self._codes[stops]
                    for step in lattice[at]:
                        fits = _mask(step.chars)[codes]
                        fronts[step.end][count + 1].append((stops[fits] + 1, costs[fits] + step.cost))


class _Places:
    """Some places by the character that stands there."""

    def __init__(self, codes: Units, places: NDArray[np.int32]) -> None:
        self._places = places[np.argsort(codes[places], kind="stable")]
        self._codes = codes[self._places]

    @property
    def nbytes(self) -> int:
        return self._places.nbytes + self._codes.nbytes

    def having(self, chars: Units) -> Ints:
        """The places at which one of some characters stands."""
        firsts, lasts = (np.searchsorted(self._codes, chars, side) for side in ("left", "right"))
        return self._places[spread(firsts, lasts - firsts)].astype(np.int64)


def _mask(chars: Units) -> NDArray[np.bool_]:
    mask = np.zeros(0x10000, dtype=bool)
    mask[chars] = True
    return mask


def _cheapest(ways: Sequence[tuple[Ints, Costs]]) -> tuple[Ints, Costs]:
    """The places that are reached, each once, with the least cost."""
    if len(ways) == 1:
        return ways[0]
    places = np.concatenate([places for places, _ in ways])
    costs = np.concatenate([costs for _, costs in ways])
    order = np.lexsort((costs, places))
    first = np.flatnonzero(np.diff(places[order], prepend=-1))
    return places[order[first]], costs[order[first]]
