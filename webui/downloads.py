"""Result lists to take away: the page on which a format is chosen, and the downloads."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, url_for

from search.export import EXPORTS
from search.export.form import Format, Wanted
from search.request import SearchRequest
from webui.shelf import archive


def download(form: str, asked: SearchRequest, text: bool) -> Response:
    """All hits in order, whatever the page, as a file that is written while it is sent."""
    chosen = EXPORTS[form]
    listed = archive().listed(asked)
    # Made now: while the file is sent, Flask no longer knows the request.
    address = url_for("pages.article", identity="", _external=True)
    wanted = Wanted(lambda identity: address + quote(identity, safe=""), text)
    answer = Response(chosen.write(listed, wanted), mimetype=chosen.media_type)
    answer.headers["Content-Disposition"] = _attachment(chosen, asked.query)
    return answer


def _attachment(form: Format, query: str) -> str:
    """Content-Disposition with a plain and a UTF-8 file name (RFC 6266)."""
    words = "".join(char for char in query if char.isalnum() or char in " -_")[:30].strip()
    name = quote(f"报库-{words or '全部'}.{form.suffix}", safe="")
    return f"attachment; filename=\"baoku.{form.suffix}\"; filename*=UTF-8''{name}"
