"""Who comes when too many wait is told so, and nothing else is done for it: a crowd must not cost what it waits for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from threading import BoundedSemaphore
from time import sleep
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.exceptions import HTTPException

from webui import guard, journal
from webui.admission import Gate
from webui.errors import FOR_PROGRAMS, busy
from webui.language import LOCALES, PARAMETER

IsErrand = Callable[[str, Mapping[str, Any]], bool]
"""Whether an endpoint and an environment are of what is behind the gate."""


HELD = 128
"""Refusals that are kept back at the same time; each takes a thread of the server."""


def register(app: Flask, gate: Gate, is_errand: IsErrand, hold: float) -> None:
    """Let what would not get through the gate be refused without the application, ``hold`` seconds later."""
    app.wsgi_app = Overflow(app, gate, is_errand, hold)  # type: ignore[method-assign]


class Overflow:
    """WSGI middleware: 503 with the words that the application has for it, made once for each language.

    Whoever holds the page already may ask whether it is still good: that costs as little. Refusals are kept back for a
    moment, for a program that is told "no" at once asks again at once, and a few such would take all the time there is.
    """

    def __init__(self, app: Flask, gate: Gate, is_errand: IsErrand, hold: float) -> None:
        self._app, self._inner = app, app.wsgi_app
        self._gate, self._is_errand = gate, is_errand
        self._hold, self._held = hold, BoundedSemaphore(HELD)
        self._made: dict[str, tuple[bytes, list[tuple[str, str]]]] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        """As PEP 3333 has it."""
        if not self._gate.full or "HTTP_IF_NONE_MATCH" in environ or not self._is_behind(environ):
            return self._inner(environ, start_response)
        method, number = environ["REQUEST_METHOD"], secrets.token_hex(8)
        self._keep_back()
        body, headers = self._answer(environ)
        journal.write(number, method, environ["PATH_INFO"], 503, 0, len(body))
        self._app.extensions["metrics"].requests.labels("none", method, 503).inc()
        start_response("503 SERVICE UNAVAILABLE", [*headers, (journal.HEADER, number)])
        return [body] if method == "GET" else []

    def _keep_back(self) -> None:
        if self._hold and self._held.acquire(blocking=False):
            sleep(self._hold)
            self._held.release()

    def _is_behind(self, environ: dict[str, Any]) -> bool:
        try:
            endpoint, _ = self._app.url_map.bind("").match(environ["PATH_INFO"], environ["REQUEST_METHOD"])
        except HTTPException:
            return False
        return self._is_errand(endpoint, environ)

    def _answer(self, environ: dict[str, Any]) -> tuple[bytes, list[tuple[str, str]]]:
        """The words for a page in its language or for a program, with all headers of an answer."""
        path = environ["PATH_INFO"]
        for_programs = path.startswith(FOR_PROGRAMS) or path.endswith(".json")
        language = "" if for_programs else dict(parse_qsl(environ.get("QUERY_STRING", ""))).get(PARAMETER, "")
        kind = "json" if for_programs else language if language in LOCALES else ""
        if kind not in self._made:
            where = "/search.json" if for_programs else "/search"
            # By a name of its own: to another one it would not answer with a page.
            name = (self._app.config["HOSTS"].split() or ["localhost"])[0].lstrip(".")
            asked = {PARAMETER: kind} if kind in LOCALES else {}
            with self._app.test_request_context(where, query_string=asked, headers={"Host": name}):
                answer = guard.harden(busy())
            answer.headers["Cache-Control"] = "no-store"
            self._made[kind] = answer.get_data(), list(answer.headers)
        return self._made[kind]
