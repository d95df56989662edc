"""``baoku user``: the accounts at the command line. A password is typed or read, never given as an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from search.audit import audit_of, person
from search.errors import BaokuError
from search.settings import Settings
from webui.accounts import passwords
from webui.accounts.deeds import moment
from webui.accounts.store import Accounts, AccountsUnavailable, accounts_of, normal

COMMANDS: dict[str, click.Command] = {}
_INDEX = click.option(
    "--index", "place", type=click.Path(path_type=Path), help="索引所在文件夹，默认 var/index（BAOKU_INDEX）"
)
_STANDARD_INPUT = click.option("--password-stdin", "piped", is_flag=True, help="密码从 stdin 读一行，不问")
_NAME = click.argument("name")


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a command of a function; it names the file that is in the way."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def told(place: Path | None, **options: Any) -> None:
            try:
                function(place=place, **options)
            except AccountsUnavailable as error:
                raise BaokuError(f"{_accounts(place).path}：{error}") from None

        COMMANDS[name] = click.command(name)(_INDEX(told))
        return function

    return register


@_command("add")
@_NAME
@click.option("--editor", is_flag=True, help="是编辑：能进编辑室")
@_STANDARD_INPUT
def add(name: str, editor: bool, piped: bool, place: Path | None) -> None:
    """建一个账号；密码问两遍，至少 10 个字符。

    \b
    例 examples:
      baoku user add 王编辑 --editor
      pass show baoku/lin | baoku user add lin --password-stdin
    """
    accounts = _accounts(place)
    accounts.check_free(name)
    accounts.add(name, _password(name, piped), editor)
    _record(place, "account added", name, change="editor" if editor else "reader")
    click.echo(f"已建账号 {normal(name)}{'（编辑）' if editor else ''} (added)")


@_command("list")
def show(place: Path | None) -> None:
    """列出账号：名字、身份、何时建立、最近登录。"""
    for one in _accounts(place).all():
        seen = moment(one.seen) or "没有登录过"
        click.echo(f"{one.name}\t{'编辑' if one.editor else '读者'}\t{moment(one.made)}\t{seen}")


@_command("password")
@_NAME
@_STANDARD_INPUT
def password(name: str, piped: bool, place: Path | None) -> None:
    """换密码；用旧密码登录的，随即都要重新登录。"""
    accounts = _accounts(place)
    accounts.check_known(name)
    accounts.set_password(name, _password(name, piped))
    _record(place, "account changed", name, change="password")
    click.echo(f"已换 {normal(name)} 的密码 (changed)")


@_command("remove")
@_NAME
def remove(name: str, place: Path | None) -> None:
    """删除账号；登录着的，随即出去。"""
    _accounts(place).remove(name)
    _record(place, "account removed", name)
    click.echo(f"已删除账号 {normal(name)} (removed)")


@_command("editor")
@_NAME
@click.option("--no", "plain", is_flag=True, help="不再是编辑")
def editor(name: str, plain: bool, place: Path | None) -> None:
    """让一个账号成为编辑，或不再是。"""
    _accounts(place).set_editor(name, not plain)
    _record(place, "account changed", name, change="reader" if plain else "editor")
    click.echo(f"{normal(name)} {'不再是编辑' if plain else '是编辑了'} (changed)")


def _accounts(place: Path | None) -> Accounts:
    settings = Settings.load()
    return accounts_of(place or settings.index, settings.accounts)


def _password(name: str, piped: bool) -> str:
    """The password as it is kept, once it has been found good enough."""
    typed = sys.stdin.readline().rstrip("\r\n") if piped else _asked(name)
    passwords.check(typed, name)
    return passwords.hashed(typed)


def _asked(name: str) -> str:
    asked: str = click.prompt(f"{name} 的密码", hide_input=True, confirmation_prompt="再输一遍", err=True)
    return asked


def _record(place: Path | None, event: str, name: str, **facts: Any) -> None:
    settings = Settings.load()
    audit_of(place or settings.index, settings.audit).write(event, by=person(), account=normal(name), **facts)
