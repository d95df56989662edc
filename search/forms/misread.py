"""The strings of an archive that are misreadings of a text: what looks alike, and really stands there.

A text is cut in halves and these again, down to single characters. Every half gives the forms of it that stand in the
archive, two halves together those of the whole: what cannot stand is dropped as early as its first pair of
characters, and few of the many thousand forms are ever asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.forms.latin import CONFUSED, confused, edited
from search.forms.table import HEAVIEST, misreadings
from search.message import Message

Stands = Callable[[str], bool]

LIMIT = 64
QUESTIONS = 3000
"""How often one text may ask whether a string stands in the archive: some 60 ms."""
SHORT, LONGEST = 3, 40
"""Characters up to which only one may be exchanged, in longer texts two; and from which on nothing is looked for."""
WORD = range(4, 25)
"""Letters of a word that may have any one of them wrong: shorter ones would not be known again."""

_PIECE = re.compile("[a-z0-9]+|.", re.DOTALL)
_SECOND = 0.3
"""How much less likely a second misreading makes a form."""
_FLOOR = 0.06
"""Forms that are less likely are not looked for."""
_CONFUSED, _EDITED = 0.7, 0.4
"""The weights of letters that look alike, and of any one letter wrong."""


@dataclass(frozen=True, slots=True)
class Form:
    """A string of the archive that may be a misreading; ``weight`` is between 0 and 1, ``why`` in Chinese."""

    text: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Forms:
    """The likeliest first. ``more``: there were others beyond the limit, or not all could be tried."""

    forms: tuple[Form, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """How a piece may be read: ``changes`` are the exchanged parts, as they were and as they became."""

    text: str
    weight: float = 1.0
    changes: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: _Way) -> _Way:
        changes = self.changes + other.changes
        weight = self.weight * other.weight * (_SECOND if self.changes and other.changes else 1)
        return _Way(self.text + other.text, weight, changes)


def misread_forms(text: str, stands: Stands, limit: int = LIMIT) -> Forms:
    """The strings that the folded ``text`` may have been misread as; none for a single character.

    Of Chinese characters one may be exchanged for one that looks like it (search.forms.table), from four characters on
    two; of a run of letters and digits one sign that looks alike, of a word of four letters also any one letter.
    ``stands`` says whether a string stands anywhere in the archive; it is asked at most QUESTIONS times.

    Raises:
        BaokuError: data/misreadings.txt is broken.
    """
    if not 1 < len(text) <= LONGEST:
        return Forms(more=len(text) > LONGEST)
    pieces = _PIECE.findall(text)
    search = _Search(stands, 1 if len(text) <= SHORT else 2, QUESTIONS // max(1, len(pieces) - 1))
    ways = sorted((way for way in search.ways(pieces) if way.text != text), key=_likeliest)
    unlike = [way for way in ways if text not in way.text and way.text not in text]
    return Forms(tuple(map(_form, unlike[:limit])), search.cut or len(unlike) > limit)


class _Asked(dict[str, bool]):
    """Whether strings stand in the archive, each asked but once; after QUESTIONS all others count as absent."""

    def __init__(self, stands: Stands) -> None:
        self._stands = stands

    def __missing__(self, text: str) -> bool:
        if len(self) >= QUESTIONS:
            return False
        self[text] = known = self._stands(text)
        return known


class _Search:
    """The forms of the pieces of one text, with at most ``most`` exchanges and ``share`` questions at every joint."""

    def __init__(self, stands: Stands, most: int, share: int) -> None:
        self._most, self._share = most, share
        self._known = _Asked(stands)
        self.cut = False

    def ways(self, pieces: Sequence[str]) -> list[_Way]:
        """How the pieces may be read, unchanged or changed, as far as that stands in the archive."""
        if len(pieces) == 1:
            return self._of_piece(pieces[0])
        left, right = self.ways(pieces[: len(pieces) // 2]), self.ways(pieces[len(pieces) // 2 :])
        most = self._most
        pairs = ((one, other) for one in left for other in right if len(one.changes) + len(other.changes) <= most)
        return self._standing(one + other for one, other in pairs)

    def _of_piece(self, piece: str) -> list[_Way]:
        if not (piece.isascii() and piece.isalnum()):
            neighbours = misreadings().of(piece).items()
            changed = (_Way(other, weight / (HEAVIEST + 1), ((piece, other),)) for other, weight in neighbours)
            return [_Way(piece), *changed]
        ways = [_Way(form, _CONFUSED, ((was, became),)) for form, was, became in confused(piece)]
        if piece.isalpha() and len(piece) in WORD:
            ways += [
                _Way(form, _EDITED, ((was, became),)) for form, was, became in edited(piece, self._known.__getitem__)
            ]
        likeliest = {way.text: way for way in reversed(ways)}
        return self._standing([_Way(piece), *likeliest.values()])

    def _standing(self, ways: Iterable[_Way]) -> list[_Way]:
        """Those that stand in the archive, of the likeliest that may be asked for; pairs prove most of them wrong."""
        likely = sorted((way for way in ways if way.weight >= _FLOOR), key=_likeliest)
        possible = [way for way in likely if all(self._known[one + other] for one, other in pairwise(way.text))]
        self.cut |= len(possible) > self._share or len(self._known) >= QUESTIONS
        return [way for way in possible[: self._share] if self._known[way.text]]


def _likeliest(way: _Way) -> tuple[float, str]:
    return -way.weight, way.text


def _form(way: _Way) -> Form:
    edit = any(was.isascii() and (was, became) not in CONFUSED for was, became in way.changes)
    changes = tuple(map(_in_words, way.changes))
    why = Message("差一个字母：{changes}", changes=changes) if edit else Message("形近：{changes}", changes=changes)
    return Form(way.text, way.weight, why)


def _in_words(change: tuple[str, str]) -> str:
    was, became = change
    if not was:
        return Message("多了 {became}", became=became)
    return f"{was}→{became}" if became else Message("少了 {was}", was=was)
