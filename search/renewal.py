"""Bringing an index to today's dictionary: every stored article is cut into words anew."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from search.archive import Archive

_BATCH = 2_000


def renew(path: Path) -> Archive:
    """The archive at ``path`` with all its articles, indexed with the user dictionary and folding in force now.

    Readers see the old index until the new one is whole.

    Raises:
        IndexMissing, IndexUnreadable: there is no index that can be read.
        IndexBusy: another process is writing.
    """
    old = Archive.open(path)
    identities = iter([card.id for card in old.cards()])
    with Archive.rebuilding(path) as fresh:
        while batch := list(islice(identities, _BATCH)):
            fresh.update(entry for identity in batch if (entry := old.entry(identity)))
    return Archive.open(path)
