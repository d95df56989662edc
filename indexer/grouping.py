"""From pairs that are alike to stories with their versions; two stories of one file are never versions of each other.

Pairs are joined greedily, those whose headlines agree first, then those with most in common, so that of several
stories of a file the one that fits best is taken. Only the fragments of a story that one extraction tore apart may
stand in one group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.likeness import Likeness, Reading, Verdict
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
    """Two ids, how many letters they have in common and where, whether the headlines agree, and what all that tells."""

    left: str
    right: str
    common: int
    agreeing: bool
    in_left: Span
    in_right: Span
    verdict: Verdict

    @classmethod
    def of(cls, likeness: Likeness) -> Match:
        blocks = likeness.blocks or [Block(0, 0, 0)]
        first, last = blocks[0], blocks[-1]
        in_left, in_right = (first.a, last.a + last.size), (first.b, last.b + last.size)
        ids = likeness.left.article.id, likeness.right.article.id
        return cls(*ids, likeness.common, likeness.headlines_agree, in_left, in_right, likeness.verdict)


@dataclass(slots=True)
class Group:
    """The versions of one story by file, and the days on which all of them can have been printed."""

    members: dict[str, list[str]]
    days: Sequence[int]
    size: int = 1

    @property
    def ids(self) -> list[str]:
        return [identity for ids in self.members.values() for identity in ids]


class Groups:
    """Groups that grow match by match; ``sizes`` is the number of stories in each file.

    ``overlaps`` says how many letters each grouped version has in common with the one that it was joined by.
    """

    def __init__(self, versions: Mapping[str, Version], matches: Sequence[Match], sizes: Mapping[str, int]) -> None:
        self.overlaps: dict[str, int] = {}
        self._versions = versions
        self._of = {i: Group({version.origin: [i]}, version.days) for i, version in versions.items()}
        self._spans: dict[str, dict[str, Span]] = defaultdict(dict)
        self._apart: dict[str, set[str]] = defaultdict(set)
        same = [match for match in matches if match.verdict is Verdict.SAME]
        likely = [match for match in matches if match.verdict is Verdict.LIKELY]
        self._keep_apart(match for match in matches if match.verdict is Verdict.APART)
        self._join(same)
        mates = self._mates(same, sizes)
        self._join(match for match in likely if self._files(match) in mates)

    def all(self) -> list[list[str]]:
        """The ids of every group of two and more, the best version first."""
        groups = {id(group): group.ids for group in self._of.values()}.values()
        return [sorted(ids, key=lambda identity: self._versions[identity].rank) for ids in groups if len(ids) > 1]

    def _keep_apart(self, matches: Iterable[Match]) -> None:
        for match in matches:
            self._apart[match.left].add(match.right)
            self._apart[match.right].add(match.left)

    def _join(self, matches: Iterable[Match]) -> None:
        """Puts the two of each match into one group unless their groups contradict each other."""
        for match in sorted(matches, key=lambda match: (not match.agreeing, -match.common, match.left, match.right)):
            self._spans[match.left][match.right] = match.in_right
            self._spans[match.right][match.left] = match.in_left
            smaller, larger = sorted((self._of[match.left], self._of[match.right]), key=lambda group: group.size)
            if smaller is not larger and self._agree(smaller, larger):
                self._merge(smaller, larger)
                for identity in match[:2]:
                    self.overlaps.setdefault(identity, match.common)

    def _mates(self, matches: Iterable[Match], sizes: Mapping[str, int]) -> set[frozenset[str]]:
        """Pairs of files that are extractions of one page."""
        pairs = Counter(self._files(match) for match in matches if self._of[match.left] is self._of[match.right])
        return {pair for pair, count in pairs.items() if count >= MATES * min(sizes[origin] for origin in pair)}

    def _files(self, match: Match) -> frozenset[str]:
        return frozenset((self._versions[match.left].origin, self._versions[match.right].origin))

    def _agree(self, smaller: Group, larger: Group) -> bool:
        """Whether the days, the files and what is known to be apart let two groups be one."""
        if smaller.days and larger.days and not _common_days(smaller.days, larger.days):
            return False
        if any(self._of[other] is larger for identity in smaller.ids for other in self._apart.get(identity, ())):
            return False
        shared = smaller.members.keys() & larger.members.keys()
        both = [(a, b) for origin in shared for a in smaller.members[origin] for b in larger.members[origin]]
        return all(self._fragments(one, other) for one, other in both)

    def _fragments(self, one: str, other: str) -> bool:
        """Whether two stories of a file are parts of one that another file has whole."""
        headline = self._versions[one].headline
        if headline and headline == self._versions[other].headline:
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
        part = self._versions[identity]
        return part.headline in self._versions[whole].headline and bool(part.headline or not part.signed)

    def _merge(self, smaller: Group, larger: Group) -> None:
        for origin, ids in smaller.members.items():
            larger.members.setdefault(origin, []).extend(ids)
            self._of.update(dict.fromkeys(ids, larger))
        larger.size += smaller.size
        if smaller.days:
            larger.days = _common_days(smaller.days, larger.days) if larger.days else smaller.days


def _common_days(a: Sequence[int], b: Sequence[int]) -> Sequence[int]:
    """The days of both spans, none if they do not overlap; spans that overlap in pairs have a day in common."""
    first, last = max(a[0], b[0]), min(a[1], b[1])
    return (first, last) if first <= last else ()


def _apart(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) <= _ASTRAY
