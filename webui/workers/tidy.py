"""Memory that is not needed goes back: the C library would keep it, in pieces, for what may be asked for later."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from threading import Thread
from time import sleep
from typing import Any

EVERY_SECONDS = 20.0
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_MAPPED_BYTES = 128 << 10


def prepare() -> None:
    """Tells the C library, before there are threads and other processes, how to keep memory; where it can be told.

    Every thread draws from the same arena, as only one of them runs Python at a time; arrays get pages of their own,
    which go back with them (glibc's mallopt(3), whose threshold would otherwise rise with every array that is freed).
    """
    if tell := _function("mallopt"):
        tell(_M_ARENA_MAX, 1)
        tell(_M_MMAP_THRESHOLD, _MAPPED_BYTES)


def tidy() -> None:
    """Lets this process give back three times a minute what it does not use."""
    Thread(target=_again_and_again, name="baoku-tidy", daemon=True).start()


def give_back() -> None:
    """Gives back what lies in cycles of references, and free pages between others (glibc's malloc_trim(3))."""
    gc.collect()
    if trim := _function("malloc_trim"):
        trim(0)


def _again_and_again() -> None:
    while True:
        sleep(EVERY_SECONDS)
        give_back()


def _function(name: str) -> Any:
    """A function of the C library; None where it has none of that name."""
    with suppress(OSError, TypeError):  # Windows
        return getattr(ctypes.CDLL(None), name, None)
    return None
