"""Passwords: which are taken, and how they are kept (Argon2id, RFC 9106)."""

from __future__ import annotations

import secrets
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from search.errors import BaokuError

HASHER = PasswordHasher()
"""With the parameters for little memory of RFC 9106, section 4: 64 MiB for each."""
LEAST, MOST = 10, 256
"""Characters."""
_LEAST_DIFFERENT = 5


class PasswordRefused(BaokuError):
    """A password that is too easily guessed, or cannot be typed again."""


def check(password: str, name: str) -> None:
    """Refuses what would be guessed first.

    Raises:
        PasswordRefused: says why.
    """
    plain = _normal(password)
    if not LEAST <= len(plain) <= MOST:
        raise PasswordRefused(f"密码要 {LEAST} 到 {MOST} 个字符 ({LEAST} to {MOST} characters)")
    if not plain.isprintable():
        raise PasswordRefused("密码里有打不出来的字符 (characters that cannot be typed)")
    if len(set(plain)) < _LEAST_DIFFERENT or _normal(name) in plain.casefold():
        raise PasswordRefused("这个密码太好猜：不要只用几个字符，也不要含账号的名字 (too easily guessed)")


def hashed(password: str) -> str:
    """A password as it is kept."""
    return HASHER.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password; without one that is kept it takes as long to say no."""
    if len(password) > MOST:  # nobody's; it says nothing of who there is
        return False
    try:
        return HASHER.verify(kept or _nobodys(), _normal(password)) and bool(kept)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was kept with other parameters than are used today."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return hashed(secrets.token_urlsafe())


def _normal(text: str) -> str:
    """One form for what keyboards write in several (NIST SP 800-63B, 5.1.1.2)."""
    return normalize("NFKC", text)
