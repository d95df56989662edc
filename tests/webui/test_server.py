"""The production server: what cannot be listened on is said in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware
from werkzeug.test import create_environ, run_wsgi_app

from search.errors import BaokuError
from search.settings import Settings
from tests.webui.people import KEY
from webui import guard, listening, server
from webui.accounts.door import SecretMissing


@pytest.fixture
def serve(index: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says what is said when a server begins on a host, and begins none."""
    monkeypatch.setattr(listening, "doors", lambda *_: [])
    monkeypatch.setattr(server.House, "run", lambda _: None)
    return lambda host, **more: server.serve(index, replace(Settings(), **({"host": host, "secret_key": KEY} | more)))


@pytest.mark.parametrize("host", ["nosuch.invalid", "192.0.2.1.7", "a" * 300])
def test_a_host_that_does_not_exist_is_said_in_words(index: Path, host: str) -> None:
    with pytest.raises(BaokuError, match=rf"{host}:8000.*没有这个地址"):
        server.serve(index, replace(Settings(), host=host, secret_key=KEY))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_port_that_is_taken_is_said_in_words(host: str) -> None:
    (taken, *others) = listening.doors(host, 0)
    with pytest.raises(BaokuError, match=r"已被占用"):
        listening.doors(host, taken.getsockname()[1])
    for door in (taken, *others):
        door.close()


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000 "), ("::1", "http://[::1]:8000 "), ("[::1]", "http://[::1]:8000 ")],
)
def test_the_address_is_one_that_a_browser_understands(
    serve: Callable[..., None], capsys: pytest.CaptureFixture[str], host: str, address: str
) -> None:
    serve(host)
    assert address in capsys.readouterr().out
    assert not logging.getLogger("waitress.queue").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(
    ("host", "warned"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("10.0.0.5", True)]
)
def test_who_opens_the_door_is_told_so(
    serve: Callable[..., None], capsys: pytest.CaptureFixture[str], host: str, warned: bool
) -> None:
    serve(host)
    assert ("没有登录" in capsys.readouterr().err) == warned


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"login": "all"}, ("看得见密码", "还没有账号")),
        ({"login": "all", "hsts": 1000}, ("还没有账号",)),
        ({"login": "editors"}, ("没有登录", "还没有账号")),
    ],
)
def test_what_a_login_still_lacks_is_told(
    serve: Callable[..., None], capsys: pytest.CaptureFixture[str], settings: dict[str, object], told: tuple[str, ...]
) -> None:
    serve("0.0.0.0", **settings)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))


@pytest.mark.parametrize(
    ("host", "settings", "refused"),
    [
        ("127.0.0.1", {"secret_key": ""}, False),
        ("0.0.0.0", {"secret_key": ""}, True),
        ("0.0.0.0", {"secret_key": "short"}, True),
        ("0.0.0.0", {}, False),
        ("127.0.0.1", {"login": "all", "secret_key": ""}, True),
        ("127.0.0.1", {"login": "editors"}, False),
    ],
)
def test_a_key_is_needed_where_others_can_connect_or_sign_in(
    serve: Callable[..., None], host: str, settings: dict[str, object], refused: bool
) -> None:
    with pytest.raises(SecretMissing) if refused else nullcontext():
        serve(host, **settings)


def test_what_is_no_network_is_said_before_any_process_begins(serve: Callable[..., None]) -> None:
    with pytest.raises(BaokuError, match="allow"):
        serve("127.0.0.1", allow="10.0.0.0/33")


def test_by_default_only_this_machine_is_listened_to() -> None:
    assert guard.is_local(Settings.load(Path("/"), {}).host)


@pytest.mark.parametrize(("proxy", "seen"), [("127.0.0.1", "192.0.2.7"), ("", "127.0.0.1"), ("10.0.0.5", "127.0.0.1")])
def test_only_the_proxy_is_believed_about_who_asks(proxy: str, seen: str) -> None:
    asked: list[str] = []

    def answer(environ: dict[str, str], start: Callable[..., object]) -> list[bytes]:
        asked.append(f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']} {environ['HTTP_HOST']}")
        start("200 OK", [])
        return []

    set_up = Adjustments(**server._believed(proxy))
    believing = proxy_headers_middleware(
        answer,
        trusted_proxy=set_up.trusted_proxy,
        trusted_proxy_count=set_up.trusted_proxy_count,
        trusted_proxy_headers=set_up.trusted_proxy_headers,
        clear_untrusted=set_up.clear_untrusted_proxy_headers,
    )
    said = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    environ = create_environ(
        "/", headers={**said, "Host": "archive.example.cn"}, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    )
    run_wsgi_app(believing, environ)
    assert asked == [f"{seen} {'https' if seen == '192.0.2.7' else 'http'} archive.example.cn"]
