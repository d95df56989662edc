"""Signing in and out. The forms carry a token of their session, so that no other site can send them."""

from __future__ import annotations

import secrets
from hmac import compare_digest

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import login_user, logout_user

from search.message import Message
from webui.accounts.door import OFF, SESSION, current, entrance
from webui.accounts.entrance import MINUTES
from webui.accounts.records import audit
from webui.accounts.store import Account

blueprint = Blueprint("accounts", __name__)

TOKEN = "token"
"""The key of the forms' token in a session, and the name of its field."""
WRONG = Message("名字或密码不对 (wrong name or password)")
EXHAUSTED = Message("试得太多了，请等 {minutes} 分钟再试 (too many attempts)", minutes=MINUTES)
STALE = Message("这一页放得太久，或者浏览器不收 cookie，请再试一次 (the form has expired)")


@blueprint.before_request
def _only_with_a_login() -> None:
    if current_app.config["LOGIN"] == OFF:
        abort(404)


@blueprint.get("/login")
def login() -> Response:
    """The form by which someone signs in; who has done that already is led on."""
    wanted = own_path(request.args.get("next", ""))
    return _to(wanted) if current() else _form(wanted)


@blueprint.post("/login")
def enter() -> Response:
    """Signs in and leads to where the reader wanted to go."""
    wanted = own_path(request.form.get("next", ""))
    if not _is_our_form():
        return _form(wanted, STALE, 400)
    name = request.form.get("name", "")
    outcome = entrance().ask(name, request.form.get("password", ""), request.remote_addr or "")
    if outcome.exhausted:
        return _form(wanted, EXHAUSTED, 429)
    audit().tried(outcome, name, "form")
    if outcome.account is None:
        return _form(wanted, WRONG, 403)
    _begin(outcome.account)
    return _to(wanted)


@blueprint.get("/logout")
def logout() -> Response:
    """The button that signs out."""
    return _kept_by_nobody(render_template("logout.html", token=_token())) if current() else _to(url_for("pages.start"))


@blueprint.post("/logout")
def leave() -> Response:
    """Signs out and leads to the start."""
    if (account := current()) and not _is_our_form():
        return _kept_by_nobody(render_template("logout.html", token=_token(), trouble=STALE), 400)
    if account:
        logout_user()
        ended = session.get(SESSION)
        session.clear()
        audit().left(account.name)
        if ended:
            entrance().accounts.end(ended)
    return _to(url_for("pages.start"))


def own_path(address: str) -> str:
    """The address, where it is one of this application, else that of the start.

    What browsers take for another site is none: two slashes, a backslash, what they drop before they look.
    """
    ours = address.startswith("/") and address[1:2] != "/" and address.isprintable() and "\\" not in address
    return address if ours and address.partition("?")[0] not in ("/login", "/logout") else url_for("pages.start")


def _begin(account: Account) -> None:
    """A session that has nothing of the one before, so that nobody can have prepared it."""
    session.clear()
    session.permanent = True
    session[SESSION] = secrets.token_urlsafe(18)
    login_user(account)


def _is_our_form() -> bool:
    """Whether the form has the token of its session; where there is none yet, none is right."""
    ours, shown = str(session.get(TOKEN, "")), request.form.get(TOKEN, "")
    return bool(ours) and compare_digest(ours.encode(), shown.encode("utf-8", "replace"))


def _token() -> str:
    return str(session.setdefault(TOKEN, secrets.token_urlsafe(24)))


def _form(wanted: str, trouble: str = "", status: int = 200) -> Response:
    page = render_template("login.html", wanted=wanted, token=_token(), trouble=trouble)
    answer = _kept_by_nobody(page, status)
    if status == 429:
        answer.headers["Retry-After"] = str(MINUTES * 60)
    return answer


def _kept_by_nobody(page: str, status: int = 200) -> Response:
    """Not compressed: beside what a stranger may have typed, its length would tell of the token (BREACH)."""
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store, no-transform"
    return answer


def _to(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]
