"""Whether a name and a password are those of an account: asked a bounded number of times, and answered in the same time
and words whether there is such a name or not.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from webui.accounts import passwords
from webui.accounts.store import Account, Accounts, normal

MINUTES = 15
FAILURES_OF_A_NAME, FAILURES_OF_AN_ADDRESS = 10, 30
"""In so many minutes; after that even the right password is refused. Behind one address there may be a whole office."""
REMEMBERED, REMEMBERED_SECONDS = 256, 300
"""Programs that show their password with every request, and for how long it is not looked at again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: an account, or none; ``known`` says that there is such a name (for the audit log alone),
    ``exhausted`` that no password is looked at any more.
    """

    account: Account | None
    known: bool = False
    exhausted: bool = False


class Entrance:
    """The entrance of one application."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self._turn, self._memory = Lock(), Lock()
        self._failures = MovingWindowRateLimiter(MemoryStorage())
        self._remembered: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._key = secrets.token_bytes(32)

    def ask(self, name: str, password: str, address: str) -> Outcome:
        """One attempt from an address.

        One after another, so that the failures are counted right, and Argon2's memory is taken once.

        Raises:
            AccountsUnavailable: the accounts cannot be read.
        """
        counts = _counts(name, address)
        with self._turn:
            if not all(self._failures.test(count, *key) for count, *key in counts):
                return Outcome(None, exhausted=True)
            account = self.accounts.named(name)
            if passwords.matches(account.password if account else None, password) and account:
                outdated = passwords.is_outdated(account.password)
                self.accounts.entered(account, passwords.hashed(password) if outdated else account.password)
                return Outcome(account, known=True)
            for count, *key in counts:
                self._failures.hit(count, *key)
            return Outcome(None, known=account is not None)

    def remembered(self, name: str, password: str) -> Account | None:
        """The account of a program that was admitted a short time ago, as it is now."""
        with self._memory:
            stamp, until = self._remembered.get(self._digest(name, password), ("", 0.0))
        account = self.accounts.named(name) if until > monotonic() else None
        return account if account and account.stamp == stamp else None

    def remember(self, name: str, password: str, account: Account) -> None:
        """Keeps for a short time that this is the password."""
        with self._memory:
            self._remembered[self._digest(name, password)] = account.stamp, monotonic() + REMEMBERED_SECONDS
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def _digest(self, name: str, password: str) -> bytes:
        """Under which no password can be found again: the key is in this process alone."""
        typed = f"{normal(name)}\0{password}".encode("utf-8", "replace")
        return hashlib.blake2b(typed, key=self._key, digest_size=32).digest()


def _counts(name: str, address: str) -> tuple[tuple[RateLimitItemPerMinute, str, str], ...]:
    """What failures are counted for; of a name as long as a book its hash."""
    digest = hashlib.sha256(normal(name).encode("utf-8", "replace")).hexdigest()
    return (
        (RateLimitItemPerMinute(FAILURES_OF_A_NAME, MINUTES), "name", digest),
        (RateLimitItemPerMinute(FAILURES_OF_AN_ADDRESS, MINUTES), "address", address),
    )
