"""A line for every answer, tied to it by the number in its ``X-Request-ID``.

What was searched for is in no line, and neither is who searched: a newspaper's questions are its own, and what is not
written down cannot leak. Only when the program fails is the whole address logged, for else nobody could mend it.
"""

from __future__ import annotations

import json
import logging
import secrets
from datetime import UTC, datetime
from time import perf_counter
from urllib.parse import quote

from flask import Flask, Response, g, has_request_context, request

from webui.workers.worker import ERRAND, REQUEST

LOGGER = logging.getLogger("baoku.requests")
HEADER = "X-Request-ID"


class JsonLines(logging.Formatter):
    """One JSON object a line, whatever is logged, by whatever library."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **({"request": request_id()} if has_request_context() else {}),
            **(getattr(record, "answer", None) or {"message": record.getMessage()}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(form: str) -> None:
    """Logs to standard error: answers and faults as ``text`` or ``json``; with ``off`` nothing but faults."""
    if form == "off":
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    LOGGER.setLevel(logging.INFO)


def register(app: Flask) -> None:
    """Let every answer have its number and its line."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """The number of the request that is being answered; none is taken over from whoever asks."""
    if "request_id" not in g:
        g.request_id = request.environ.get(REQUEST) or secrets.token_hex(8)
    return str(g.request_id)


def taken() -> float:
    """Seconds since the request came."""
    return perf_counter() - float(g.get("since", perf_counter()))


def _begin() -> None:
    g.since = perf_counter()


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    if ERRAND in request.environ:  # the front logs it
        return response
    write(request_id(), request.method, request.path, response.status_code, taken(), response.content_length)
    return response


def write(number: str, method: str, path: str, status: int, seconds: float, size: int | None) -> None:
    """The line of an answer."""
    answer = {
        "request": number,
        "method": method,
        # Quoted, so that no address can begin a line of its own.
        "path": quote(path, errors="replace"),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "bytes": size,
    }
    LOGGER.info("%s %s", number, " ".join(map(str, [*answer.values()][1:])), extra={"answer": answer})
