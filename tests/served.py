"""``baoku serve`` as a process of its own."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

import pytest

from tests.command import COMMAND, environment

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answering(server: subprocess.Popen[bytes], place: str, log: Path) -> str:
    """The address, once it answers; a server that ends or stays silent fails with what it has said."""
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urlopen(f"{place}/healthz", timeout=5) as answer:
            assert answer.read().startswith(b"ok ")
            return place
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8')}")


@contextmanager
def served(index: Path, folder: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes], Path]]:
    """The address of an archive served with settings, the process, and the file of what it says.

    At the end it is told to end, does so in good order, and has shown no traceback.
    """
    port = free_port()
    variables = {f"BAOKU_{name.upper()}": value for name, value in settings.items()}
    log = folder / "log"
    with log.open("w+") as said:
        command = [*COMMAND, "serve", "--index", str(index), "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment() | variables, stdout=said, stderr=said)
        try:
            yield answering(server, f"http://127.0.0.1:{port}", log), server, log
        finally:
            server.terminate()
            server.wait(20)
    assert "Traceback" not in log.read_text("utf-8")
