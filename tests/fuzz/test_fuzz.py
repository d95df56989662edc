"""The short form: some inputs for every door; and the harness sees what it should see."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.errors import BaokuError
from tests.fuzz import seeds, target, texts
from tests.fuzz.doors_accounts import NAME
from tests.fuzz.mutate import as_arrays, as_receipt, as_toc
from tests.fuzz.run import made, series
from tests.fuzz.target import attempt
from tests.fuzz.targets import TARGETS
from webui.accounts.store import Account, Accounts
from webui.guard import Refused

INPUTS = 2_000
_PARTS = sum(one.share for one in TARGETS.values())


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_in_is_answered(name: str) -> None:
    tally = series(name, 1, 0, max(10, INPUTS * TARGETS[name].share // _PARTS))
    assert [f"{found.what}\n{found.trace}\n{found.data!r}" for found in tally.findings] == []
    assert tally.inputs >= 10


def test_the_same_seed_makes_the_same_inputs() -> None:
    once, again = ([made(texts.QUERIES, TARGETS["query"].mutate, 8, number) for number in range(50)] for _ in "12")
    assert once == again
    assert len(set(once)) > 40


def test_shares_are_of_ten_thousand() -> None:
    assert _PARTS == 10_000


# What the harness finds out


def _known(_: Accounts, name: str) -> Account | None:
    """No account, said in other words where there is none of the name."""
    if name == NAME.decode():
        return None
    raise Refused(name)


def test_errors_that_are_not_ours() -> None:
    def use(data: bytes) -> object:
        return data.decode("ascii")

    assert attempt("x", use, b"a").finding is None
    found = attempt("x", use, b"\xff").finding
    assert found
    assert "UnicodeDecodeError" in found.place


def test_refusals_are_answers_but_not_without_a_word() -> None:
    def use(data: bytes) -> object:
        raise BaokuError(data.decode())

    assert attempt("x", use, "不行".encode()).refused
    assert attempt("x", use, b" ").finding


def test_answers_that_change() -> None:
    numbers = iter(range(9))
    found = attempt("x", lambda _: next(numbers), b"", again=True).finding
    assert found
    assert "another answer" in found.place


def test_what_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "SECONDS", 0.05)

    def use(_: bytes) -> object:
        while True:
            try:
                time.perf_counter()
            except Exception:
                continue

    found = attempt("x", use, b"").finding
    assert found
    assert "0.05 s" in found.what


def test_what_takes_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter((100, 100 + target.MEGABYTES + 1))
    monkeypatch.setattr(target, "_peak", lambda: next(taken))
    found = attempt("x", len, b"").finding
    assert found
    assert "257 MB" in found.what


@pytest.mark.parametrize(
    ("place", "wrong", "seen"),
    [
        ("webui.accounts.passwords.matches", lambda *_: True, "inside without a password"),
        ("webui.accounts.pages.own_path", lambda address: address, "leads to another site"),
        ("webui.accounts.pages._is_our_form", lambda: True, "a form without its token"),
        ("webui.accounts.entrance.Accounts.named", _known, "another answer where the name is nobody's"),
    ],
)
def test_doors_that_stand_open(
    place: str, wrong: Callable[..., object], seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests, use = TARGETS["account"].open(tmp_path)
    monkeypatch.setattr(place, wrong)
    found = [attempt("account", use, one).finding for one in requests]
    assert any(one and seen in one.what for one in found)


# Mutations that keep what they change in form


def test_wrong_content_has_right_checksums(tmp_path: Path) -> None:
    stored = seeds.archive(tmp_path)
    (segment, *_) = sorted((tmp_path / "index").glob("*.seg"))
    for path, mutate in ((segment, as_arrays), (next((tmp_path / "index").glob("*.toc")), as_toc)):
        whole = path.read_bytes()
        path.write_bytes(mutate(whole, random.Random(3)))
        assert path.read_bytes() != whole
        reasons = _reasons(tmp_path / "index")
        assert not re.search("校验值不符|目录已损坏|table damaged", reasons), path
        path.write_bytes(whole)
    spoilt = as_receipt(seeds.receipts(stored)[0], random.Random(2))
    assert attempt("receipt", TARGETS["receipt"].open(tmp_path / "again")[1], spoilt).answer.find("校验和不符") < 0


def _reasons(index: Path) -> str:
    from search.archive import Archive
    from tests.fuzz.doors_index import everything

    try:
        return repr(everything(Archive.open(index)))
    except BaokuError as error:
        return str(error)
