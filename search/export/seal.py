"""The seal: what lets a list show that it is whole, row by row, wherever it has been since.

Each row of a list of N tells its ``row``, "17 of 2031" (which no spreadsheet takes for a date or a number), and its
``seal``: the letter s, then eight hex digits of the SHA-256 of the row's own content, then eight of the SHA-256 over
the seal before it, its ``row`` and the first SHA-256, blanks between them. The first eight tell a row that was altered,
whatever happened around it; the other eight a row that belongs to another list; ``row`` tells those that are missing or
not in their place.
The content is what a reader of the format sees, not how it is written, so that saving it again with other quoting or
other line ends changes nothing.

Seals guard against accidents, not against forgers, who can compute them too: for those there are receipts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

PLACE, SEAL = "row", "seal"
"""What they are called in every format that has names."""
_PLACE = re.compile(r"\s*([0-9]{1,12}) of ([0-9]{1,12})\s*")
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A JSON value without blanks, as records are stored too."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass
class Sealer:
    """Seals the rows of a list of ``total`` in their order."""

    total: int
    count: int = 0
    _last: str = ""
    _all: _Hash = field(default_factory=sha256)

    def next(self, content: bytes) -> tuple[str, str]:
        """The place and the seal of the next row."""
        self.count += 1
        place = f"{self.count} of {self.total}"
        self._last = seal = sealed(content, place, self._last)
        self._all.update(seal.encode())
        return place, seal

    @property
    def sha256(self) -> str:
        """SHA-256 over the seals so far: the digest of the list as a whole, in hex."""
        return self._all.hexdigest()


def sealed(content: bytes, place: str, before: str) -> str:
    """The seal of a row that stands behind the one with the seal ``before``."""
    digest = sha256(content).hexdigest()
    return f"s{digest[:8]}{sha256(f'{before} {place} {digest}'.encode()).hexdigest()[:8]}"


def own(content: bytes) -> str:
    """The half of a seal that depends on nothing but the row."""
    return f"s{sha256(content).hexdigest()[:8]}"


def place_of(text: str) -> tuple[int, int] | None:
    """Which row of how many a place names; None when it names none."""
    found = _PLACE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def of_cells(cells: Iterable[str]) -> bytes:
    """The content of a row of a table: its cells between units separators, every line end as LF."""
    text = "\x1f".join(cells)
    return _encoded(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)


def of_object(record: Any) -> bytes:
    """The content of a JSON value: without blanks, in the order of its keys."""
    return _encoded(compact(record))


def of_text(text: str) -> bytes:
    """The content of a piece of text: its lines without blanks at their ends, without empty ones."""
    return _encoded("\n".join(line for line in map(str.rstrip, text.splitlines()) if line))


def _encoded(text: str) -> bytes:
    # A list from elsewhere may hold halves of a surrogate pair; its seal will not fit, which is to be said, not raised.
    return text.encode("utf-8", "surrogatepass")
