"""Where an answer is made: pages by the workers, where there are any, all else here; and how many at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, request

from webui import overflow
from webui.accounts import current
from webui.admission import Gate
from webui.caching import TAGGED
from webui.guard import DEAR_ENDPOINTS, FREE_ENDPOINTS
from webui.journal import request_id
from webui.shelf import archive, shelf
from webui.workers.errand import Errands
from webui.workers.worker import ACCOUNT, REQUEST

PATIENCE_SECONDS = 10.0
"""So long a request waits for its turn."""
MADE_BY_WORKERS = (TAGGED | {"suggest"}) - {"sitemap"}
"""The blueprints whose answers follow from the address and the archive alone, and are no long streams."""
LISTS_ON = frozenset(("data.search_json", "api.search"))
"""Whose answers name the next page of a list that stays in one state of the archive."""
GONE = 499
"""The reader has gone away: nobody sees this status but the log."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many are served at a time: ``pages`` by ``errands``, None without workers; all else ``here``.

    ``hold`` is for how many seconds a refusal is kept back (webui.overflow).
    """

    here: Gate
    pages: Gate | None = None
    errands: Errands | None = None
    hold: float = 0.0


def register(app: Flask) -> None:
    """Let requests take their turn, if the application has a Crowd; without one all are served at once."""
    crowd: Crowd | None = app.config["CROWD"]
    if crowd is None:
        return
    app.before_request(_served)
    app.after_request(_handed_over)
    app.teardown_request(lambda _: _left())
    metrics = app.extensions["metrics"]
    metrics.waiting.set_function(lambda: crowd.here.length + (crowd.pages.length if crowd.pages else 0))
    if crowd.pages:
        overflow.register(app, crowd.pages, _is_errand, crowd.hold)


def _served() -> Response | None:
    if request.endpoint in FREE_ENDPOINTS or request.endpoint is None:
        return None
    crowd: Crowd = current_app.config["CROWD"]
    errands = crowd.errands if _is_errand(request.endpoint, request.environ) else None
    g.gate = _entered(crowd.pages if errands and crowd.pages else crowd.here)
    if _is_alone():
        return Response(status=GONE)
    return _made_by_worker(errands) if errands else None


def _entered(gate: Gate) -> Gate:
    gate.enter(PATIENCE_SECONDS)
    return gate


def _is_errand(endpoint: str, environ: Mapping[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and endpoint.rpartition(".")[0] in MADE_BY_WORKERS
        and endpoint not in DEAR_ENDPOINTS | FREE_ENDPOINTS
        # What comes after the first page of a list is where its state is kept.
        and "next=" not in environ.get("QUERY_STRING", "")
    )


def _is_alone() -> bool:
    """Whether the reader has gone away while waiting."""
    gone = request.environ.get("waitress.client_disconnected")
    return bool(gone and gone())


def _made_by_worker(errands: Errands) -> Response:
    if request.endpoint in LISTS_ON:
        # Workers come and go; whoever reads the list on is answered here.
        shelf().keep(archive().now())
    account = current()
    known = {REQUEST: request_id(), ACCOUNT: account.stamp if account else ""}
    answer = errands.run(request.environ | known)
    g.tag = None  # the worker has said what may be kept
    return answer


def _handed_over(response: Response) -> Response:
    """The place is free again when all has been sent; files are sent by the server alone, which tells nobody."""
    if not response.direct_passthrough and (gate := g.pop("gate", None)):
        response.call_on_close(gate.leave)
    return response


def _left() -> None:
    if gate := g.pop("gate", None):
        gate.leave()
