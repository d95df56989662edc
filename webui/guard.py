"""What keeps the door: headers for the reader's browser, the names of this server, how fast one address may ask."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter

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
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def register(app: Flask) -> None:
    """Let every answer carry the headers, and whoever asks too fast be answered 429."""
    app.config["TRUSTED_HOSTS"] = app.config["HOSTS"].split() or None
    app.config["MAX_CONTENT_LENGTH"] = UPLOAD_BYTES
    app.after_request(_harden)
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


def _cost() -> int:
    return DEAR if request.method == "POST" or request.endpoint in DEAR_ENDPOINTS else 1


def _is_free() -> bool:
    return request.endpoint in FREE_ENDPOINTS or comes_from_here()


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if seconds := current_app.config["HSTS"]:
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    if response.status_code == 429:
        response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response
