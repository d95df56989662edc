"""The record of what was done to the archive and with it, and by whom: one JSON object a line, never changed.

What was searched for is in no line. A line is written by one call to a file opened for appending, so that any number
of processes may write to it (POSIX, O_APPEND), and whoever renames the file away loses nothing.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

OFF = "off"
"""The value of the setting with which nothing is recorded."""
ZONE = ZoneInfo("Asia/Shanghai")
TAIL = 4 << 20
"""Bytes from the end of the file that are read."""
LOGGER = logging.getLogger("baoku.audit")
_BEGINNING = '{"time": "'


@dataclass(frozen=True, slots=True)
class Read:
    """The newest lines first; whether the file has earlier ones, and how many lines could not be read."""

    lines: list[dict[str, Any]]
    earlier: bool
    unreadable: int


class Audit:
    """The record in a file, which is made with its first line; None for a server that keeps none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @property
    def kept(self) -> bool:
        """Whether there is a record at all."""
        return self._path is not None

    def write(self, event: str, **facts: Any) -> None:
        """Adds a line. A disk that is full or cannot be written to is complained of in the log, and stops nothing."""
        if self._path is None:
            return
        line = {"time": datetime.now(ZONE).isoformat(timespec="seconds"), "event": event, **facts}
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
            finally:
                os.close(file)
        except OSError as error:
            LOGGER.error("审计记录写不了 %s：%s (the audit log cannot be written)", self._path, error.strerror)

    def read(self) -> Read:
        """The newest lines, from the last TAIL bytes of the file.

        Raises:
            OSError: the file is there but cannot be read.
        """
        if self._path is None or not self._path.is_file():
            return Read([], False, 0)
        with self._path.open("rb") as file:
            begin = max(file.seek(0, os.SEEK_END) - TAIL, 0)
            file.seek(begin)
            content = file.read(TAIL)
        if begin:  # in the middle of a line
            content = content.partition(b"\n")[2]
        found = list(_lines(content.decode("utf-8", "replace")))
        lines = [line for line in found if line is not None]
        return Read(lines[::-1], begin > 0, len(found) - len(lines))


def audit_of(index: str | Path, setting: str) -> Audit:
    """The record of an index as the setting has it."""
    return Audit(None if setting == OFF else Path(setting or f"{index}.audit.jsonl"))


def person() -> str:
    """Who runs the command line, as the system knows them."""
    try:
        return getuser()
    except (OSError, KeyError):  # a container may run as a number without a name
        return str(os.getuid())


def _lines(text: str) -> Iterator[dict[str, Any] | None]:
    """Each line, or None for one that cannot be read.

    Behind what a full disk has cut off, the next line stands without a break: quotes within strings are escaped, so
    that its beginning is found.
    """
    for line in filter(str.strip, text.split("\n")):  # a name may have other ends of lines
        try:
            read = json.loads(line[max(line.rfind(_BEGINNING), 0) :])
        except ValueError:
            read = None
        yield read if isinstance(read, dict) else None
