"""baoku user: accounts made, changed and removed; and that every run leaves its line in the audit log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from baoku import main
from search.errors import BaokuError
from search.settings import Settings
from tests.commands.words import baoku
from tests.webui.people import FAST
from webui.accounts import passwords
from webui.accounts.store import Accounts

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", FAST)


def user(*words: str | Path, typed: str = f"{PASSWORD}\n") -> Result:
    return CliRunner().invoke(main, ["user", *map(str, words)], input=typed)


def kept(index: Path) -> Accounts:
    return Accounts(index.with_name(index.name + ".accounts.sqlite"))


def audit(index: Path) -> list[dict[str, Any]]:
    lines = index.with_name(index.name + ".audit.jsonl").read_text("utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key not in ("time", "by")} for line in lines]


def test_an_account_from_beginning_to_end(index: Path) -> None:
    at = ("--index", index)
    assert user("add", "王编辑", "--editor", "--password-stdin", *at).stdout == "已建账号 王编辑（编辑） (added)\n"
    assert user("add", "Lin", "--password-stdin", *at).exit_code == 0
    listed = user("list", *at).stdout.splitlines()
    assert [line.split("\t")[:2] for line in listed] == [["lin", "读者"], ["王编辑", "编辑"]]
    assert all(line.endswith("没有登录过") for line in listed)
    before = kept(index).named("lin")
    assert user("password", "lin", "--password-stdin", *at, typed="another long secret\r\n").exit_code == 0
    after = kept(index).named("lin")
    assert passwords.matches(after.password, "another long secret")
    assert after.stamp != before.stamp
    assert user("editor", "lin", *at).exit_code == 0
    assert user("editor", "王编辑", "--no", *at).exit_code == 0
    assert [one.editor for one in kept(index).all()] == [True, False]
    assert user("remove", "LIN", *at).exit_code == 0
    assert [one.name for one in kept(index).all()] == ["王编辑"]
    assert [(line["event"], line["account"], line.get("change")) for line in audit(index)[1:]] == [
        ("account added", "王编辑", "editor"),
        ("account added", "lin", "reader"),
        ("account changed", "lin", "password"),
        ("account changed", "lin", "editor"),
        ("account changed", "王编辑", "reader"),
        ("account removed", "lin", None),
    ]


def test_the_password_is_typed_twice(index: Path) -> None:
    done = user("add", "lin", "--index", index, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert passwords.matches(kept(index).named("lin").password, PASSWORD)
    done = user("add", "su", "--index", index, typed=f"{PASSWORD}\nsomething else\n")
    assert done.exit_code == 1
    assert kept(index).named("su") is None


@pytest.mark.parametrize(
    ("words", "typed", "why"),
    [
        (("add", "lin", "--password-stdin"), PASSWORD, "已经有账号 lin"),
        (("add", "a b", "--password-stdin"), PASSWORD, "不行"),
        (("add", "su", "--password-stdin"), "short", "10 到 256"),
        (("add", "su", "--password-stdin"), "", "10 到 256"),
        (("password", "su", "--password-stdin"), PASSWORD, "没有账号 su"),
        (("password", "lin", "--password-stdin"), "aaaaaaaaaaaaaaa", "太好猜"),
        (("remove", "su"), "", "没有账号 su"),
        (("editor", "su"), "", "没有账号 su"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_changes_nothing(
    index: Path, words: tuple[str, ...], typed: str, why: str
) -> None:
    user("add", "lin", "--password-stdin", "--index", index)
    before, lines = kept(index).all(), audit(index)
    done = user(*words, "--index", index, typed=typed)
    assert done.exit_code == 2
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (kept(index).all(), audit(index)) == (before, lines)


def test_a_password_is_never_an_argument() -> None:
    for command in main.commands["user"]._read().values():
        names = {name for param in command.params for name in param.opts}
        assert names <= {"name", "--editor", "--no", "--password-stdin", "--index"}


def test_the_file_in_the_way_is_named(index: Path) -> None:
    kept(index).path.write_bytes(b"no database" * 200)
    done = user("list", "--index", index)
    assert done.exit_code == 2
    assert str(kept(index).path) in done.stderr


def test_where_the_setting_says(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_ACCOUNTS", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("BAOKU_AUDIT", "off")
    before = audit(index)
    assert user("add", "lin", "--password-stdin", "--index", index).exit_code == 0
    assert Accounts(tmp_path / "elsewhere").named("lin")
    assert not kept(index).path.exists()
    assert audit(index) == before


def test_every_run_leaves_its_line(index: Path, pages: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for words in (("check",), ("backup", copy), ("restore", copy), ("index", pages, "--prune"), ("stats",)):
        assert baoku(*words, "--index", index).exit_code == 0
    assert audit(index) == [
        {"event": "index", "articles": 3, "rejected": 0},
        {"event": "check", "problems": 0},
        {"event": "backup", "place": str(copy)},
        {"event": "restore", "place": str(copy)},
        {"event": "prune", "articles": 3, "rejected": 0},
    ]
    assert baoku("index", pages, "--rebuild", "--index", index).exit_code == 0
    assert audit(index)[-1]["event"] == "rebuild"


def test_accounts_are_backed_up_and_the_removed_do_not_come_back(index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in ("lin", "su"):
        user("add", name, "--password-stdin", "--index", index)
    assert "账号 → " in baoku("backup", copy, "--index", index).stdout
    user("remove", "su", "--index", index)
    assert "账号" not in baoku("restore", copy, "--index", index).stdout
    assert [one.name for one in kept(index).all()] == ["lin"]
    kept(index).path.unlink()
    assert "账号 → " in baoku("restore", copy, "--index", index).stdout
    assert [one.name for one in kept(index).all()] == ["lin", "su"]


def test_a_secret_is_in_no_complaint(tmp_path: Path) -> None:
    (tmp_path / "baoku.toml").write_text("secret_key = 12345678901234567890", "utf-8")
    with pytest.raises(BaokuError, match="secret_key") as refused:
        Settings.load(tmp_path, {})
    assert "1234567890" not in str(refused.value)
    assert "s3cret" not in repr(Settings(secret_key="s3cret" * 6))


@pytest.mark.parametrize(
    ("variables", "key"),
    [
        ({"SECRET_KEY": "plain"}, "plain"),
        ({"BAOKU_SECRET_KEY": "ours"}, "ours"),
        ({"BAOKU_SECRET_KEY": "ours", "SECRET_KEY": "plain"}, "ours"),
        ({"BAOKU_SECRET_KEY": "", "SECRET_KEY": "plain"}, "plain"),
        ({}, ""),
    ],
)
def test_the_names_of_the_key(tmp_path: Path, variables: dict[str, str], key: str) -> None:
    assert Settings.load(tmp_path, variables).secret_key == key
