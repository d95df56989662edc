"""One worker: takes errands from the socket that all share, one at a time, and answers each by the application."""

from __future__ import annotations

import os
import select
from io import BytesIO
from socket import socket
from typing import Any

from werkzeug.test import run_wsgi_app

from webui.workers.wire import Broken, receive, send

ERRAND = "baoku.errand"
"""The key of the environment that says: this request has come through the door already. No header can make it."""
REQUEST = "baoku.request"
"""The key of the number that the front has given to the request."""
ACCOUNT = "baoku.account"
"""The key of the stamp of whoever has signed in, empty for nobody: the front has looked at cookies and passwords."""


def work(application: Any, errands: socket, lifeline: int) -> None:
    """Answers errands until the other end of ``lifeline``, a pipe, is closed: the process that holds it is gone."""
    while lifeline not in select.select((errands, lifeline), (), ())[0]:
        try:
            front, _ = errands.accept()
        except BlockingIOError:  # another worker was faster
            continue
        with front:
            try:
                _answer(application, front)
            except Broken:  # whoever asked has given up
                continue


def _answer(application: Any, front: socket) -> None:
    front.setblocking(True)
    send(front, {"worker": os.getpid()})
    asked, _ = receive(front)
    environ = {**asked, **_REST, "wsgi.input": BytesIO()}
    pieces, status, headers = run_wsgi_app(application, environ, buffered=True)
    send(front, {"status": status, "headers": list(headers)}, b"".join(pieces))


_REST = {
    "wsgi.version": (1, 0),
    "wsgi.errors": None,
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    ERRAND: True,
}
