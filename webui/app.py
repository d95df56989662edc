"""The web application put together: its settings, its blueprints and what is done for every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, request

from search.settings import Settings
from webui import (
    accounts,
    advanced,
    api,
    browse,
    caching,
    citing,
    compression,
    data,
    downloads,
    errors,
    feeds,
    guard,
    help,
    journal,
    language,
    marks,
    operations,
    pages,
    receipts,
    serving,
    sitemap,
    suggest,
    trends,
    words,
)
from webui.accounts import editors
from webui.accounts import pages as signing
from webui.asked import Answered, Asked
from webui.jobs import prepared
from webui.jobs.desk import Desk
from webui.shelf import MOMENTS, Shelf

QUERY_BYTES, PATH_CHARACTERS = 32_768, 2_048
"""Longer query strings and paths are answered with 414."""

ROOMS = (
    pages,
    data,
    advanced,
    downloads,
    prepared,
    suggest,
    feeds,
    marks,
    browse,
    trends,
    sitemap,
    help,
    citing,
    receipts,
    operations,
    signing,
    editors,
)
"""Whose addresses there are, beside those of the interface for programs."""

TAKEN = (
    *("index", "links", "cors", "language", "exports", "hosts", "rate", "hsts", "metrics"),
    *("login", "accounts", "audit", "allow", "secret_key"),
)
"""The settings that become keys of the application's configuration, in upper case."""

OURS = {
    "ORIGINAL": None,
    "ARCHIVE": None,
    "EDITION": "",
    "CROWD": None,
    "MOMENTS": MOMENTS,
    "PROVIDE_AUTOMATIC_OPTIONS": False,
}


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application over one index.

    ``INDEX`` is the path of the index, ``LINKS`` where short links are kept, ``CORS`` which sites may read /api,
    ``LANGUAGE`` that of addresses which name none, ``EXPORTS`` how many megabytes long exports may take, ``HOSTS`` the
    names of this server, ``RATE`` how often one address may ask, ``HSTS`` for how long browsers shall insist on TLS,
    ``METRICS`` who may see the counters, ``LOGIN`` for what readers must sign in, ``ACCOUNTS`` and ``AUDIT`` where
    accounts and the audit log are kept, ``ALLOW`` the networks that may ask, ``SECRET_KEY`` what cookies are signed
    with, all by default as search.settings has them; ``ORIGINAL`` reads the page that an article comes from
    (webui.original), by default nothing does. ``ARCHIVE`` is the archive at ``INDEX`` where it is open already,
    ``EDITION`` what the tags of all processes begin with that answer as one, ``CROWD`` how many are served at the same
    time (webui.serving), by default any number, ``MOMENTS`` how many states of the archive are kept for lists in
    progress. Other keys are Flask's own. A missing or damaged index does not prevent the start: it is told on every
    page, with status 503.
    """
    app = Flask(__name__, static_url_path=caching.static_address())
    app.request_class, app.response_class = Asked, Answered
    settings = Settings.load()
    for name in TAKEN:
        app.config[name.upper()] = getattr(settings, name)
    app.config.update(OURS | dict(config or {}))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.lstrip_blocks = True
    app.extensions["baoku"] = Shelf(app.config["INDEX"], app.config["ARCHIVE"], app.config["MOMENTS"])
    app.extensions["exports"] = Desk(app.config["EXPORTS"] << 20)
    journal.register(app)
    operations.register(app)
    guard.register(app)
    accounts.register(app)
    app.before_request(_refuse_long_urls)
    compression.register(app)
    caching.register(app)
    language.register(app)
    words.register(app)
    errors.register(app)
    serving.register(app)
    api.register(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    return app


def _refuse_long_urls() -> None:
    if len(request.query_string) > QUERY_BYTES or len(request.path) > PATH_CHARACTERS:
        abort(414)
