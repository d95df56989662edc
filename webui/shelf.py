"""Where the web application keeps its archive."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from flask import current_app

from search.archive import Archive


class Shelf:
    """An archive that is opened at the first question and kept; after a failure the next question tries again."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._lock = Lock()
        self._archive: Archive | None = None

    def archive(self) -> Archive:
        """The open archive; IndexMissing or IndexUnreadable when there is none."""
        with self._lock:
            if self._archive is None:
                self._archive = Archive.open(self._path)
            return self._archive


def archive() -> Archive:
    """The archive of the running application."""
    shelf: Shelf = current_app.extensions["baoku"]
    return shelf.archive()
