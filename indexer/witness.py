"""What the other extractions of a page say of a cut: does one text stand there right behind another, in one run?

Only letters are compared (punctuation, blanks and line ends do not count), and one of the few that are looked at may be
misread. Where two texts touch within a line of the other extraction they are one run of print. The ends of its lines
tell less: where a column of print ends both extractions break, so what both have in the same order tells nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice

from rapidfuzz.distance import Levenshtein

from indexer.page import Block, Label
from search.letters import as_text, letter_codes

_LETTERS, _FEWEST = 8, 5
"""Letters on either side of a cut that are looked for, which a page hardly ever has twice; fewer stand anywhere."""
_LOOKED_AT = 40
"""Characters of a text within which so many letters stand."""
_INSERTED = 40
"""Letters of a caption, headline or credit that stands in the middle of a text."""
_PLACES, _MENTIONS = 4, 50
"""A text, or half of the letters that are looked for, that stands more often in an extraction tells nothing."""
_ONE_RUN, _NEXT_LINE = 8.0, 4.0
"""Log odds of two texts that touch within a line, or over the end of a line but not so on our page."""
_OTHER_RUN, _OTHER_LINE = -4.0, -2.0
"""The same where another text of our page touches one of the two."""
_MOST = 8.0
_RIGHT = (Label.PARAGRAPH, Label.SUBHEAD)
_LEFT = (Label.LEAD, Label.ITEM, *_RIGHT)
"""What may go on, and below what; bylines and datelines are alike in many stories."""


class Extraction:
    """Another extraction of a page: its letters in order, and where its lines begin."""

    def __init__(self, text: str) -> None:
        lines = [as_text(letter_codes(line)) for line in text.split("\n")]
        self._letters = "".join(lines)
        self._line_starts = frozenset(accumulate(map(len, lines), initial=0))

    @cached_property
    def _reversed(self) -> str:
        return self._letters[::-1]

    def following(self, lefts: Mapping[int, str], rights: Mapping[int, str]) -> dict[tuple[int, int], bool]:
        """The numbers of texts of which the one stands right behind the other here, and whether within a line."""
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for left, text in lefts.items():
            for place in self._ends(text):
                ends[place].append(left)
        return {
            (left, right): self._line_starts.isdisjoint((end, start))
            for right, text in rights.items()
            for start in self._starts(text, ends)
            for end in (start - 1, start + 1, start)
            for left in ends.get(end, ())
            if left != right
        }

    def touch(self, left: str, right: str) -> bool:
        """Whether the one text stands right behind the other here."""
        return bool(self.following({0: left}, {1: right}))

    def runs_on(self, left: str, right: str) -> bool | None:
        """Whether a line runs on from the one text to the other; None where it need not, or one of them is not here.

        A caption or headline may stand between the two.
        """
        ends = self._ends(left)
        starts = self._starts(right, ends) if ends else ()
        places = {*ends, *starts}
        if not starts or self._line_starts.issuperset(places):
            return None
        distance = min((start - end for end in ends for start in starts if start >= end - 1), default=_INSERTED)
        if distance > 1:
            return None if distance < _INSERTED else False
        return True if self._line_starts.isdisjoint(places) else None

    def _ends(self, text: str) -> Sequence[int]:
        """Where the last letters of a text end."""
        last = as_text(letter_codes(text[-_LOOKED_AT:]))[-_LETTERS:]
        return _few(_ends(last, self._letters))

    def _starts(self, text: str, ends: Iterable[int]) -> Sequence[int]:
        """Where the first letters of a text begin; all of a very short one, which must stand behind one of the ends."""
        first = as_text(letter_codes(text[:_LOOKED_AT]))[:_LETTERS]
        if 0 < len(first) < _FEWEST:
            return _few(end for end in ends if self._letters.startswith(first, end))
        return [len(self._letters) - place for place in _few(_ends(first[::-1], self._reversed))]


def runs_on(extractions: Sequence[Extraction], left: str, right: str) -> bool | None:
    """Whether a line of an extraction runs on from the one text to the other; None where nothing tells."""
    told = [extraction.runs_on(left, right) for extraction in extractions]
    return True if True in told else False if False in told else None


class Witnesses:
    """What other extractions say of the blocks of a page, which are given in the order of the page."""

    def __init__(self, extractions: Sequence[Extraction], blocks: Sequence[Block]) -> None:
        lefts = {number: block.text for number, block in enumerate(blocks) if block.label in _LEFT}
        rights = {number: block.text for number, block in enumerate(blocks) if block.label in _RIGHT}
        self._accounts = [_Account(extraction.following(lefts, rights)) for extraction in extractions]

    def odds(self, left: int, right: int) -> float:
        """Log odds that one block goes on right behind another; 0 when nothing tells."""
        return max(-_MOST, min(_MOST, sum(account.odds(left, right) for account in self._accounts)))

    def doubts(self, number: int) -> bool:
        """Whether elsewhere than here a block stands below another."""
        return any(account.doubts(number) for account in self._accounts)


class _Account:
    """What one extraction says: ``following`` are the pairs that touch in it."""

    def __init__(self, following: Mapping[tuple[int, int], bool]) -> None:
        self._together: dict[tuple[int, int], float] = {}
        self._behind: defaultdict[int, float] = defaultdict(float)
        self._before: defaultdict[int, float] = defaultdict(float)
        for (left, right), within in following.items():
            as_here = right == left + 1
            self._together[left, right] = _ONE_RUN if within else 0.0 if as_here else _NEXT_LINE
            other = _OTHER_RUN if within else 0.0 if as_here else _OTHER_LINE
            self._behind[left] = min(self._behind[left], other)
            self._before[right] = min(self._before[right], other)

    def doubts(self, number: int) -> bool:
        return self._before.get(number, 0.0) < 0

    def odds(self, left: int, right: int) -> float:
        if (left, right) in self._together:
            return self._together[left, right]
        return self._behind.get(left, 0.0) + self._before.get(right, 0.0)


def _few(places: Iterable[int]) -> list[int]:
    """The places in order; none when there are too many."""
    found = sorted(set(islice(places, _PLACES + 1)))
    return found if len(found) <= _PLACES else []


def _ends(letters: str, whole: str) -> Iterator[int]:
    """The places behind the letters in a text that has at most one of them misread, lost or doubled."""
    if len(letters) < _FEWEST:
        return
    front, back = letters[: len(letters) // 2], letters[len(letters) // 2 :]
    for place in _places(back, whole):
        if any(_is_misread(front, whole[max(0, place - size) : place]) for size in _sizes(front)):
            yield place + len(back)
    for place in _places(front, whole):
        begin = place + len(front)
        sizes = () if whole.startswith(back, begin) else _sizes(back)
        yield from islice((begin + size for size in sizes if _is_misread(back, whole[begin : begin + size])), 1)


def _places(piece: str, whole: str) -> Iterator[int]:
    place = whole.find(piece) if whole.count(piece) <= _MENTIONS else -1
    while place >= 0:
        yield place
        place = whole.find(piece, place + 1)


def _sizes(piece: str) -> tuple[int, int, int]:
    return len(piece), len(piece) + 1, len(piece) - 1


def _is_misread(piece: str, read: str) -> bool:
    return Levenshtein.distance(piece, read, score_cutoff=1) <= 1
