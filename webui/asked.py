"""What is asked, as the server passes it on, and what is answered."""

from __future__ import annotations

from string import printable
from typing import Any
from urllib.parse import quote

from flask import Request, Response


class Asked(Request):
    """A request whose query string may hold bytes that are no ASCII, which some programs send and some servers let in.

    They are read as if they had been percent-encoded, so that what is no UTF-8 is replaced where werkzeug would raise;
    a password that is shown in such bytes is none.
    """

    def __init__(self, environ: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        query: str = environ.get("QUERY_STRING", "")
        if not query.isascii():
            environ = environ | {"QUERY_STRING": quote(query.encode("latin-1"), safe=printable)}
        if not environ.get("HTTP_AUTHORIZATION", "").isascii():
            environ = environ | {"HTTP_AUTHORIZATION": ""}
        super().__init__(environ, *args, **kwargs)


class Answered(Response):
    """An answer that may quote half a surrogate pair: JSON that a reader sends can hold it, UTF-8 cannot."""

    def set_data(self, value: bytes | str) -> None:
        """A question mark stands for such a half."""
        super().set_data(value.encode(errors="replace") if isinstance(value, str) else value)
