"""Where the web application keeps its archive, and the states of it to which lists in progress belong."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from flask import current_app, g

from search.archive import Archive

MOMENTS = 4
"""States of the archive that are kept for lists in progress, by default; each keeps its files on the disk."""


class Shelf:
    """An archive that is opened at the first question and kept; after a failure the next question tries again.

    ``opened`` is that archive where it is open already. So many ``moments``, states of it, are kept.
    """

    def __init__(self, path: str | Path, opened: Archive | None = None, moments: int = MOMENTS) -> None:
        self._path, self._most = path, moments
        self._lock = Lock()
        self._archive = opened
        self._moments: OrderedDict[str, Archive] = OrderedDict()

    def archive(self) -> Archive:
        """The open archive; IndexMissing or IndexUnreadable when there is none."""
        with self._lock:
            if self._archive is None:
                self._archive = Archive.open(self._path)
            return self._archive

    def keep(self, moment: Archive) -> str:
        """The name of a state of the archive, which is kept until so many others have been asked for since."""
        state = moment.state
        with self._lock:
            if state not in self._moments:
                for earlier in self._moments.values():
                    earlier.rest()
                self._moments[state] = moment
            self._moments.move_to_end(state)
            while len(self._moments) > self._most:
                self._moments.popitem(last=False)
        return state

    def moment(self, state: str) -> Archive | None:
        """The archive in a state that is its present one or was kept."""
        now = self.archive().now()
        if now.state == state:
            return now
        with self._lock:
            return self._moments.get(state)


def shelf() -> Shelf:
    """The shelf of the running application."""
    kept: Shelf = current_app.extensions["baoku"]
    return kept


def archive() -> Archive:
    """The archive of the running application, with all that was committed before this request came.

    Several processes answer one reader: if each looked in its own time, the reader would be taken back and forth.
    """
    kept = shelf().archive()
    if not g.get("looked"):
        kept.look()
        g.looked = True
    return kept
