"""What may have been meant by a text that finds nothing: a piece of it replaced by a term of the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nsmallest

import numpy as np

from search.message import Message
from search.suggest.query import KINDS, WORD
from search.suggest.sounds import Reached, speaking, typing
from search.suggest.vocabulary import Term, Vocabulary

MOST_CHARACTERS = 30
"""Characters of a text that is corrected."""

_LATIN = re.compile("[a-zü](?:[a-zü' ]*[a-zü])?")
_BEST = 8
"""Terms that are tried for one piece, and ways to read a run of letters."""
_LONGEST_INITIALS = 6
_NO_RARITY = -(1 << 62)
_SHORTENED, _EDITED = 2, 3
"""What makes initials and edits less likely than as many characters of another sound."""


@dataclass(frozen=True, order=True, slots=True)
class Correction:
    """A corrected text, and in Chinese what was done; the least is the most likely.

    ``cost`` says how unlikely it is, ``kept`` how much of the text is left as it was, ``rarity`` falls with the number
    of articles. ``name`` is the name that the whole text stands for, of the kind KINDS[kind]; None where it stands for
    none.
    """

    cost: int
    kept: int
    kind: int
    rarity: int
    text: str
    why: str
    name: str | None = field(default=None, compare=False)

    @property
    def is_sure(self) -> bool:
        """Whether it sounds like the text or is an edit of all of it: an edit of a part often makes nonsense."""
        return self.cost < _EDITED or (self.cost == _EDITED and self.kept == 0)


def corrections(vocabulary: Vocabulary, text: str) -> list[Correction]:
    """The corrections of a folded text, the most likely first; none when it is longer than MOST_CHARACTERS."""
    if not text or len(text) > MOST_CHARACTERS:
        return []
    best: dict[str, Correction] = {}
    for correction in sorted(_Corrector(vocabulary, text).everything()):
        best.setdefault(correction.text, correction)
    best.pop(text, None)
    return list(best.values())


def corrected_string(text: str, string: str, often: int) -> Correction:
    """A text with one edit as a string of the archive that was met so often."""
    return Correction(
        _EDITED, 0, len(KINDS), -often, string, Message("差一字：{text}→{string}", text=text, string=string)
    )


def is_latin(text: str) -> bool:
    """Whether a folded text may be pinyin."""
    return _LATIN.fullmatch(text) is not None


class _Corrector:
    """The corrections of one text."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self._vocabulary, self._text, self._readings = vocabulary, text, vocabulary.readings
        self._lattice = speaking(text, vocabulary.readings)

    def everything(self) -> Iterator[Correction]:
        yield from self._by_sound()
        yield from self._by_edit()
        for run in _LATIN.finditer(self._text):
            yield from self._by_initials(*run.span())
            yield from self._by_sentence(*run.span())

    def _by_sound(self) -> Iterator[Correction]:
        for start in range(len(self._text)):
            if self._is_border(start):
                for reached in self._vocabulary.sounds.follow(self._lattice, start):
                    if self._is_border(reached.end):
                        yield from self._spoken(start, reached)

    def _spoken(self, start: int, reached: Reached) -> Iterator[Correction]:
        piece = self._text[start : reached.end]
        how = Message("拼音") if is_latin(piece.rstrip()) else Message("音同或音近")
        for term, cost in self._likely(reached):
            yield self._replaced(start, reached.end, term, cost, how)

    def _likely(self, reached: Reached) -> list[tuple[Term, int]]:
        """The most likely terms that were reached, with their costs."""
        numbers = self._vocabulary.sounds.numbers(reached.starts)
        order = np.lexsort((-self._vocabulary.counts[numbers], reached.costs))[:_BEST]
        terms = [self._vocabulary[number] for number in numbers[order].tolist()]
        return list(zip(terms, reached.costs[order].tolist(), strict=True))

    def _by_edit(self) -> Iterator[Correction]:
        for start, end, number in self._vocabulary.edits.near(self._text):
            if self._is_border(start) and self._is_border(end):
                term, piece = self._vocabulary[number], self._text[start:end]
                # Left out at an end, a character may as well have been a wrong one.
                is_cut = piece.startswith(term.text) or piece.endswith(term.text)
                yield self._replaced(start, end, term, _EDITED + is_cut, Message("差一字"))

    def _by_initials(self, start: int, end: int) -> Iterator[Correction]:
        """Names by their initials; words would be too many."""
        letters = self._text[start:end]
        if not 2 <= len(letters) <= _LONGEST_INITIALS:
            return
        for reached in self._vocabulary.sounds.follow(typing(letters, self._readings)):
            if reached.end == len(letters):
                for term, cost in self._likely(reached):
                    if term.kind != WORD:
                        yield self._replaced(start, end, term, cost + _SHORTENED, Message("首字母"))

    def _by_sentence(self, start: int, end: int) -> Iterator[Correction]:
        """A run of letters read as several terms one after another."""
        kept = len(self._text) - (end - start)
        for cost, rarity, read in self._sentences(start, end):
            why = Message("拼音：{text}→{read}", text=self._text[start:end], read=read)
            yield Correction(cost, kept, len(KINDS), rarity, self._text[:start] + read + self._text[end:], why)

    def _sentences(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The best readings of a run of letters: cost, rarity and text of each.

        A term more costs one; the rarity is that of the rarest term.
        """
        ways: dict[int, list[tuple[int, int, str]]] = {start: [(0, _NO_RARITY, "")]}
        for at in range(start, end):
            so_far = nsmallest(_BEST, ways.pop(at, ()))
            for reached in self._vocabulary.sounds.follow(self._lattice[:end], at) if so_far else ():
                longer = (
                    (cost + more + (at > start), max(rarity, -term.count), read + term.text)
                    for term, more in self._likely(reached)
                    for cost, rarity, read in so_far
                )
                ways.setdefault(reached.end, []).extend(longer)
        return nsmallest(_BEST, ways.get(end, ()))

    def _replaced(self, start: int, end: int, term: Term, cost: int, how: str) -> Correction:
        text = self._text[:start] + term.text + self._text[end:]
        why = f"{how}：{self._text[start:end]}→{term.text}"
        kept, kind = len(self._text) - (end - start), KINDS.index(term.kind)
        name = term.name if not kept and term.kind != WORD else None
        return Correction(cost, kept, kind, -term.count, text, why, name)

    def _is_border(self, at: int) -> bool:
        """Whether no word of letters goes on at a place."""
        around = self._text[max(0, at - 1) : at + 1]
        return at in (0, len(self._text)) or not (around.isascii() and around.isalpha())
