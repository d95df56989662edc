"""From pairs that are alike to stories with their versions; two stories of one file are never versions of each other.

Pairs are joined greedily, those with most in common first, so that of several stories of a file the best fits.
Only the fragments of a story that one extraction tore apart may stand in one group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.likeness import Likeness, Reading
from search.align import Block

MATES = 0.4
"""Files are extractions of one page when so large a share of the smaller one's stories are versions of the other's."""

_ASTRAY = 12
"""Letters by which the fragments of a story may overlap."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Version:
    """What must be known of an article to group it; the lowest ``rank`` leads."""

    id: str
    origin: str
    days: Sequence[int]
    headline: str
    signed: bool
    rank: tuple[bool, bool, int, str]

    @classmethod
    def of(cls, reading: Reading, origin: str, days: Sequence[int]) -> Version:
        """Best is what is complete, has a headline and is longest; the id makes the order certain."""
        article = reading.article
        rank = (not article.complete, article.title is None, -len(article.body), article.id)
        return cls(article.id, origin, days, reading.headline, article.byline is not None, rank)


class Match(NamedTuple):
    """Two ids whose texts are alike, how many letters they have in common and where; ``sure`` by the texts alone."""

    left: str
    right: str
    common: int
    in_left: Span
    in_right: Span
    sure: bool

    @classmethod
    def of(cls, likeness: Likeness, sure: bool) -> Match:
        blocks = likeness.blocks or [Block(0, 0, 0)]
        first, last = blocks[0], blocks[-1]
        in_left, in_right = (first.a, last.a + last.size), (first.b, last.b + last.size)
        return cls(likeness.left.article.id, likeness.right.article.id, likeness.common, in_left, in_right, sure)


@dataclass(slots=True)
class Group:
    """The versions of one story by file, and the days on which all of them can have been printed."""

    members: dict[str, list[str]]
    days: Sequence[int]

    @property
    def ids(self) -> list[str]:
        return [identity for ids in self.members.values() for identity in ids]


@dataclass(slots=True)
class Groups:
    """Groups that grow match by match."""

    versions: Mapping[str, Version]
    _of: dict[str, Group] = field(default_factory=dict)
    _spans: dict[str, dict[str, Span]] = field(default_factory=lambda: defaultdict(dict))

    def join(self, matches: Iterable[Match]) -> None:
        """Puts the two of each match into one group unless their groups contradict each other."""
        for match in sorted(matches, key=lambda match: (-match.common, match.left, match.right)):
            self._spans[match.left][match.right] = match.in_right
            self._spans[match.right][match.left] = match.in_left
            left, right = self._group(match.left), self._group(match.right)
            if left is not right and self._agree(left, right):
                self._merge(*sorted((left, right), key=lambda group: len(group.members)))

    def all(self) -> list[list[str]]:
        """The ids of every group of two and more, the best version first."""
        found = {id(group): group for group in self._of.values()}.values()
        return [
            sorted(group.ids, key=lambda identity: self.versions[identity].rank)
            for group in found
            if len(group.ids) > 1
        ]

    def mates(self, matches: Iterable[Match], sizes: Mapping[str, int]) -> set[frozenset[str]]:
        """Pairs of files that are extractions of one page, by the number of stories in each."""
        pairs = Counter(self._files(match) for match in matches if self._of[match.left] is self._of[match.right])
        return {pair for pair, count in pairs.items() if count >= MATES * min(sizes[origin] for origin in pair)}

    def among(self, mates: set[frozenset[str]], matches: Iterable[Match]) -> list[Match]:
        """The matches between files that are extractions of one page."""
        return [match for match in matches if self._files(match) in mates]

    def _files(self, match: Match) -> frozenset[str]:
        return frozenset((self.versions[match.left].origin, self.versions[match.right].origin))

    def _group(self, identity: str) -> Group:
        version = self.versions[identity]
        return self._of.setdefault(identity, Group({version.origin: [identity]}, version.days))

    def _agree(self, left: Group, right: Group) -> bool:
        if left.days and right.days and not _common_days(left.days, right.days):
            return False
        shared = left.members.keys() & right.members.keys()
        both = [(one, other) for origin in shared for one in left.members[origin] for other in right.members[origin]]
        return all(self._fragments(one, other) for one, other in both)

    def _fragments(self, one: str, other: str) -> bool:
        """Whether two stories of a file are parts of one that another file has whole."""
        headline = self.versions[one].headline
        if headline and headline == self.versions[other].headline:
            return False
        wholes = self._spans[one].keys() & self._spans[other].keys()
        return any(
            self._is_part(one, whole)
            and self._is_part(other, whole)
            and _apart(self._spans[one][whole], self._spans[other][whole])
            for whole in wholes
        )

    def _is_part(self, identity: str, whole: str) -> bool:
        """Whether a story has no headline and byline of its own, or a piece of the whole's headline."""
        part = self.versions[identity]
        return part.headline in self.versions[whole].headline and bool(part.headline or not part.signed)

    def _merge(self, smaller: Group, larger: Group) -> None:
        for origin, ids in smaller.members.items():
            larger.members.setdefault(origin, []).extend(ids)
            self._of.update(dict.fromkeys(ids, larger))
        if smaller.days:
            larger.days = _common_days(smaller.days, larger.days) if larger.days else smaller.days


def _common_days(a: Sequence[int], b: Sequence[int]) -> Sequence[int]:
    """The days of both spans, none if they do not overlap; spans that overlap in pairs have a day in common."""
    first, last = max(a[0], b[0]), min(a[1], b[1])
    return (first, last) if first <= last else ()


def _apart(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) <= _ASTRAY
