"""The newest state of a store, which other processes may write to at any time."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from search.engine.damage import FilesGone, readable
from search.engine.snapshot import Snapshot
from search.engine.store import Store
from search.errors import IndexMissing

LOOK_SECONDS = 0.5
_TRIES = 10


class Newest:
    """The newest snapshot of a store, for any number of threads; commits show within LOOK_SECONDS."""

    def __init__(self, store: Store, snapshot: Snapshot | None = None) -> None:
        """With ``snapshot`` it is that one for ever.

        Raises:
            IndexUnreadable: the index is damaged.
        """
        self._store = store
        self._lock = threading.Lock()
        self._looked = monotonic() if snapshot is None else math.inf
        self._snapshot = snapshot or _load(store)

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """The snapshot, to be read in a block in which damage becomes IndexUnreadable."""
        with readable(self._store.path):
            yield self.snapshot()

    def snapshot(self) -> Snapshot:
        """The snapshot as far as anyone has looked; only one thread looks, the others go on with the old."""
        if monotonic() - self._looked > LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._snapshot

    def look(self) -> None:
        """Looks now, as after a commit of one's own."""
        with self._lock:
            self._refresh()

    def _refresh(self) -> None:
        if self._store.stamp() != self._snapshot.stamp:
            self._snapshot = _load(self._store, self._snapshot)
        self._looked = monotonic()


def _load(store: Store, earlier: Snapshot | None = None) -> Snapshot:
    """The newest snapshot; tried again while commits delete files faster than they can be opened.

    While a rebuilt index is being moved into its place there is none for a moment: the earlier snapshot goes on.
    """
    for _ in range(_TRIES):
        stamp = store.stamp()
        if earlier and stamp[0] < 0:
            return earlier
        try:
            return store.snapshot(earlier)
        except (FilesGone, IndexMissing):
            if store.stamp() == stamp:
                raise
    return store.snapshot(earlier)
