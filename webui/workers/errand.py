"""The front's side: a page is asked of a worker, and one that takes too long is stopped with its worker."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from socket import AF_UNIX, SOCK_STREAM, socket
from time import monotonic
from typing import Any

from flask import Response

from search.errors import BaokuError
from search.message import Message
from webui.workers.wire import Broken, receive, send

_log = logging.getLogger(__name__)


class TooSlow(BaokuError):
    """An answer has taken longer than any may; whoever made it has been stopped."""


class WorkersGone(BaokuError):
    """No worker could finish an answer: there are none just now, or each died of it."""


@dataclass(frozen=True, slots=True)
class Errands:
    """Where the workers are reached, and how many seconds one of them may take for an answer."""

    place: str
    seconds: float

    def run(self, environ: dict[str, Any]) -> Response:
        """The answer of a worker to a request without a body. When a worker dies of it, another one is asked, once.

        Raises:
            TooSlow: the time was over; the worker has been killed, and another one takes its place.
            WorkersGone: there is no worker that could answer it.
        """
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        end = monotonic() + self.seconds
        for _ in range(2):
            with suppress(Broken):
                return self._asked(told, end)
        raise WorkersGone(Message("这一页没有做成，请稍后再试 (the page could not be made)"))

    def _asked(self, told: dict[str, str], end: float) -> Response:
        with socket(AF_UNIX, SOCK_STREAM) as worker:
            number = None
            try:
                _timed(worker, end)
                _connect(worker, self.place)
                number = receive(worker)[0]["worker"]
                send(worker, told)
                _timed(worker, end)
                head, body = receive(worker)
            except TimeoutError:
                raise self._stopped(number) from None
        answer = Response(body, head["status"])
        answer.headers.clear()
        answer.headers.extend(map(tuple, head["headers"]))
        return answer

    def _stopped(self, number: int | None) -> BaokuError:
        if number is None:
            return WorkersGone(Message("这一页没有做成，请稍后再试 (the page could not be made)"))
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        _log.error("worker %s took more than %g seconds for an answer and was stopped", number, self.seconds)
        return TooSlow(
            Message(
                "{seconds:g} 秒还没有做完，已经停下；请把检索式改得具体一些 (stopped: it took too long)",
                seconds=self.seconds,
            )
        )


def _timed(worker: socket, end: float) -> None:
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    worker.settimeout(left)


def _connect(worker: socket, place: str) -> None:
    try:
        worker.connect(place)
    except TimeoutError:
        raise
    except OSError:
        raise Broken from None
