"""``baoku serve`` as a process of its own, as a newsroom runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from search.errors import BaokuError

ROOT = Path(__file__).parents[2]
_START_SECONDS, _STOP_SECONDS = 60, 15


@contextmanager
def serving(index: Path, settings: Mapping[str, str] | None = None) -> Iterator[tuple[int, int]]:
    """The port and the number of a server over an index, ready to answer, until the block ends.

    ``settings`` are those of ``baoku.toml`` by name; no others are in force.

    Raises:
        BaokuError: it does not start; what it has said is told.
    """
    port = _free_port()
    with TemporaryDirectory(prefix="baoku-serve-") as name:
        said = Path(name) / "said"
        with said.open("wb") as out:
            server = subprocess.Popen(
                [sys.executable, "-m", "baoku", "serve", "--index", str(index.resolve()), "--port", str(port)],
                cwd=name,
                env=_environment(settings or {}),
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            _wait(server, port, said)
            yield port, server.pid
        finally:
            _stop(server)


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAOKU_")}
    chosen = {f"BAOKU_{name.upper()}": value for name, value in settings.items()}
    return kept | chosen | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], port: int, said: Path) -> None:
    """Until it answers a search."""
    end = monotonic() + _START_SECONDS
    while server.poll() is None and monotonic() < end:
        with suppress(OSError, HTTPException):
            if _status(port, "/readyz") == 200:
                return
        sleep(0.05)
    words = said.read_text("utf-8", "replace")[-600:]
    raise BaokuError(f"服务没有起来：{words} (the server does not start)")


def _status(port: int, address: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    try:
        connection.request("GET", address)
        return connection.getresponse().status
    finally:
        connection.close()


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ends it as Ctrl-C does, and if need be with its children."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()
