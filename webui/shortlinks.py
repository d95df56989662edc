"""Receipts that are kept under a short name, in an SQLite file beside the index: only when a reader asks for it.

The name is made of what a receipt says, its time left out, so that the same search on the same archive has one link.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from flask import current_app

from search.errors import BaokuError
from search.message import Message
from search.receipt import Receipt, read, write

OFF = "off"
"""The value of the setting with which none are made."""
MOST_BYTES = 256 << 20
"""All receipts together, compressed: no stranger can fill the disk."""
_LETTERS = 10
_TABLE = "CREATE TABLE IF NOT EXISTS links (name TEXT PRIMARY KEY, receipt BLOB NOT NULL)"

_FIND = "SELECT CAST(coalesce(receipt, '') AS BLOB) FROM links WHERE name = ?"
"""Bytes whatever there is: a disk may have changed even the type of a value."""


class LinksUnavailable(BaokuError):
    """Short links cannot be made, or not be read."""


class ShortLinks:
    """The short links in a file, which is made with the first of them; None for a server that makes none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @property
    def offered(self) -> bool:
        """Whether links can be made at all."""
        return self._path is not None

    def keep(self, receipt: Receipt) -> str:
        """The name under which the receipt can be had from now on.

        Raises:
            LinksUnavailable: none are made, there are too many, or the file cannot be written.
        """
        name, packed = name_of(receipt), zlib.compress(write(receipt).encode())
        with self._open("rwc") as kept:
            kept.execute(_TABLE)
            (size,) = kept.execute("SELECT coalesce(sum(length(receipt)), 0) FROM links").fetchone()
            if size + len(packed) > MOST_BYTES:
                raise LinksUnavailable(Message("短链接已经存满，请下载凭证文件 (no room for more links)"))
            kept.execute("INSERT OR IGNORE INTO links VALUES (?, ?)", (name, packed))
        return name

    def find(self, name: str) -> Receipt | None:
        """The receipt of a name; None where it is unknown.

        Raises:
            LinksUnavailable: the file cannot be read.
            ReceiptInvalid: it was made by a later program.
        """
        if self._path is None or not self._path.is_file():
            return None
        with self._open("ro") as kept:
            row = kept.execute(_FIND, (name,)).fetchone()
            return read(zlib.decompress(row[0])) if row else None

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        if self._path is None:
            raise LinksUnavailable(Message("本站不存短链接，请下载凭证文件 (no short links here)"))
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode={mode}", uri=True)) as kept, kept:
                yield kept
        except (sqlite3.Error, UnicodeDecodeError, zlib.error):  # what SQLite says may be damaged, too
            raise LinksUnavailable(Message("短链接的文件现在读写不了，请下载凭证文件 (cannot read or write)")) from None


def shortlinks() -> ShortLinks:
    """The short links of the running application."""
    return ShortLinks(place_of(current_app.config["INDEX"], current_app.config["LINKS"]))


def place_of(index: str | Path, setting: str) -> Path | None:
    """The file of an index's short links as the setting has it; None where none are made."""
    return None if setting == OFF else Path(setting or f"{index}.links.sqlite")


def add_links(source: Path, target: Path) -> int:
    """Adds the links of one file to those of another, and says how many that has then. None is ever replaced.

    Raises:
        LinksUnavailable: one of the files cannot be read or written.
    """
    with ShortLinks(source)._open("ro") as given, ShortLinks(target)._open("rwc") as kept:
        kept.execute(_TABLE)
        kept.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", given.execute("SELECT name, receipt FROM links"))
        (number,) = kept.execute("SELECT count(*) FROM links").fetchone()
        return int(number)


def name_of(receipt: Receipt) -> str:
    """Ten letters and digits (fifty bits) by what the receipt says, whenever it was made."""
    digest = hashlib.sha256(write(replace(receipt, made="")).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_LETTERS]
