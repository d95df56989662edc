"""Several extractions of one printed page: the same story found again, its best version leading.

Every story keeps a sketch: the hashes of its five-character shingles that are divisible by SAMPLE
(Broder, On the resemblance and containment of documents, 1997). Shared hashes propose pairs, and the
overlap of all shingles decides, measured on the shorter story, since one extraction often cuts what
the other has whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from zlib import crc32

from indexer.prose import bare
from search.article import Article
from search.text import fold

SHINGLE = 5
SAMPLE = 8
OVERLAP = 0.55
"""The share of the shorter story's shingles that the longer one must have."""

_CROWD = 24
_SHORTEST = 40
_NUMBER = re.compile(r"\d+")


def shingles(article: Article) -> frozenset[int]:
    """32-bit hashes of all runs of SHINGLE letters or characters of the folded text, punctuation left out."""
    text = bare(f"{article.title or ''}\n{article.body}")
    return frozenset(crc32(text[i : i + SHINGLE].encode()) for i in range(len(text) - SHINGLE + 1))


def sketch(article: Article) -> tuple[int, ...]:
    """The sampled shingle hashes, ascending; empty for a text too short to be told apart from others.

    A ready article that says itself whose version it is takes no part either.
    """
    if article.duplicate_of:
        return ()
    hashes = shingles(article)
    return tuple(sorted(h for h in hashes if h % SAMPLE == 0)) if len(hashes) >= _SHORTEST else ()


def candidates(sketches: Mapping[str, Sequence[int]], files: Mapping[str, str]) -> set[tuple[str, str]]:
    """Pairs of ids from different files that share at least two sampled shingles.

    A shingle that stands in more than a crowd of stories is a set phrase and proposes nothing.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for identity, hashes in sketches.items():
        for value in hashes:
            holders[value].append(identity)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for ids in holders.values():
        if 1 < len(ids) <= _CROWD:
            for left, right in combinations(sorted(ids), 2):
                shared[left, right] += files[left] != files[right]
    return {pair for pair, count in shared.items() if count >= 2}


def same_story(left: Article, right: Article) -> bool:
    """Whether two articles are extractions of one printed story.

    The dates must not contradict each other, and stories alike but for their numbers (the notices of two
    days) stay apart.
    """
    if not _dates_agree(left, right):
        return False
    a, b = shingles(left), shingles(right)
    overlap = len(a & b) / max(1, min(len(a), len(b)))
    return overlap >= OVERLAP and not (overlap < 1 and _differ_in_numbers(left, right))


def group(pairs: Iterable[tuple[str, str]], versions: Mapping[str, Article]) -> dict[str, str]:
    """The id of the best version for every id that is not the best itself."""
    leader: dict[str, str] = {}

    def find(identity: str) -> str:
        while leader.get(identity, identity) != identity:
            identity = leader[identity]
        return identity

    for left, right in sorted(pairs):
        best, other = sorted((find(left), find(right)), key=lambda identity: _rank(versions[identity]))
        leader[other] = best
    return {identity: find(identity) for identity in leader if find(identity) != identity}


def _rank(article: Article) -> tuple[bool, bool, int, str]:
    """Best first: complete, with a headline, longest; the id makes the order certain."""
    return (not article.complete, article.title is None, -len(article.body), article.id)


def _dates_agree(left: Article, right: Article) -> bool:
    a, b = left.date, right.date
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end


def _differ_in_numbers(left: Article, right: Article) -> bool:
    if max(len(left.body), len(right.body)) > 400:
        return False
    a, b = (_NUMBER.findall(fold(f"{article.title or ''} {article.body}")) for article in (left, right))
    return len(set(a) ^ set(b)) > 0.4 * max(1, len(set(a) | set(b)))
