"""The file of the accounts, and which passwords are taken."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from time import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webui import people
from webui.accounts import passwords, store
from webui.accounts.passwords import PasswordRefused
from webui.accounts.store import AccountInvalid, Accounts, AccountsUnavailable, copy_accounts


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    kept = Accounts(tmp_path / "accounts.sqlite")
    kept.add("lin", "hash", False)
    return kept


def test_nobody_else_may_read_the_file(accounts: Accounts) -> None:
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    accounts.path.chmod(0o644)
    accounts.set_editor("lin", True)
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600


def test_reading_makes_no_file(tmp_path: Path) -> None:
    kept = Accounts(tmp_path / "none")
    assert (kept.all(), kept.named("lin"), kept.of_session("x", "y")) == ([], None, None)
    with pytest.raises(AccountInvalid):
        kept.remove("lin")
    assert not kept.path.exists()


@pytest.mark.parametrize("name", ["", " ", "a" * 41, "a b", "a:b", "a/b", "<b>", "a\nb", "\x00", "a,b"])
def test_what_is_no_name(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountInvalid, match="不行"):
        accounts.add(name, "hash", False)


@pytest.mark.parametrize("name", ["lin", "LIN", " ｌｉｎ"])
def test_a_name_is_there_once(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountInvalid, match="已经有账号 lin"):
        accounts.add(name, "hash", False)


def test_whatever_is_changed_is_changed_of_one_alone(accounts: Accounts) -> None:
    accounts.add("王编辑", "other", True)
    before = accounts.named("lin")
    accounts.set_password("王编辑", "new")
    accounts.set_editor("王编辑", False)
    accounts.remove("王编辑")
    assert accounts.all() == [before]
    for change in (
        lambda: accounts.remove("x"),
        lambda: accounts.set_password("x", ""),
        lambda: accounts.check_known("x"),
    ):
        with pytest.raises(AccountInvalid, match="没有账号 x"):
            change()


def test_a_session_is_known_by_the_stamp_of_its_account(accounts: Accounts) -> None:
    before = accounts.named("lin")
    assert accounts.of_session(before.stamp, "one") == before
    accounts.end("one")
    assert accounts.of_session(before.stamp, "one") is None
    assert accounts.of_session(before.stamp, "two") == before
    accounts.set_password("lin", "new")
    assert accounts.of_session(before.stamp, "two") is None
    assert accounts.named("lin").stamp != before.stamp


def test_ended_sessions_are_forgotten_when_their_cookies_are_void(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.end("one")
    monkeypatch.setattr(store, "time", lambda: time() + store.IDLE_SECONDS + 1)
    accounts.end("two")
    with closing(sqlite3.connect(accounts.path)) as kept:
        assert kept.execute("SELECT session FROM ended").fetchall() == [("two",)]


def test_a_password_that_was_changed_meanwhile_stays_changed(accounts: Accounts) -> None:
    before = accounts.named("lin")
    accounts.set_password("lin", "new")
    accounts.entered(before, "hash")
    assert (accounts.named("lin").password, accounts.named("lin").seen) == ("new", "")


def test_a_full_disk_keeps_nobody_out(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    before = accounts.named("lin")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("webui.accounts.store.os.open", full)
    accounts.entered(before, "hash")
    accounts.end("one")
    assert accounts.named("lin") == before
    with pytest.raises(AccountsUnavailable):
        accounts.set_password("lin", "new")


def test_a_copy_is_of_one_moment_and_as_secret(accounts: Accounts, tmp_path: Path) -> None:
    copy_accounts(accounts.path, tmp_path / "copy")
    copy_accounts(accounts.path, tmp_path / "copy")
    assert Accounts(tmp_path / "copy").all() == accounts.all()
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["accounts.sqlite", "copy"]


class TestPasswords:
    @pytest.mark.parametrize(
        ("password", "why"),
        [
            ("short", "10 到 256"),
            ("x" * 257, "10 到 256"),
            ("aaaaaaaaaaaa", "太好猜"),
            ("my lin is my castle", "太好猜"),
            ("1212121212121", "太好猜"),
            ("with\ttab and more", "打不出来"),
            ("LIN-and-more-letters", "太好猜"),
            ("", "10"),
        ],
    )
    def test_what_is_refused(self, password: str, why: str) -> None:
        with pytest.raises(PasswordRefused, match=why):
            passwords.check(password, "lin")

    @pytest.mark.parametrize("password", ["correct horse battery", "报库的密码要长一些才好记", "x" * 250 + "abcdef"])
    def test_what_is_taken(self, password: str) -> None:
        passwords.check(password, "lin")

    def test_they_are_kept_by_argon2id(self) -> None:
        kept = passwords.hashed("correct horse battery")
        version, costs = kept.split("$")[2:4]
        memory, passes, _ = (int(part.partition("=")[2]) for part in costs.split(","))
        assert kept.startswith("$argon2id$")
        assert (version, memory >= 19456, passes >= 2) == ("v=19", True, True)  # OWASP's least
        assert passwords.matches(kept, "correct horse battery")
        assert not passwords.is_outdated(kept)

    def test_one_password_in_every_form_of_its_letters(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passwords, "HASHER", people.FAST)
        kept = passwords.hashed("ｃａｆé 报库 2022")
        assert passwords.matches(kept, "cafe\u0301 报库 2022")
        assert not passwords.matches(kept, "cafe 报库 2022")

    @given(st.text(max_size=40), st.text(max_size=40))
    @settings(deadline=None, max_examples=60)
    def test_only_the_password_matches(self, one: str, other: str) -> None:
        kept = people.FAST.hash(passwords._normal(one).encode("utf-8", "replace"))
        alike = passwords._normal(one) == passwords._normal(other)
        assert passwords.matches(kept, other.encode("utf-8", "replace").decode()) == alike

    @pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
    def test_what_is_no_hash_matches_nothing(self, kept: str | None) -> None:
        assert not passwords.matches(kept, "the password of nobody")
