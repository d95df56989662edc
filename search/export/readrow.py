"""What is read back from an exported list, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import unquote

from search.errors import BaokuError


class ListUnreadable(BaokuError):
    """A file that is no list of Baoku, or one that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The ``number``-th row of a file, from 1.

    ``id`` is empty where the row does not tell it, ``place`` (17, 2031) where it says that it is the 17th of 2031,
    ``content`` what the ``seal`` covers, ``cells`` its values by name. ``torn`` rows end before their end.
    """

    number: int
    id: str
    place: tuple[int, int] | None
    seal: str
    content: bytes
    cells: Mapping[str, Any]
    torn: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """What comes behind the last row: ``torn`` when the file ends before its end, ``broken`` when it cannot be read on.

    ``rows`` and ``sha256`` are how many rows the file says that it has, and the digest over their seals.
    """

    torn: bool = False
    broken: bool = False
    rows: int | None = None
    sha256: str = ""


Reader = Callable[[BinaryIO], Iterator[ReadRow | End]]
"""Gives the rows of a file, and one End."""


def id_of(link: str) -> str:
    """The id in the address of an article's page; empty when it is none."""
    _, found, rest = link.rpartition("/article/")
    return unquote(rest.partition("?")[0].partition("#")[0]) if found else ""


def ends_line(file: BinaryIO) -> bool:
    """Whether a file ends with the end of a line; it is read from its beginning afterwards."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 2))
    last = file.read()
    file.seek(0)
    return last.endswith(b"\n") or last == b"\n\x00"
