"""What keeps the door: headers, names of the server, bounds; and that there are no cookies to be stolen."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import BaokuError
from tests.webui.markup import Page
from tests.webui.test_hostile import doors
from webui import guard
from webui.app import create_app
from webui.uploads import UPLOAD_BYTES

STRANGER = {"REMOTE_ADDR": "192.0.2.7"}


def guarded(index: Path, **config: object) -> Flask:
    return create_app({"INDEX": index, "TESTING": True, "PROPAGATE_EXCEPTIONS": False, **config})


@pytest.mark.parametrize("address", ["/", "/search?q=月季", "/search.json", "/nowhere", "/search?from=x", "/healthz"])
def test_every_answer_has_every_header(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in guard.HEADERS} == guard.HEADERS
    assert "Strict-Transport-Security" not in headers


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = guard.HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_browsers_insist_on_tls_where_the_setting_says_so(index: Path) -> None:
    for address in ("/", "/nowhere"):
        answer = guarded(index, HSTS=31536000).test_client().get(address)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_there_are_no_cookies(app: Flask, client: FlaskClient) -> None:
    for address in doors(app):
        assert "Set-Cookie" not in client.get(address).headers, address


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "same-origin"}])
def test_nothing_is_sent_by_another_name(index: Path, headers: dict[str, str]) -> None:
    client = guarded(index, HOSTS="archive.example.cn").test_client()
    for address in ("/r", "/verify", "/nowhere"):
        assert client.post(address, headers={"Host": "evil.example", **headers}).status_code == 400


@pytest.mark.parametrize("address", ["/", "/search?q=月季", "/search.json", "/nowhere", "/static/x", "/login"])
def test_another_name_is_refused_in_words(index: Path, address: str) -> None:
    answer = guarded(index, HOSTS="archive.example.cn").test_client().get(address, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "请求的写法有误" in (answer.json["error"] if answer.is_json else answer.text)


ALLOWED = "10.0.0.0/8 192.168.1.5 2001:db8::/32"


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.200.0.1", 200), ("192.168.1.5", 200), ("2001:db8::7", 200), ("::ffff:10.0.0.9", 200), ("127.0.0.1", 200)]
    + [(address, 403) for address in ("192.168.1.6", "11.0.0.1", "2001:db9::1", "::ffff:11.0.0.1", "unknown", "")]
    + [("::1", 200)],
)
def test_only_from_the_networks_that_may_ask(index: Path, address: str, status: int) -> None:
    client = guarded(index, ALLOW=ALLOWED).test_client()
    for place in ("/", "/search?q=月季", "/healthz", "/api/v1/stats", "/nowhere"):
        answer = client.get(place, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == (404 if (status, place) == (200, "/nowhere") else status)
        assert status == 200 or "小巷里" not in answer.text
    words = client.get("/", environ_base={"REMOTE_ADDR": address})
    told = client.get("/search.json", environ_base={"REMOTE_ADDR": address})
    if status == 403:
        assert "不在可以使用报库的网络里" in Page(words.text).text
        assert (told.json["ok"], told.json["status"]) == (False, 403)
    assert client.post("/r", environ_base={"REMOTE_ADDR": address}).status_code == (303 if status == 200 else 403)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_who_comes_by_an_unknown_proxy_is_not_from_an_allowed_network(index: Path, header: str) -> None:
    client = guarded(index, ALLOW=ALLOWED).test_client()
    assert client.get("/", headers={header: "10.0.0.1"}).status_code == 403


def test_a_page_of_refusal_has_its_style(index: Path) -> None:
    app = guarded(index, ALLOW=ALLOWED)
    assert app.test_client().get(f"{app.static_url_path}/baoku.css", environ_base=STRANGER).status_code == 200


@pytest.mark.parametrize("setting", ["10.0.0.0/33", "10.0.0.5,10.0.0.6", "localhost", "10.0.0.0/8 x"])
def test_what_is_no_network_is_said_at_once(index: Path, setting: str) -> None:
    with pytest.raises(BaokuError, match="allow"):
        guarded(index, ALLOW=setting)


@pytest.mark.parametrize(
    ("host", "status"),
    [("archive.example.cn", 200), ("archive.example.cn:8000", 200), ("evil.example", 400), ("10.0.0.5", 200)],
)
def test_only_by_its_own_names(index: Path, host: str, status: int) -> None:
    """A page of another site whose name leads here by trickery (DNS rebinding) reads nothing."""
    client = guarded(index, HOSTS="archive.example.cn 10.0.0.5").test_client()
    answer = client.get("/search.json", headers={"Host": host})
    assert answer.status_code == status
    assert ("小巷里的月季花开了" in answer.text) == (status == 200)


def test_who_asks_too_fast_is_told_to_wait_and_others_are_not(index: Path) -> None:
    client = guarded(index, RATE=20).test_client()
    statuses = [client.get(address, environ_base=STRANGER).status_code for address in ["/", "/search"] * 10]
    assert set(statuses) == {200}
    answer = client.get("/search?q=月季", environ_base=STRANGER)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "请等一分钟" in Page(answer.text).text
    assert client.get("/api/v1/stats", environ_base=STRANGER).json["status"] == 429
    assert client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.8"}).status_code == 200
    assert client.get("/").status_code == 200


def test_what_is_dear_counts_more(index: Path) -> None:
    client = guarded(index, RATE=20).test_client()
    statuses = [client.get("/search.csv", environ_base=STRANGER).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    other = {"REMOTE_ADDR": "192.0.2.9"}
    assert [client.post("/verify", environ_base=other).status_code for _ in range(3)] == [400, 400, 429]


def test_what_pages_are_made_of_and_health_are_free(index: Path) -> None:
    app = guarded(index, RATE=10)
    client = app.test_client()
    for address in [f"{app.static_url_path}/baoku.css", "/healthz", "/readyz"] * 5:
        assert client.get(address, environ_base=STRANGER).status_code == 200


def test_no_bound_where_none_is_set(index: Path) -> None:
    client = guarded(index, RATE=0).test_client()
    assert {client.get("/advanced", environ_base=STRANGER).status_code for _ in range(50)} == {200}


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_who_comes_by_a_proxy_is_not_from_here(index: Path, header: str) -> None:
    app = guarded(index, RATE=10)
    statuses = [app.test_client().get("/", headers={header: "192.0.2.7"}).status_code for _ in range(11)]
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True), ("localhost", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "10.0.0.5", "192.0.2.7", "archive.example.cn", "", "127.0.0.1.cn")],
)
def test_which_addresses_only_this_machine_reaches(host: str, local: bool) -> None:
    assert guard.is_local(host) == local


@pytest.mark.parametrize("address", ["/verify", "/list.json", "/r"])
def test_bodies_have_a_bound(client: FlaskClient, address: str) -> None:
    form = {"data": b"x", "content_type": "multipart/form-data; boundary=x"}
    answer = client.post(address, **form, environ_overrides={"CONTENT_LENGTH": str(UPLOAD_BYTES + 1)})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["../setup.cfg", "..%2f..%2fsetup.cfg", "%2e%2e/app.py", "/etc/passwd", "..\\app.py"])
@pytest.mark.parametrize("root", ["/static/x", "/article", "/export", "/r", "/dates", "/api/v1/article"])
def test_no_address_leads_to_a_file_outside(app: Flask, client: FlaskClient, root: str, path: str) -> None:
    root = app.static_url_path if root.startswith("/static") else root
    answer = client.get(f"{root}/{path}")
    assert answer.status_code in (301, 302, 303, 307, 308, 400, 404)
    assert "root:" not in answer.text
    assert "[metadata]" not in answer.text


def test_a_receipt_tells_nothing_of_the_server(client: FlaskClient, index: Path) -> None:
    receipt = client.get("/search.receipt.json?q=月季", headers={"Host": "inner.example", "Cookie": "a=s3cret"}).text
    for secret in (str(index), "inner.example", "s3cret", socket.gethostname()):
        assert secret not in receipt
