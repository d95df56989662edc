"""What browsers may keep: the files of the pages for ever, for their address has their hash; pages until the archive
changes.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from flask import Flask, Response, g, request

from search.errors import BaokuError
from webui.accounts import current
from webui.shelf import archive

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
TAGGED = frozenset(
    (
        *("pages", "browse", "trends", "advanced", "data", "feeds", "help", "marks", "citing"),
        *("api", "interface", "sitemap"),
    )
)
"""The blueprints whose answers follow from the address and the archive alone."""


def static_address() -> str:
    """Where the static files are: the hash of all of them is in the address, so that what they import has it, too."""
    total = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(STATIC).as_posix()} {len(content)}\n".encode() + content)
    return f"/static/{total.hexdigest()[:12]}"


def register(app: Flask) -> None:
    """Answer 304 where nothing has changed, and say how long an answer may be kept."""
    # A restart may bring other templates or other data: nothing from before it is valid.
    edition = app.config["EDITION"] or secrets.token_hex(8)
    app.before_request(lambda: _unchanged(edition))
    app.after_request(_kept)


def depends_on_the_moment() -> None:
    """Say, while an answer is made, that it may be another one next time: nobody may keep it."""
    g.tag = None


def _unchanged(edition: str) -> Response | None:
    """304 before anything is searched for, where the reader holds this very page.

    The state of the archive is read before the page is made: a page that is newer than its tag is asked for again, one
    that is older would be kept.
    """
    g.tag = _tag(edition)
    if g.tag is None or not request.if_none_match or not request.if_none_match.contains_weak(g.tag):
        return None
    return Response(status=304, headers={"ETag": f'W/"{g.tag}"', "Vary": "Accept-Encoding"})


def _kept(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = FOR_EVER
        return response
    response.headers.setdefault("Cache-Control", ASK_AGAIN)
    if response.status_code == 200 and "ETag" not in response.headers and g.get("tag"):
        response.set_etag(g.tag, weak=True)
    return response


def _tag(edition: str) -> str | None:
    """The state of the archive, the reader and the address; None where the answer depends on more."""
    if request.method not in ("GET", "HEAD") or request.blueprint not in TAGGED or "view" in request.args:
        return None
    try:
        state = archive().state
    except BaokuError:
        return None
    account = current()
    # Pages name who has signed in: nobody is told that what another one has seen is still so.
    reader = f"{account.stamp} {account.editor}" if account else ""
    return hashlib.sha256(f"{edition}\n{state}\n{reader}\n{request.url}".encode("utf-8", "replace")).hexdigest()[:24]
