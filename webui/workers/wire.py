"""What passes between the front and a worker: frames of a JSON object and bytes, each with its length before it."""

from __future__ import annotations

import json
import struct
from socket import socket
from typing import Any

_LENGTHS = struct.Struct("!II")


class Broken(Exception):
    """The other side is gone."""


def send(to: socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Sends one frame.

    Raises:
        Broken: the other side is gone.
        TimeoutError: it does not take it within the time of the socket.
    """
    packed = json.dumps(head).encode()
    try:
        to.sendall(b"".join((_LENGTHS.pack(len(packed), len(body)), packed, body)))
    except TimeoutError:
        raise
    except OSError:
        raise Broken from None


def receive(come_from: socket) -> tuple[dict[str, Any], bytes]:
    """The next frame; raises as ``send`` does."""
    head, body = _LENGTHS.unpack(_exactly(come_from, _LENGTHS.size))
    return json.loads(_exactly(come_from, head)), _exactly(come_from, body)


def _exactly(come_from: socket, size: int) -> bytes:
    whole = bytearray(size)
    view, at = memoryview(whole), 0
    while at < size:
        try:
            got = come_from.recv_into(view[at:])
        except TimeoutError:
            raise
        except OSError:
            raise Broken from None
        if not got:
            raise Broken
        at += got
    return bytes(whole)
