"""The production server: what cannot be listened on is said in words."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from search.errors import BaokuError
from webui import server


class Deaf:
    """A server that ends at once."""

    def run(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_host_that_does_not_exist_is_said_in_words(index: Path) -> None:
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
