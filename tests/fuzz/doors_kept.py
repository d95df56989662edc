"""What a disk gives back of the SQLite files beside an index, damaged, or whole and with wrong values in them."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from search.receipt import issue
from search.request import SearchRequest
from tests.fuzz import seeds
from tests.fuzz.doors_web import first_line, sound
from tests.fuzz.mutate import Mutate, as_bytes, as_receipt, as_text, in_numbers, spoil
from tests.fuzz.target import Broken, Target, Use
from tests.webui.people import FAST
from webui.accounts import passwords
from webui.accounts.deeds import moment
from webui.accounts.entrance import Entrance
from webui.accounts.store import Accounts, copy_accounts
from webui.app import create_app
from webui.shortlinks import ShortLinks, add_links

_NAME, _PASSWORD = "wangbianji", "moon-lit-lantern"
_ODD_VALUES = (None, 0, -1, 2**63 - 1, 0.5, "", "x", "\0", b"", b"\xff\xfe", b"x" * 3000)


def as_database(*ways: Mutate) -> Mutate:
    """An SQLite file in which one value is another, in one of the ways, or that lacks a column or a table."""

    def mutated(data: bytes, chance: random.Random) -> bytes:
        try:
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as kept:
                kept.deserialize(data)
                _change(kept, chance, ways)
                return kept.serialize()
        except (sqlite3.Error, UnicodeError, IndexError, MemoryError):
            # It has been spoilt before, and has no tables or no rows, or is empty.
            return as_bytes(data, chance)

    return mutated


def _change(kept: sqlite3.Connection, chance: random.Random, ways: Sequence[Mutate]) -> None:
    table = chance.choice([name for (name,) in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")])
    column = chance.choice([name for _, name, *_ in kept.execute(f'PRAGMA table_info("{table}")')])
    if chance.random() < 0.1:
        kept.execute(chance.choice((f'DROP TABLE "{table}"', f'ALTER TABLE "{table}" DROP COLUMN "{column}"')))
        return
    (old,) = chance.choice(kept.execute(f'SELECT "{column}" FROM "{table}"').fetchall())
    kept.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (_other(old, chance, ways),))


def _other(old: object, chance: random.Random, ways: Sequence[Mutate]) -> object:
    """Another value than the old one, often of the same type."""
    if not isinstance(old, (str, bytes)) or chance.random() < 0.3:
        return chance.choice(_ODD_VALUES)
    data = chance.choice(ways)(old.encode() if isinstance(old, str) else old, chance)
    return data.decode("utf-8", "replace") if isinstance(old, str) else data


def _packed(way: Mutate) -> Mutate:
    """What is compressed, spoilt in a way and compressed again."""

    def mutated(data: bytes, chance: random.Random) -> bytes:
        try:
            return zlib.compress(way(zlib.decompress(data), chance))
        except zlib.error:
            return as_bytes(data, chance)

    return mutated


def _accounts(folder: Path) -> tuple[Sequence[bytes], Use]:
    whole = Accounts(folder / "whole.sqlite")
    whole.add(_NAME, FAST.hash(_PASSWORD), editor=True)
    whole.add("李编辑", FAST.hash("another long secret"), editor=False)
    whole.end("s1")

    def use(data: bytes) -> object:
        with TemporaryDirectory(dir=folder) as place, patch.object(passwords, "HASHER", FAST):
            kept = Accounts(Path(place) / "accounts.sqlite")
            kept.path.write_bytes(data)
            return _everything(kept)

    return [whole.path.read_bytes()], use


def _everything(kept: Accounts) -> object:
    """What is asked of accounts, and done to them."""
    people = kept.all()
    for one in people:
        kept.of_session(one.get_id(), "s1")
        kept.named(one.name)
    entered = [Entrance(kept).ask(_NAME, password, "").account for password in (_PASSWORD, "wrong")]
    if entered[1] is not None:
        raise Broken("inside with a wrong password")
    kept.set_editor(_NAME, False)
    kept.add("new", FAST.hash(_PASSWORD), editor=False)
    kept.end("s2")
    copy_accounts(kept.path, kept.path.with_name("copy"))
    return [(one.name, one.editor, moment(one.made), moment(one.seen)) for one in people], entered[0] is not None


def _links(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored, place = seeds.archive(folder), folder / "links.sqlite"
    name = ShortLinks(place).keep(issue(stored.listed(SearchRequest("社区 OR 月季", only={"topic": ("教育",)}))))
    whole, given = place.read_bytes(), folder / "given.sqlite"
    app = create_app({"INDEX": folder / "index", "LINKS": str(place), "TESTING": True, "RATE": 0, "EXPORTS": 0})
    client = app.test_client()

    def use(data: bytes) -> object:
        if data.startswith(b"/r/"):
            place.write_bytes(whole)
            return sound(client.get("/", environ_overrides=first_line(data)))
        place.write_bytes(data)
        given.write_bytes(whole)
        return add_links(place, given), ShortLinks(place).find(name), sound(client.get(f"/r/{name}"))

    return [whole, f"/r/{name}?lang=en".encode(), f"/r/{name}.json".encode()], use


_VALUES = (as_text(), in_numbers, as_bytes)
_RECEIPTS = as_database(_packed(as_receipt), _packed(as_receipt), _packed(as_bytes), as_bytes)

TARGETS = (
    Target("accounts file", 10, spoil(as_database(*_VALUES), as_database(*_VALUES), as_bytes), _accounts),
    Target("short links", 10, spoil(_RECEIPTS, _RECEIPTS, as_bytes), _links),
)
