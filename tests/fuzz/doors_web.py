"""What comes over the network: addresses, and files that are sent."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.archive import Archive
from tests.fuzz import seeds, texts
from tests.fuzz.doors_lists import _SPOILT
from tests.fuzz.mutate import as_bytes, as_json, as_receipt, as_text, in_numbers, in_zip, other_encoding, spoil
from tests.fuzz.target import Broken, Target, Use
from webui.app import create_app
from webui.params import NAMES

_ANSWERED = {200, 204, 206, 301, 302, 303, 304, 308, 400, 401, 403, 404, 405, 410, 413, 414, 416, 429}
_WORDS = (
    *(
        f"&{name}="
        for name in sorted({*NAMES, "next", "id", "form", "term", "by", "lang", "view", "compare", "format", "text"})
    ),
    *(
        "/",
        "?",
        "&",
        "=",
        "%",
        "%00",
        "%ff",
        "%2f",
        "..",
        ";",
        "#",
        "+",
        "//",
        "\\",
        "state=",
        "c3RhdGU9",
        "<script>",
        "{{7*7}}",
    ),
    *("/api/v1/", "/article/", ".json", ".csv", "99999999999999999999", "-1", "2022-13", "未注明", "a01", "\r\nX-A: 1"),
)
_CHANGING = re.compile(
    r'took_ms"?:? ?[\d.]+|\d+(\.\d+)? 毫秒|nonce-[^"\' ]+|[0-9a-f]{16}|20\d\d-\d\d-\d\dT[\d:]+(\+08:00|Z)?'
)
"""What no two answers have in common."""


def _addresses(folder: Path) -> tuple[Sequence[bytes], Use]:
    client = _client(folder)

    def use(data: bytes) -> object:
        return _looked_at(client.get("/", environ_overrides=first_line(data)))

    return texts.ADDRESSES, use


def _uploads(folder: Path) -> tuple[Sequence[bytes], Use]:
    client = _client(folder)
    stored = Archive.open(folder / "index")

    def use(data: bytes) -> object:
        page = client.post("/verify", data={"file": (io.BytesIO(data), "名单.csv")})
        rows = client.post("/list.json", data={"file": (io.BytesIO(data), "名单.csv")})
        return _looked_at(page), _looked_at(rows)

    return [*seeds.lists(stored), *seeds.receipts(stored)], use


def first_line(data: bytes) -> dict[str, str]:
    """An address as a server passes it on; in the first line of a request are no blanks, and nothing but bytes."""
    address = data.decode("latin-1").translate({9: "%09", 10: "%0a", 13: "%0d", 32: "%20", 35: "%23"})
    path, _, query = address.partition("?")
    path = path if path.startswith("/") else f"/{path}"
    return {"PATH_INFO": _unquoted(path), "QUERY_STRING": query, "REQUEST_URI": address, "RAW_URI": address}


def _looked_at(answer: TestResponse) -> object:
    if "Set-Cookie" in answer.headers:
        raise Broken("a cookie where nobody signs in")
    return sound(answer)


def sound(answer: TestResponse) -> tuple[int, str]:
    """What an answer says, without what changes; whatever was asked, it must be one that harms nobody."""
    body = answer.get_data()
    if answer.status_code not in _ANSWERED:
        raise Broken(f"answered with {answer.status_code}: {body[:500].decode('utf-8', 'replace')}")
    if b"Traceback (most" in body:
        raise Broken("an answer with what does not belong there")
    if answer.mimetype != "text/html":
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            raise Broken("an answer whose type is to be guessed")
    elif b"<script>" in body:
        raise Broken("a script in the page")
    return answer.status_code, _CHANGING.sub("", body.decode("utf-8", "replace"))


def _client(folder: Path) -> FlaskClient:
    seeds.archive(folder)
    config = {"INDEX": folder / "index", "TESTING": True, "PROPAGATE_EXCEPTIONS": True, "RATE": 0, "EXPORTS": 0}
    app: Flask = create_app(config)
    return app.test_client()


def _unquoted(path: str) -> str:
    """The path as WSGI has it: unquoted, as Latin-1."""
    return re.sub("%([0-9A-Fa-f]{2})", lambda pair: chr(int(pair[1], 16)), path)


TARGETS = (
    Target("address", 12, spoil(as_text(_WORDS), as_text(_WORDS), as_text(), in_numbers, as_bytes), _addresses),
    Target("upload", 3, spoil(*_SPOILT, as_receipt, as_json, other_encoding, in_zip(*_SPOILT)), _uploads),
)
