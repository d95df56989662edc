"""A receipt asked once more: the same list, or exactly what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.archive import Archive
from search.engine.listing import Listing
from search.message import Message
from search.receipt.record import Named, Receipt

KINDS = ("added", "removed", "changed")
REASONS: Mapping[str, str] = {
    "new": Message("新入库，或改动后才符合条件"),
    "read otherwise": Message("馆藏没有变，是检索的读法变了"),
    "other version": Message("同一篇报道，改由另一个版本代表"),
    "gone": Message("已不在库中"),
    "corrected away": Message("文字或著录有更正，不再符合条件"),
    "no longer": Message("文字没有变，不再符合条件"),
    "corrected": Message("文字或著录有更正"),
}
"""Why an article is another than before, in words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One article that is another than before: ``kind`` is one of KINDS.

    ``why`` is a key of REASONS; ``before`` and ``now`` are its places in the two lists, counted from 1.
    """

    kind: str
    id: str
    why: str
    before: int | None
    now: int | None


@dataclass(frozen=True)
class Replay:
    """A receipt and the same search now. ``changes`` has what was added, then removed, then changed, each in order."""

    receipt: Receipt
    now: Listing
    changes: Sequence[Change]

    @cached_property
    def reordered(self) -> bool:
        """Whether the articles that both lists have stand in another order."""
        common = {*self.receipt.ids} & {*self.now.ids}
        before, now = ([one for one in ids if one in common] for ids in (self.receipt.ids, self.now.ids))
        return before != now

    @property
    def verdict(self) -> str:
        """``identical``, ``reordered`` (the same articles in another order) or ``different``."""
        return "different" if self.changes else "reordered" if self.reordered else "identical"

    @property
    def counts(self) -> Mapping[str, int]:
        """How many articles were added, removed and changed."""
        return {kind: sum(change.kind == kind for change in self.changes) for kind in KINDS}

    def name(self, change: Change) -> Named:
        """The article as it is now, else as the receipt has it; nothing where neither knows more than its id."""
        article = self.now.article(change.id)
        if article:
            return Named.of(article)
        return self.receipt.named[change.before - 1] if change.before and self.receipt.named else Named("", "")


def replay(archive: Archive, receipt: Receipt) -> Replay:
    """Asks the archive once more what the receipt's search found.

    Raises:
        QueryRefused: the archive refuses the search.
    """
    now = archive.listed(receipt.request)
    return Replay(receipt, now, list(_changes(receipt, now)))


def _changes(receipt: Receipt, now: Listing) -> Iterator[Change]:
    old, new = _Side(receipt.ids, receipt.digests), _Side(now.ids, now.digests)
    added = [one for one in new.places if one not in old.places]
    removed = [one for one in old.places if one not in new.places]
    exchanged, standing = _exchanged(now, added, removed), now.standing(removed)
    arose = "read otherwise" if receipt.corpus.version == now.corpus.version else "new"
    for one in added:
        yield Change("added", one, "other version" if one in exchanged else arose, None, new.places[one])
    for one in removed:
        why = "other version" if one in exchanged else _left(standing.get(one), old.digests[one])
        yield Change("removed", one, why, old.places[one], None)
    for one, digest in old.digests.items():
        if new.digests.get(one, digest) != digest:
            yield Change("changed", one, "corrected", old.places[one], new.places[one])


class _Side:
    """One of the two lists: the place, from 1, and the digest of each id."""

    def __init__(self, ids: Sequence[str], digests: Sequence[str]) -> None:
        self.places = {one: place for place, one in enumerate(ids, 1)}
        self.digests = dict(zip(ids, digests, strict=True))


def _exchanged(now: Listing, added: Sequence[str], removed: Sequence[str]) -> set[str]:
    """Versions of a story of which another version stands in the other list."""
    came, went = now.stories(added), now.stories(removed)
    both = {*came.values()} & {*went.values()}
    return {one for stories in (came, went) for one, story in stories.items() if story in both}


def _left(digest: str | None, before: str) -> str:
    if digest is None:
        return "gone"
    return "no longer" if digest == before else "corrected away"
