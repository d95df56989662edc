"""The accounts, in an SQLite file beside the index: who may sign in, and which sessions were ended."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import time
from unicodedata import normalize

from flask_login import UserMixin

from search.audit import ZONE
from search.errors import BaokuError
from search.message import Message

IDLE_SECONDS = 12 * 3600
"""A session that nothing is asked in for so long is over."""
NAME = re.compile(r"[\w.@-]{1,40}")
_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, password TEXT NOT NULL, editor INTEGER NOT NULL,
  stamp TEXT NOT NULL UNIQUE, made TEXT NOT NULL, seen TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS ended (session TEXT PRIMARY KEY, at REAL NOT NULL);
"""
_OF_SESSION = "SELECT * FROM accounts WHERE stamp = ? AND NOT EXISTS (SELECT 1 FROM ended WHERE session = ?)"


class AccountsUnavailable(BaokuError):
    """The file of the accounts cannot be read or written."""


class AccountInvalid(BaokuError):
    """A name that cannot be one, is taken, or is nobody's."""


@dataclass(frozen=True, slots=True)
class Account(UserMixin):  # type: ignore[misc]
    """Someone who may sign in.

    ``stamp`` is what a session knows them by; it changes with the password. ``made`` and ``seen`` (when they signed in
    last, empty if never) are ISO times.
    """

    name: str
    password: str
    editor: bool
    stamp: str
    made: str
    seen: str

    def get_id(self) -> str:
        """What a session carries."""
        return self.stamp


class Accounts:
    """The accounts in a file, which is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> list[Account]:
        """Every account by name."""
        return self._found("SELECT * FROM accounts ORDER BY name")

    def named(self, name: str) -> Account | None:
        """The account of a name."""
        return next(iter(self._found("SELECT * FROM accounts WHERE name = ?", normal(name))), None)

    def of_session(self, stamp: str, session: str) -> Account | None:
        """The account that a session belongs to, unless it was ended."""
        return next(iter(self._found(_OF_SESSION, stamp, session)), None)

    def check_free(self, name: str) -> None:
        """Raises AccountInvalid when the name is no name, or is taken."""
        if not NAME.fullmatch(normal(name)):
            raise AccountInvalid(f"账号的名字 {name!r} 不行，要 1 到 40 个字母、汉字、数字或 . @ - _ (not a name)")
        if self.named(name):
            raise _taken(name)

    def check_known(self, name: str) -> None:
        """Raises AccountInvalid when there is no such account."""
        if not self.named(name):
            raise _unknown(name)

    def add(self, name: str, password: str, editor: bool) -> None:
        """A new account; ``password`` is hashed. Raises AccountInvalid when the name is no name, or is taken."""
        self.check_free(name)
        values = (normal(name), password, editor, _stamp(), _now())
        with self._open(write=True) as kept:
            if not kept.execute("INSERT OR IGNORE INTO accounts VALUES (?, ?, ?, ?, ?, '')", values).rowcount:
                raise _taken(name)

    def set_password(self, name: str, password: str) -> None:
        """Another password, by which all sessions of the account end."""
        self._change("UPDATE accounts SET password = ?, stamp = ? WHERE name = ?", name, password, _stamp())

    def set_editor(self, name: str, editor: bool) -> None:
        """Makes someone an editor, or no longer one."""
        self._change("UPDATE accounts SET editor = ? WHERE name = ?", name, editor)

    def remove(self, name: str) -> None:
        """Removes an account, by which all its sessions end."""
        self._change("DELETE FROM accounts WHERE name = ?", name)

    def entered(self, account: Account, password: str) -> None:
        """Remembers that someone has signed in just now, and the password as it is kept from now on.

        It is nothing that a full disk may keep them out for; a password that was changed meanwhile stays changed.
        """
        with suppress(AccountsUnavailable), self._open(write=True) as kept:
            values = (_now(), password, account.stamp)
            kept.execute("UPDATE accounts SET seen = ?, password = ? WHERE stamp = ?", values)

    def end(self, session: str) -> None:
        """Ends a session, whoever else has its cookie; those that are over anyway are forgotten."""
        with suppress(AccountsUnavailable), self._open(write=True) as kept:
            kept.execute("DELETE FROM ended WHERE at < ?", (time() - IDLE_SECONDS,))
            kept.execute("INSERT OR IGNORE INTO ended VALUES (?, ?)", (session, time()))

    def _found(self, asked: str, *values: str) -> list[Account]:
        if not self.path.is_file():
            return []
        with self._open() as kept:
            rows = kept.execute(asked, values).fetchall()
        return [_account(row) for row in rows]

    def _change(self, how: str, name: str, *values: object) -> None:
        """Raises AccountInvalid when there is no such account."""
        if self.path.is_file():
            with self._open(write=True) as kept:
                if kept.execute(how, (*values, normal(name))).rowcount:
                    return
        raise _unknown(name)

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if write:  # nobody else may read the hashes, from the first moment on
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
                self.path.chmod(0o600)
            # Never "ro": what a crash has left half done could not be taken back then.
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True)) as kept, kept:
                if write:
                    kept.executescript(_TABLES)
                yield kept
        except (sqlite3.Error, UnicodeDecodeError, OSError):  # what SQLite says may be damaged, too
            raise _unavailable() from None


def accounts_of(index: str | Path, setting: str) -> Accounts:
    """The accounts of an index as the setting has it."""
    return Accounts(Path(setting or f"{index}.accounts.sqlite"))


def copy_accounts(source: Path, target: Path) -> None:
    """Puts a copy of one file of accounts, as it is at one moment, in the place of another.

    Raises:
        AccountsUnavailable: one of the files cannot be read or written.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with Accounts(source)._open() as given, Accounts(part)._open(write=True) as kept:
        given.backup(kept)
    part.replace(target)


def normal(name: str) -> str:
    """A name as it is kept: however it is typed, it is the same."""
    return normalize("NFKC", name).strip().casefold()


def _account(row: tuple[object, ...]) -> Account:
    """The account of a row; SQLite keeps values of any type in any column, and a disk may have changed them."""
    match row:
        case (str(name), str(password), int(editor), str(stamp), str(made), str(seen)):
            return Account(name, password, bool(editor), stamp, made, seen)
    raise _unavailable()


def _unavailable() -> AccountsUnavailable:
    return AccountsUnavailable(Message("账号的文件现在读写不了 (the accounts cannot be read or written)"))


def _unknown(name: str) -> AccountInvalid:
    return AccountInvalid(f"没有账号 {name} (no such account)")


def _taken(name: str) -> AccountInvalid:
    return AccountInvalid(f"已经有账号 {normal(name)} (the name is taken)")


def _stamp() -> str:
    return secrets.token_urlsafe(18)


def _now() -> str:
    return datetime.now(ZONE).isoformat(timespec="seconds")
