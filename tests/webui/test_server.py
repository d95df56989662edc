"""The production server: what cannot be listened on is said in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from waitress.adjustments import Adjustments
from waitress.proxy_headers import proxy_headers_middleware
from werkzeug.test import create_environ, run_wsgi_app

from search.errors import BaokuError
from search.settings import Settings
from tests.webui.people import KEY
from webui import guard, server
from webui.accounts.door import SecretMissing


class Deaf:
    """A server that ends at once."""

    def run(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_host_that_does_not_exist_is_said_in_words(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOKU_SECRET_KEY", KEY)
    with pytest.raises(BaokuError, match=r"nosuch\.invalid:8000.*没有这个地址"):
        server.serve(index, "nosuch.invalid", 8000, 1)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000 "), ("::1", "http://[::1]:8000 "), ("[::1]", "http://[::1]:8000 ")],
)
def test_the_address_is_one_that_a_browser_understands(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str, address: str
) -> None:
    monkeypatch.setattr(server, "create_server", lambda *_, **__: Deaf())
    server.serve(index, host, 8000, 1)
    assert address in capsys.readouterr().out
    assert not logging.getLogger("waitress.queue").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(
    ("host", "warned"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("10.0.0.5", True)]
)
def test_who_opens_the_door_is_told_so(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str, warned: bool
) -> None:
    monkeypatch.setattr(server, "create_server", lambda *_, **__: Deaf())
    monkeypatch.setenv("BAOKU_SECRET_KEY", KEY)
    server.serve(index, host, 8000, 1)
    assert ("没有登录" in capsys.readouterr().err) == warned


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"LOGIN": "all"}, ("看得见密码", "还没有账号")),
        ({"LOGIN": "all", "HSTS": "1000"}, ("还没有账号",)),
        ({"LOGIN": "editors"}, ("没有登录", "还没有账号")),
    ],
)
def test_what_a_login_still_lacks_is_told(
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    told: tuple[str, ...],
) -> None:
    monkeypatch.setattr(server, "create_server", lambda *_, **__: Deaf())
    for name, value in {**settings, "SECRET_KEY": KEY}.items():
        monkeypatch.setenv(f"BAOKU_{name}", value)
    server.serve(index, "0.0.0.0", 8000, 1)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))


@pytest.mark.parametrize(
    ("host", "settings", "refused"),
    [
        ("127.0.0.1", {}, False),
        ("0.0.0.0", {}, True),
        ("0.0.0.0", {"BAOKU_SECRET_KEY": "short"}, True),
        ("0.0.0.0", {"SECRET_KEY": KEY}, False),
        ("127.0.0.1", {"BAOKU_LOGIN": "all"}, True),
        ("127.0.0.1", {"BAOKU_LOGIN": "editors", "BAOKU_SECRET_KEY": KEY}, False),
    ],
)
def test_a_key_is_needed_where_others_can_connect_or_sign_in(
    index: Path, monkeypatch: pytest.MonkeyPatch, host: str, settings: dict[str, str], refused: bool
) -> None:
    monkeypatch.setattr(server, "create_server", lambda *_, **__: Deaf())
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SecretMissing) if refused else nullcontext():
        server.serve(index, host, 8000, 1)


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
