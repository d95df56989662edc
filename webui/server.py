"""The production server: waitress over the application, bound to the loopback unless told otherwise."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, socket
from threading import Thread
from typing import Any

import click
from flask import Flask
from waitress import create_server

from search.archive import Archive
from search.errors import BaokuError
from search.settings import Settings
from webui import guard, journal, listening, overflow
from webui.accounts.door import ALL, OFF, check_secret
from webui.accounts.store import accounts_of
from webui.admission import Gate
from webui.app import create_app
from webui.jobs.room import sweep
from webui.original import Original
from webui.serving import Crowd
from webui.shelf import Shelf
from webui.uploads import UPLOAD_BYTES
from webui.workers.crew import Crew, leave
from webui.workers.errand import Errands
from webui.workers.tidy import prepare, tidy
from webui.workers.worker import work

OPEN = (
    "注意：别的机器也连得上。没有登录，往来不加密，连得上的人都能读全部文章；放到互联网上之前请看 docs/security.md "
    "(open to other machines, without login or encryption)"
)
READABLE = (
    "注意：别的机器也连得上，往来不加密，同一网络里的人看得见密码；前面要有 TLS，请看 docs/security.md "
    "(open to other machines, without encryption)"
)
NOBODY = "还没有账号，谁也登录不了；建一个：baoku user add 名字 --editor (there are no accounts yet)"
SPARE_THREADS = 8
"""For answers that never wait: files of the pages, health, and that all places are taken."""
HOLD_SECONDS = 1.0
CONNECTIONS = 1000


def serve(index: Path, settings: Settings, original: Original | None = None) -> None:
    """Serves the archive until interrupted; says in one line where. ``original`` is as for ``create_app``.

    Raises:
        BaokuError: there is no usable index, the port or address cannot be had, or the doors cannot be kept: there is
            no key, or what is no network.
    """
    prepare()
    archive = Archive.open(index)
    articles = archive.corpus().articles
    # Requests that wait for a thread are no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    check_secret(settings.secret_key, needed=settings.login != OFF or not guard.is_local(settings.host))
    guard.networks(settings.allow)
    journal.configure(settings.log)
    doors = listening.doors(settings.host, settings.port)
    click.echo(f"报库已打开：{listening.url(settings.host, settings.port)} （{articles} 篇文章；按 Ctrl-C 结束）")
    for warning in _warnings(index, settings):
        click.echo(warning, err=True)
    house = House(index, settings, original, doors, archive)
    if settings.workers:
        house.run()
    else:
        Thread(target=house.warm, daemon=True).start()
        house.front()


@dataclass(slots=True)
class House:
    """One server: the front, which has the doors, and the workers behind it.

    ``archive`` is there until all have begun, so that they share what it has read.
    """

    index: Path
    settings: Settings
    original: Original | None
    doors: list[socket]
    archive: Archive | None
    edition: str = ""

    def run(self) -> None:
        """Keeps a front and workers at work until interrupted.

        Raises:
            BaokuError: they die as soon as they begin.
        """
        signal.signal(signal.SIGTERM, leave)
        self.edition = secrets.token_hex(8)
        self.warm()
        with tempfile.TemporaryDirectory(prefix="baoku-") as folder, socket(AF_UNIX, SOCK_STREAM) as errands:
            place = str(Path(folder) / "errands")
            errands.bind(place)
            errands.listen(self.settings.queue)
            errands.setblocking(False)
            workers = [partial(self.worker, errands)] * self.settings.workers
            if not Crew((partial(self._front_of, place), *workers), self._begun).run():
                raise BaokuError("服务器的进程一开始就结束，见上面的原因 (the server's processes end at once)")

    def _front_of(self, place: str, lifeline: int) -> None:
        Thread(target=_end_with, args=(lifeline,), daemon=True).start()
        self.front(Errands(place, self.settings.budget))

    def front(self, errands: Errands | None = None) -> None:
        """Talks to readers until interrupted."""
        tidy()
        here, queue = Gate(self.settings.threads, self.settings.queue), self.settings.queue
        crowd = Crowd(here, Gate(self.settings.workers, queue), errands, HOLD_SECONDS) if errands else Crowd(here)
        app = self._app(CROWD=crowd)
        server = create_server(
            app,
            sockets=self.doors,
            threads=self.settings.threads + self.settings.workers + queue + SPARE_THREADS + overflow.HELD,
            ident="baoku",
            connection_limit=CONNECTIONS,
            asyncore_use_poll=True,
            # Whoever waits for a place is asked whether anybody still wants the answer.
            channel_request_lookahead=1,
            max_request_body_size=2 * UPLOAD_BYTES,
            **_believed(self.settings.proxy),
        )
        try:
            server.run()
        finally:
            server.close()
            app.extensions["exports"].close()

    def worker(self, errands: socket, lifeline: int) -> None:
        """Makes pages until the lifeline ends."""
        for door in self.doors:
            door.close()
        tidy()
        app = self._app(RATE=0, MOMENTS=0)  # whoever reads a list on asks the front
        if self.archive is None:
            _warm(app.extensions["baoku"])
        work(app, errands, lifeline)

    def warm(self) -> None:
        """Loads the dictionary and makes the vocabulary and the calendar while the first reader is still typing.

        What an earlier process has left of its long exports is removed, too.
        """
        sweep()
        _warm(Shelf(self.index, self.archive))

    def _begun(self) -> None:
        """Lets go of the files of the index: a later commit deletes them. The doors stay, for another front."""
        self.archive = None

    def _app(self, **config: Any) -> Flask:
        known = {"INDEX": self.index, "ORIGINAL": self.original, "ARCHIVE": self.archive, "EDITION": self.edition}
        return create_app(known | config)


def _warnings(index: Path, settings: Settings) -> Iterator[str]:
    """What whoever starts it should know."""
    closed = settings.login == ALL
    if not guard.is_local(settings.host) and not (closed and settings.hsts):
        yield READABLE if closed else OPEN
    if settings.login != OFF and not accounts_of(index, settings.accounts).all():
        yield NOBODY


def _warm(shelf: Shelf) -> None:
    # What goes wrong, be it that the index cannot be opened, is told to the reader who asks.
    with suppress(BaokuError):
        archive = shelf.archive()
        archive.search("报库")
        archive.suggest("报库")
        archive.held()
        archive.stats()


def _end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


def _believed(proxy: str) -> dict[str, Any]:
    """Which proxy may say who asks, and by which scheme. Host it passes on itself.

    What others say of themselves is left in, so that guard.comes_from_here sees that they were passed on.
    """
    known = {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
    return {"clear_untrusted_proxy_headers": False, **(known if proxy else {})}
