"""What keeps the door: headers for the reader's browser, the names of this server, from where it may be asked, how fast
one address may ask, and that no other site asks in a reader's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from flask import Flask, Response, current_app, request
from flask.globals import request_ctx
from flask_limiter import Limiter

from search.errors import BaokuError
from search.message import Message
from webui.uploads import UPLOAD_BYTES

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DEAR = 10
"""For as many questions a whole list counts, and whatever is sent."""
DEAR_ENDPOINTS = frozenset(
    ("downloads.export", "data.search_csv", "api.export", "api.receipt", "receipts.search_receipt", "receipts.receipt")
)
FREE_ENDPOINTS = frozenset(("static", "data.health", "operations.ready", "operations.metrics"))
WINDOW_SECONDS = 60
_STRANGE = Message("这台机器不在可以使用报库的网络里，请问管理员 (not from an allowed network).")
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


class Refused(BaokuError):
    """What may not be asked from there, or not by whoever is asking."""


def register(app: Flask) -> None:
    """Let every answer carry the headers, strangers and other sites be refused, and who asks too fast be answered 429.

    Raises:
        BaokuError: the setting ``allow`` has what is no network.
    """
    if allowed := networks(app.config["ALLOW"]):
        app.before_request(lambda: _refuse_strangers(allowed))
    app.before_request(_refuse_other_sites)
    app.config["TRUSTED_HOSTS"] = app.config["HOSTS"].split() or None
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_BYTES
    app.after_request(harden)
    if rate := app.config["RATE"]:
        Limiter(
            lambda: request.remote_addr or "",
            app=app,
            application_limits=[f"{max(rate, DEAR)} per {WINDOW_SECONDS} second"],
            application_limits_cost=_cost,
            application_limits_exempt_when=_is_free,
            storage_uri="memory://",
            strategy="moving-window",
        )


def is_local(host: str) -> bool:
    """Whether only this machine can reach an address, or is it."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def comes_from_here() -> bool:
    """Whether the request was made on this machine, and not passed on by a proxy that runs on it."""
    return is_local(request.remote_addr or "") and not any(name in request.headers for name in _FORWARDED)


def is_misnamed() -> bool:
    """Whether the server was asked by a name that is none, or not one of its own: no link can be made then."""
    return request_ctx.url_adapter is None


def networks(setting: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks of the setting ``allow``.

    Raises:
        BaokuError: it has what is no network.
    """
    return tuple(_networks(setting))


def _networks(setting: str) -> Iterator[IPv4Network | IPv6Network]:
    for text in setting.split():
        try:
            yield ip_network(text, strict=False)
        except ValueError:
            raise BaokuError(
                f"设置 allow 里的 {text} 不是网络，应如 10.0.0.0/8 192.168.1.5，几个之间空一格 (not a network)"
            ) from None


def _refuse_strangers(allowed: tuple[IPv4Network | IPv6Network, ...]) -> None:
    """403 for other machines than those of the networks; what the page in words is made of, everybody may have."""
    if request.endpoint == "static" or comes_from_here():
        return
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        raise Refused(_STRANGE) from None
    address = getattr(address, "ipv4_mapped", None) or address
    if not any(address in network for network in allowed):
        raise Refused(_STRANGE)


def _refuse_other_sites() -> None:
    """403 where a page of another site has sent the form: it would be done in the name of its reader.

    Browsers say where a form comes from, by Sec-Fetch-Site where the connection is secure, by Origin everywhere; what
    is no browser says neither, and may ask.
    """
    if request.method != "POST" or is_misnamed():
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = site in ("same-origin", "none") if site else origin is None or origin.partition("://")[2] == request.host
    if not ours:
        raise Refused(Message("只有本站的网页可以送来表格，请从本站重新开始 (cross-site request)."))


def _cost() -> int:
    return DEAR if request.method == "POST" or request.endpoint in DEAR_ENDPOINTS else 1


def _is_free() -> bool:
    return request.endpoint in FREE_ENDPOINTS or comes_from_here()


def harden(response: Response) -> Response:
    """An answer with the headers that every answer has."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if seconds := current_app.config["HSTS"]:
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    if response.status_code == 429:
        response.headers.setdefault("Retry-After", str(WINDOW_SECONDS))
    return response
