"""The process that writes one export: it gives way to those who search, and ends when nobody listens any more.

It reads its order as JSON from standard input and says how far it is by lines of JSON on standard output:
``{"total": .., "rows": ..}``, and at last perhaps ``{"trouble": ..}`` or ``{"full": true}``, the disk.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from search.archive import Archive
from search.errors import BaokuError
from search.export import EXPORTS
from search.listed import Listed, Row
from webui import params
from webui.downloads import written

PATIENCE = 10
"""By how much its priority is below that of the pages (nice)."""
PAUSE = 0.2
"""Seconds between two lines."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class _Progress:
    """Counts the rows that are read, and says so now and then."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._rows = 0
        self._next = 0.0
        self.say()

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._rows += 1
            self.say()
            yield row

    def say(self) -> None:
        if monotonic() >= self._next:
            _say(total=self._total, rows=self._rows)
            self._next = monotonic() + PAUSE


def _say(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def write(told: dict[str, Any]) -> None:
    """Writes the file that was ordered."""
    asked = params.read(MultiDict(parse_qsl(told["search"]))).request
    listed, form = Archive.open(told["index"]).listed(asked), EXPORTS[told["form"]]
    progress = _Progress(listed.total * form.readings)
    watched: Listed = replace(listed, rows=lambda: progress.counted(listed.rows()))
    with Path(told["path"]).open("wb") as file:
        for piece in written(form, watched, told["text"], told["address"]):
            file.write(piece)
            progress.say()


def main() -> None:
    """Writes one export; exit code 1 when it could not be written."""
    os.nice(PATIENCE)
    try:
        write(json.load(sys.stdin))
    except BrokenPipeError:
        sys.exit(1)
    except BaokuError as error:
        _say(trouble=str(error))
        sys.exit(1)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _say(full=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
