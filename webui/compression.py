"""Answers as gzip, streams as they come: a list of 100,000 rows begins to arrive with its first rows.

There is nothing secret in a page beside what its reader typed, so that its compressed length gives nothing away; those
with the token of a form say ``no-transform`` (webui.accounts.pages).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

LEVEL = 5
LEAST = 1000
"""Bytes; less is not worth it."""
_GZIP = 16 + zlib.MAX_WBITS
_TEXTS = ("text/", "application/json", "application/javascript", "application/x-", "image/svg")
_SUFFIXES = ("+json", "+xml", "/xml", "ndjson")


def register(app: Flask) -> None:
    """Let every answer be compressed for those who say that they can read it."""
    app.after_request(_compressed)


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as one gzip member (RFC 1952); the first is sent on at once, the others as they fill a block."""
    deflate, begun = zlib.compressobj(LEVEL, wbits=_GZIP), False
    for piece in pieces:
        packed = deflate.compress(piece)
        if not begun:
            packed, begun = packed + deflate.flush(zlib.Z_SYNC_FLUSH), True
        if packed:
            yield packed
    yield deflate.flush()


def _compressed(response: Response) -> Response:
    if not _is_text(response.mimetype) or response.status_code in (204, 206, 304):
        return response
    if response.cache_control.no_transform:  # RFC 9111, 5.2.2.6: its length is to be known
        return response
    response.vary.add("Accept-Encoding")
    if not _is_wanted() or "Content-Encoding" in response.headers or _is_short(response):
        return response
    _pack(response)
    response.headers["Content-Encoding"] = "gzip"
    _weaken(response)
    return response


def _is_text(media_type: str | None) -> bool:
    return bool(media_type) and (media_type.startswith(_TEXTS) or media_type.endswith(_SUFFIXES))


def _is_wanted() -> bool:
    """RFC 9110, 12.5.3: named with a weight above zero; ``*`` alone does not ask for it."""
    return any(name in ("gzip", "x-gzip") and weight > 0 for name, weight in request.accept_encodings)


def _is_short(response: Response) -> bool:
    length = response.calculate_content_length() if response.is_sequence else response.content_length
    return length is not None and length < LEAST


def _pack(response: Response) -> None:
    # Files are passed through by the server unless this says otherwise.
    response.direct_passthrough = False
    if response.is_sequence:
        response.set_data(zlib.compress(response.get_data(), LEVEL, wbits=_GZIP))
        return
    if close := getattr(response.response, "close", None):
        response.call_on_close(close)
    response.response = gzipped(response.iter_encoded())
    response.headers.pop("Content-Length", None)


def _weaken(response: Response) -> None:
    """The bytes are others than those of the plain answer, so that only a weak tag may name both (RFC 9110, 8.8.3)."""
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
