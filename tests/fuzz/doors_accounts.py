"""What a stranger sends to come in: whole requests with forms, cookies and passwords, to an archive that is closed.

An input is written as a request is, its secrets in plain words that are replaced on the way in: in a cookie,
``<<...>>`` is signed with the server's key (a number behind it spoils one character of that); in the header
Authorization, ``[[...]]`` is in base64; ``STAMP`` is what a session knows its reader by.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fuzz import seeds, texts
from tests.fuzz.doors_web import _WORDS, first_line, sound
from tests.fuzz.mutate import as_bytes, as_text, in_lines, in_numbers, spoil
from tests.fuzz.target import Broken, Target, Use
from tests.webui.people import FAST, KEY
from webui.accounts import passwords
from webui.accounts.door import Sessions
from webui.accounts.entrance import Entrance
from webui.accounts.store import Accounts
from webui.app import create_app

NAME, NOBODY, PASSWORD, TOKEN = b"wangbianji", b"nobodyatal", b"moon-lit-lantern", b"token-of-the-form"
_ARTICLE = "/api/v1/article/a00"
_CLOSED = "月季花开".encode()
"""The title of that article: whoever reads it is inside."""
_KNOWN_SESSION = re.compile(rb"(?<=\nCookie: baoku=)<<[^\n]*STAMP[^\n]*>>(?![0-9])")
_SIGNED = re.compile(rb"(?<=\nCookie: baoku=)<<([^\n]*?)>>([0-9]{0,6})")
_PLAIN = re.compile(rb"(?<=\nAuthorization: Basic )\[\[([^\n]*?)\]\]")
_COOKIE = re.compile(r"baoku=[\w.-]*; (Expires=[^;]*; )?(Max-Age=0; )?(HttpOnly; )?Path=/(; SameSite=Lax)?")
_TOKENS = re.compile('name="token" value="[^"]*"')
_DROPPED = re.compile(r"[\t\r\n]")
"""By browsers, before they look where an address leads."""
_HEAD = b"\nAccept: text/html\nCookie: baoku="
_FORM = b"\nContent-Type: application/x-www-form-urlencoded\n\n"
_OUTSIDE, _INSIDE = b'<<{"token":"%b"}>>' % TOKEN, b'<<{"_user_id":"STAMP","session":"s1","token":"%b"}>>' % TOKEN
_SIGN_IN, _SIGN_OUT, _READ = b"POST /login", b"POST /logout", b"GET /article/a00?q=%E7%81%AF"


def _fields(password: bytes, wanted: bytes = b"/search?q=%E7%81%AF", token: bytes = TOKEN) -> bytes:
    return b"token=%b&name=%b&password=%b&next=%b" % (token, NAME, password, wanted)


_MULTIPART = b"\nContent-Type: multipart/form-data; boundary=X\n\n" + b"".join(
    b'--X\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % field
    for field in ((b"token", TOKEN), (b"name", NAME), (b"password", b"wrong"), (b"next", b"/topics"))
)
_CROSS_SITE = b"\nOrigin: https://evil.example\nSec-Fetch-Site: cross-site"
_ELSEWHERE = b"//evil /\\evil https:evil /%09/evil /a%0d%0aX-A:1 /login?next=//evil".split()
_COOKIES = (_INSIDE, _INSIDE + b"17", b"<<.eJwDAAAAAAE>>", b'<<{"_user_id":5}>>', b"x.y.z")
_SHOWN = (
    *(b"Basic [[%b:%b]]" % (NAME, password) for password in (PASSWORD, b"wrong")),
    *(b"Basic bm9ib2R5Ondyb25n", b"Basic", b"Bearer [[%b]]" % PASSWORD),
    b'Digest username="%b", realm*=utf-8\'\'%%ff, response="0"' % NAME,
)
_REQUESTS = (
    *(_SIGN_IN + _HEAD + _OUTSIDE + _FORM + _fields(password) for password in (PASSWORD, b"wrong", b"wrong", b"")),
    *(_SIGN_IN + _HEAD + _OUTSIDE + _FORM + _fields(PASSWORD, wanted) for wanted in _ELSEWHERE),
    *(_SIGN_IN + _FORM + _fields(PASSWORD, token=token) for token in (TOKEN, b"-", b"", b"None")),
    _SIGN_IN + _HEAD + _OUTSIDE + _CROSS_SITE + _FORM + _fields(PASSWORD),
    _SIGN_IN + _HEAD + _OUTSIDE + _MULTIPART + b"--X--\r\n",
    *(_SIGN_OUT + _HEAD + session + _FORM + b"token=" + TOKEN for session in (_INSIDE, _OUTSIDE)),
    *(b"GET " + path + _HEAD + _INSIDE for path in b"/login?next=/topics /logout /editor /editor/audit?day=2".split()),
    b"GET /login?next=/topics" + _HEAD + _OUTSIDE,
    *(_READ + _HEAD + cookie for cookie in _COOKIES),
    *(_READ + b"\nCookie: remember_token=STAMP|" + digest for digest in (b"00", "é".encode())),
    *(b"GET /api/v1/search?q=%E7%81%AF\nAuthorization: " + shown for shown in _SHOWN),
    b"POST /r\nAuthorization: Basic [[%b:wrong]]" % NAME + _FORM + b"q=%E7%81%AF",
)
_FOREIGN = (
    *texts.split("//evil /\\evil \\\\evil https:evil https://evil javascript:alert(1) /%09/evil /%5Cevil @evil"),
    *texts.split("%00 &next= &token= &name= &password= token=- next=//evil [[ ]] << >> >>9 ; = | : é %0d%0aX-A:1"),
    *texts.split('"_user_id": "session": "token": null [] {} \\ud800 \\u0000'),
    *('{" b":"x"}', '{" u":"x"}', '{" d":"x"}'),
    *("Basic ", "Bearer ", "Digest ", "Negotiate ", "remember_token=", "baoku=", "\nOrigin: null", "\nReferer: /"),
    *("\nAuthorization: ", "\nCookie: ", "\nX-Forwarded-For: 1", "\nSec-Fetch-Mode: cors", "\nHost: evil"),
)


@dataclass(frozen=True)
class _House:
    """A closed archive with one account, which is as it was at the beginning whenever it is asked."""

    app: Flask
    client: FlaskClient
    accounts: Accounts
    kept: Path

    def asked(self, data: bytes) -> TestResponse:
        """The answer to a request."""
        shutil.copyfile(self.kept, self.accounts.path)
        self.app.extensions["entrance"] = Entrance(self.accounts)
        with patch.object(passwords, "HASHER", FAST):
            return self.client.open("/", environ_overrides=_environ(self._filled_in(data)))

    def is_inside(self, answer: TestResponse) -> bool:
        """Whether it was the closed archive that answered, or does to whoever has the cookie that came."""
        cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
        later = self.client.get(_ARTICLE, headers={"Cookie": cookie}) if cookie else answer
        return _CLOSED in answer.get_data() or _CLOSED in later.get_data()

    def _filled_in(self, data: bytes) -> bytes:
        data = data.replace(b"STAMP", self.accounts.all()[0].stamp.encode())
        data = _PLAIN.sub(lambda found: base64.b64encode(found[1]), data)
        return _SIGNED.sub(lambda found: _spoilt(self._signed(found[1]), found[2]), data)

    def _signed(self, said: bytes) -> bytes:
        """A cookie with the server's own signature; what begins with a dot is packed and encoded already."""
        signer = Sessions().get_signing_serializer(self.app).make_signer()
        return signer.sign(said if said.startswith(b".") else base64.urlsafe_b64encode(said).rstrip(b"="))


def _requests(folder: Path) -> tuple[Sequence[bytes], Use]:
    house = _house(folder)

    def use(data: bytes) -> object:
        answer = house.asked(data)
        said = _looked_at(answer)
        if house.is_inside(answer):
            _check_rightly_inside(data, answer)
        elif PASSWORD not in data and (other := _looked_at(house.asked(data.replace(NAME, NOBODY)))) != said:
            raise Broken("another answer where the name is nobody's", said, other)
        return said

    return _REQUESTS, use


def _check_rightly_inside(data: bytes, answer: TestResponse) -> None:
    """By the password or a session of the reader's own; by a form only with the token of a session."""
    if not (PASSWORD in data or _KNOWN_SESSION.search(data)):
        raise Broken("inside without a password")
    if data.startswith(_SIGN_IN) and answer.status_code == 303 and data.count(TOKEN) < 2:
        raise Broken("a form without its token was obeyed")


def _house(folder: Path) -> _House:
    seeds.archive(folder)
    accounts, kept = Accounts(folder / "accounts.sqlite"), folder / "kept.sqlite"
    accounts.add(NAME.decode(), FAST.hash(PASSWORD), editor=True)
    shutil.copyfile(accounts.path, kept)
    config = {"INDEX": folder / "index", "TESTING": True, "PROPAGATE_EXCEPTIONS": True, "RATE": 0, "EXPORTS": 0}
    ours = {"LOGIN": "all", "ACCOUNTS": str(accounts.path), "AUDIT": "off", "SECRET_KEY": KEY}
    app = create_app(config | ours)
    return _House(app, app.test_client(use_cookies=False), accounts, kept)


def _environ(data: bytes) -> dict[str, object]:
    """A request as a server passes it on."""
    head, _, body = data.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, address = first.partition(b" ")
    named = (line.decode("latin-1").partition(":") for line in lines)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value.strip() for name, _, value in named}
    sent = {"CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE", ""), "CONTENT_LENGTH": str(len(body))}
    sent |= {"REQUEST_METHOD": method.decode("latin-1"), "wsgi.input": io.BytesIO(body)}
    return headers | first_line(address) | sent


def _looked_at(answer: TestResponse) -> object:
    location, cookies = answer.headers.get("Location", "/"), answer.headers.getlist("Set-Cookie")
    if _leads_away(location):
        raise Broken("leads to another site", location)
    if not all(map(_COOKIE.fullmatch, cookies)) or len(cookies) > 1 or "X-A" in answer.headers:
        raise Broken("a header that does not belong there", cookies)
    status, body = sound(answer)
    said = (status, _TOKENS.sub("", body), location, answer.headers.get("WWW-Authenticate"), len(cookies))
    return repr(said).replace(NOBODY.decode(), NAME.decode())


def _leads_away(location: str) -> bool:
    """Whether browsers take it for the address of another site."""
    seen = _DROPPED.sub("", location).replace("\\", "/").removeprefix("http://localhost")
    return not seen.startswith("/") or seen.startswith("//") or not location.isprintable()


def _spoilt(cookie: bytes, place: bytes) -> bytes:
    """The cookie, with another character at a place where one is given."""
    if not place:
        return cookie
    at = int(place) % len(cookie)
    there = cookie[at : at + 1]
    return cookie[:at] + (there.swapcase() if there.isalpha() else b"A") + cookie[at + 1 :]


_WAYS = (as_text((*_FOREIGN, *_WORDS)), as_text(_FOREIGN), as_text(), in_lines, in_numbers, as_bytes)

TARGETS = (Target("account", 80, spoil(*_WAYS), _requests),)
