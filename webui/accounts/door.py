"""The door: before anything is answered it is known who asks, and whether they may.

With ``login`` ``off`` there are no accounts, no sessions and no cookies; with ``editors`` the archive is open and the
editors' room is not; with ``all`` nothing of the archive is answered without an account.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, Request, Response, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user
from itsdangerous import BadData
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from search.errors import BaokuError
from search.message import Message
from webui.accounts.entrance import Entrance
from webui.accounts.records import audit
from webui.accounts.store import IDLE_SECONDS, Account, accounts_of
from webui.guard import Refused, is_misnamed
from webui.workers.worker import ACCOUNT, ERRAND

OFF, ALL = "off", "all"
"""Values of the setting ``login``."""
LEAST_SECRET = 32
"""Characters of the key that cookies are signed with."""
OPEN = frozenset(("static", "feeds.icon", "data.health", "operations.ready", "operations.metrics"))
"""Endpoints that nobody needs an account for, and that know of none."""
SIGNING_IN = frozenset(("accounts.login", "accounts.enter"))
EDITORS = "editors"
"""The value of the setting, and the blueprint of the room."""
SESSION = "session"
"""The key of a session's own name in it, by which it is ended."""


class SecretMissing(BaokuError):
    """Cookies cannot be signed safely."""


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies, where there is a login at all."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """No session without a login, and none in a worker: what a cookie says is not even read."""
        known = app.config["LOGIN"] != OFF and ERRAND not in request.environ
        return self._read(app, request) if known else None

    def get_cookie_secure(self, app: Flask) -> bool:
        """Where there is TLS, the cookie is never sent without it."""
        return bool(app.config["HSTS"]) or request.is_secure

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Not with what everybody may keep."""
        return request.endpoint not in OPEN and super().should_set_cookie(app, session)

    def _read(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Another program may sign with the same key: a cookie that says what ours never say is none."""
        try:
            found = super().open_session(app, request)
        except (BadData, TypeError, ValueError):
            return self.session_class()
        return found if found is None or all(map(_is_plain, found.values())) else self.session_class()


def register(app: Flask) -> None:
    """Let the application know who asks, and close what the setting closes.

    Raises:
        SecretMissing: there is a login, and the key for it is missing or too short.
    """
    check_secret(app.secret_key, needed=app.config["LOGIN"] != OFF)
    app.secret_key = app.secret_key or secrets.token_bytes(LEAST_SECRET)
    app.session_interface = Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="baoku",
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_NAME="",  # no cookie's: Flask-Login would believe a second one, which signing out does not end
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=IDLE_SECONDS),
    )
    app.extensions["entrance"] = Entrance(accounts_of(app.config["INDEX"], app.config["ACCOUNTS"]))
    manager = LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # laptops change their addresses
    manager.user_loader(lambda stamp: entrance().accounts.of_session(stamp, session.get(SESSION, "")))
    manager.request_loader(_of_a_program)
    app.before_request(_let_in)
    app.after_request(_private)
    app.jinja_env.globals.update(account=current, closed=closed, login_offered=lambda: app.config["LOGIN"] != OFF)


def check_secret(secret: str | bytes | None, *, needed: bool) -> None:
    """Whether cookies can be signed so that nobody can make one.

    Raises:
        SecretMissing: says how to make a key.
    """
    if needed and not secret:
        raise SecretMissing(
            "要设 secret_key（BAOKU_SECRET_KEY 或 SECRET_KEY），至少 32 个字符；做一个："
            "python3 -c 'import secrets; print(secrets.token_hex(32))' (a secret key is needed)"
        )
    if secret and len(secret) < LEAST_SECRET:
        raise SecretMissing(f"secret_key 太短，至少 {LEAST_SECRET} 个字符 (the secret key is too short)")


def current() -> Account | None:
    """Who has signed in and is asking, by a session or as a program; None for everyone else."""
    found: Account | None = g.get("account")
    return found


def closed() -> bool:
    """Whether the archive is closed to whoever is asking."""
    return current_app.config["LOGIN"] == ALL and current() is None


def entrance() -> Entrance:
    """The entrance of the running application."""
    kept: Entrance = current_app.extensions["entrance"]
    return kept


def _is_plain(value: object) -> bool:
    """Whether a session of ours may have such a value."""
    return isinstance(value, bool) or (isinstance(value, str) and value.isascii())


def _let_in() -> Response | None:
    if current_app.config["LOGIN"] == OFF or request.endpoint in OPEN or is_misnamed():
        return None
    g.account = _who()
    for_editors = request.blueprint == EDITORS
    if request.endpoint in SIGNING_IN or not (closed() or for_editors):
        return None
    if g.account is None:
        return _asked_to_sign_in()
    if for_editors and not g.account.editor:
        raise Refused(Message("这里只给编辑，您的账号不是 (for editors only)"))
    return None


def _who() -> Account | None:
    """By session or password; of what the front passes on to a worker, it has said who it is."""
    if ERRAND in request.environ:
        return entrance().accounts.of_session(request.environ.get(ACCOUNT, ""), "")
    return current_user._get_current_object() if current_user.is_authenticated else None


def _asked_to_sign_in() -> Response:
    """People are led to the form, and from there back; programs are told how to show their password (RFC 7617)."""
    if "text/html" in request.headers.get("Accept", "") and request.blueprint != "api":
        wanted = request.full_path.removesuffix("?") if request.method in ("GET", "HEAD") else None
        return redirect(url_for("accounts.login", next=wanted), 303)  # type: ignore[return-value]
    if "Sec-Fetch-Mode" in request.headers or request.referrer:
        raise Unauthorized  # a script of our pages: the browser would ask for a password in a window of its own
    raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "Baoku archive", "charset": "UTF-8"}))


def _of_a_program(_: object) -> Account | None:
    """Whose password a program shows (HTTP Basic). It is looked at once in some minutes: Argon2 is slow on purpose."""
    shown = request.authorization
    if shown is None or shown.type != "basic":
        return None
    name, password = shown.username or "", shown.password or ""
    if remembered := entrance().remembered(name, password):
        return remembered
    outcome = entrance().ask(name, password, request.remote_addr or "")
    if outcome.exhausted:
        raise TooManyRequests
    if outcome.account:
        entrance().remember(name, password, outcome.account)
    audit().tried(outcome, name, "program")
    return outcome.account


def _private(response: Response) -> Response:
    """Nobody between may keep what one reader was answered, and give it to the next."""
    if current_app.config["LOGIN"] == OFF or request.endpoint in OPEN:
        return response
    response.vary.update(("Cookie", "Authorization"))
    if not response.cache_control.no_store:
        response.cache_control.private = True
    return response
