"""For whoever keeps the server running: is it ready, and what has it done (Prometheus text format 0.0.4)."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from search.errors import BaokuError
from webui.guard import comes_from_here
from webui.journal import taken
from webui.shelf import archive

blueprint = Blueprint("operations", __name__)

METHODS = frozenset(("GET", "HEAD", "POST"))
"""All others are counted as one: anybody may invent a method."""
SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)


class Metrics:
    """The counters of one application; the names are promised in docs/operations.md."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        labels = ("endpoint", "method", "status")
        self.requests = Counter("baoku_requests", "Answers", labels, registry=self.registry)
        self.seconds = Histogram(
            "baoku_request_seconds", "Until the first byte", ["endpoint"], buckets=SECONDS, registry=self.registry
        )
        self.waiting = Gauge("baoku_waiting", "Requests that wait for their turn", registry=self.registry)
        self.readable = Gauge("baoku_index_readable", "1 if the index can be read", registry=self.registry)
        self.articles = Gauge("baoku_articles", "Articles in the index", registry=self.registry)
        self.committed = Gauge("baoku_committed_timestamp_seconds", "The newest commit", registry=self.registry)

    def count(self, response: Response) -> Response:
        """Counts an answer."""
        endpoint = request.endpoint or "none"
        method = request.method if request.method in METHODS else "other"
        self.requests.labels(endpoint, method, response.status_code).inc()
        self.seconds.labels(endpoint).observe(taken())
        return response

    def look(self) -> None:
        """Looks at the index."""
        try:
            self.articles.set(archive().corpus().articles)
            self.committed.set(archive().committed)
            self.readable.set(1)
        except BaokuError:
            self.readable.set(0)


def register(app: Flask) -> None:
    """Let every answer be counted."""
    metrics = app.extensions["metrics"] = Metrics()
    app.after_request(metrics.count)


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether a search is answered: one is made. The first waits until the dictionary is loaded."""
    try:
        archive().search("报库")
    except BaokuError as error:
        return _plain(f"not ready: {error}\n", 503)
    return _plain("ready\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """The counters; by default only for programs on the same machine."""
    allowed = current_app.config["METRICS"]
    if allowed == "off" or (allowed == "local" and not comes_from_here()):
        abort(404)
    kept: Metrics = current_app.extensions["metrics"]
    kept.look()
    answer = _plain(generate_latest(kept.registry).decode())
    answer.headers["Content-Type"] = CONTENT_TYPE_PLAIN_0_0_4
    return answer


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, {"Cache-Control": "no-store"}, "text/plain")
