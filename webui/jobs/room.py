"""The folder of a process in which its exports are written: locked while it runs, swept away by the next one after."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

PREFIX = "baoku-exports-"
_LOCK = "lock"


class Room:
    """A new folder in the folder for temporary files (TMPDIR)."""

    def __init__(self) -> None:
        sweep()
        # Locked under another name first, so that nobody sweeps it away in between.
        made = Path(mkdtemp(prefix=f"new-{PREFIX}"))
        self._lock = os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self.path = made.with_name(made.name.removeprefix("new-"))
        made.rename(self.path)

    def folder(self, name: str) -> Path:
        """A new folder in it."""
        made = self.path / name
        made.mkdir()
        return made

    def size(self) -> int:
        """The bytes of everything in it."""
        total = 0
        for folder, _, names in os.walk(self.path):
            for name in names:
                with suppress(OSError):  # files come and go
                    total += os.stat(os.path.join(folder, name)).st_size
        return total

    def close(self) -> None:
        """Removes it with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def sweep() -> None:
    """Removes the folders of processes of this user that have ended without doing so."""
    for left in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.lstat().st_uid == os.getuid() and _is_left(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
