"""What a process gives back, and that nothing happens where the C library cannot be told."""

from __future__ import annotations

import ctypes
import subprocess
import sys
import weakref
from types import SimpleNamespace
from typing import Any

import pytest

from tests.command import ROOT, environment
from webui.workers import tidy

_FRAGMENTS = """
from pathlib import Path
from webui.workers import tidy

def own():
    sizes = Path("/proc/self/smaps_rollup").read_text().partition("Anonymous:")[2]
    return int(sizes.split()[0])

pieces = [bytearray(60_000) for _ in range(1_000)]
del pieces[:-1]  # the last one stands above the pages of all others
kept = own()
tidy.give_back()
print(kept - own())
"""
_ARRAYS = """
from webui.workers import tidy

library, told = tidy._function("mallopt"), []
tidy._function = lambda name: lambda *what: told.append(library(*what))
tidy.prepare()
print(*told)
"""


def test_the_library_is_told_and_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    library = SimpleNamespace(mallopt=lambda *what: told.append(what), malloc_trim=told.append)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    tidy.prepare()
    tidy.give_back()
    assert told == [(-8, 1), (-3, 128 << 10), 0]


@pytest.mark.parametrize("error", [TypeError, OSError])
def test_where_it_cannot_be_told_nothing_happens(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def missing(_: None) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", missing)
    tidy.prepare()
    tidy.give_back()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    tidy.prepare()
    tidy.give_back()


def test_what_holds_itself_is_let_go() -> None:
    class Held:
        def __init__(self) -> None:
            self.itself = self

    gone = weakref.ref(Held())
    tidy.give_back()
    assert gone() is None


@pytest.mark.skipif(tidy._function("malloc_trim") is None, reason="a C library without malloc_trim")
def test_pages_between_others_go_back() -> None:
    assert int(_said(_FRAGMENTS)) > 40_000


@pytest.mark.skipif(tidy._function("mallopt") is None, reason="a C library without mallopt")
def test_the_library_of_this_machine_takes_what_it_is_told() -> None:
    assert _said(_ARRAYS).split() == ["1", "1"]


def _said(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    return done.stdout
