"""The web pages, and who may read them: serve, user."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from commands.common import INDEX, folder_of
from search.settings import Settings


class Users(click.Group):
    """The commands about accounts; they bring the web with them, so they are read when one of them is asked for."""

    def list_commands(self, _: click.Context) -> list[str]:
        return [*self._read()]

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        return self._read().get(cmd_name)

    def _read(self) -> dict[str, click.Command]:
        from webui.accounts.command import COMMANDS

        return COMMANDS


@click.command()
@INDEX
@click.option("--host", help="监听地址，默认 127.0.0.1（BAOKU_HOST）")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 8000（BAOKU_PORT）")
def serve(place: Path | None, host: str | None, port: int | None) -> None:
    """打开网页检索界面（只读）。

    \b
    例 examples:
      baoku serve
      baoku serve --host 0.0.0.0 --port 8080
    """
    from indexer.original import original
    from webui.server import serve as run

    settings = Settings.load()
    run(folder_of(place), replace(settings, host=host or settings.host, port=port or settings.port), original)


@click.group(cls=Users, no_args_is_help=True)
def user() -> None:
    """网页的账号：谁能登录（设置 login 不是 off 时用得着）。

    \b
    例 examples:
      baoku user add 王编辑 --editor
      baoku user list
    """
