"""The production server: waitress over the application, bound to the loopback unless told otherwise."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import click
from flask import Flask
from waitress import create_server

from search.archive import Archive
from search.errors import BaokuError
from search.settings import Settings
from webui import guard, journal
from webui.accounts.door import ALL, OFF, check_secret
from webui.app import create_app
from webui.jobs.room import sweep
from webui.original import Original
from webui.uploads import UPLOAD_BYTES

OPEN = (
    "注意：别的机器也连得上。没有登录，往来不加密，连得上的人都能读全部文章；放到互联网上之前请看 docs/security.md "
    "(open to other machines, without login or encryption)"
)
READABLE = (
    "注意：别的机器也连得上，往来不加密，同一网络里的人看得见密码；前面要有 TLS，请看 docs/security.md "
    "(open to other machines, without encryption)"
)
NOBODY = "还没有账号，谁也登录不了；建一个：baoku user add 名字 --editor (there are no accounts yet)"


def serve(index: Path, host: str, port: int, threads: int, original: Original | None = None) -> None:
    """Serves the archive until interrupted; says in one line where. ``original`` is as for ``create_app``.

    Raises:
        BaokuError: there is no usable index, or the port or address cannot be had.
    """
    articles = Archive.open(index).corpus().articles
    # Requests that wait for a thread are no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = Settings.load()
    check_secret(settings.secret_key, needed=not guard.is_local(host))
    journal.configure(settings.log)
    app = create_app({"INDEX": index, "ORIGINAL": original})
    Thread(target=_warm, args=(app,), daemon=True).start()
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=threads,
            ident="baoku",
            max_request_body_size=2 * UPLOAD_BYTES,
            **_believed(settings.proxy),
        )
    except (OSError, ValueError) as error:
        raise BaokuError(_reason(error, host, port)) from None
    click.echo(f"报库已打开：http://{_in_url(host)}:{port} （{articles} 篇文章；按 Ctrl-C 结束）")
    for warning in _warnings(app, host):
        click.echo(warning, err=True)
    try:
        server.run()
    finally:
        server.close()
        app.extensions["exports"].close()


def _warnings(app: Flask, host: str) -> Iterator[str]:
    """What whoever starts it should know."""
    closed = app.config["LOGIN"] == ALL
    if not guard.is_local(host) and not (closed and app.config["HSTS"]):
        yield READABLE if closed else OPEN
    if app.config["LOGIN"] != OFF and not app.extensions["entrance"].accounts.all():
        yield NOBODY


def _warm(app: Flask) -> None:
    """Loads the dictionary and makes the vocabulary and the calendar while the first reader is still typing.

    What an earlier process has left of its long exports is removed, too.
    """
    sweep()
    # What goes wrong is told to the reader who asks.
    with suppress(BaokuError):
        archive = app.extensions["baoku"].archive()
        archive.search("报库")
        archive.suggest("报库")
        archive.held()
        archive.stats()


def _believed(proxy: str) -> dict[str, Any]:
    """Which proxy may say who asks, and by which scheme. Host it passes on itself.

    What others say of themselves is left in, so that guard.comes_from_here sees that they were passed on.
    """
    known = {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
    return {"clear_untrusted_proxy_headers": False, **(known if proxy else {})}


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _reason(error: OSError | ValueError, host: str, port: int) -> str:
    if isinstance(error, ValueError):  # waitress says no more than that
        return f"不能在 {_in_url(host)}:{port} 上监听：没有这个地址 (no such address)"
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用；换一个：--port {port + 1}，或 make serve PORT={port + 1} (the port is in use)"
    return f"不能在 {_in_url(host)}:{port} 上监听：{error.strerror or error} (cannot listen there)"
