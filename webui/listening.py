"""The sockets that readers come to, had before anything else is begun."""

from __future__ import annotations

import errno
import socket

from search.errors import BaokuError

BACKLOG = 1024


def doors(host: str, port: int) -> list[socket.socket]:
    """A listening socket for each address of a host.

    Raises:
        BaokuError: there is no such address, or the port is taken or not allowed.
    """
    name = host.strip("[]")
    try:
        addresses = socket.getaddrinfo(name or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        raise BaokuError(f"不能在 {_in_url(host)}:{port} 上监听：没有这个地址 (no such address)") from None
    try:
        return [_door(family, address) for family, address in dict.fromkeys((a[0], a[4]) for a in addresses)]
    except OSError as error:
        raise BaokuError(_reason(error, host, port)) from None


def url(host: str, port: int) -> str:
    """The address as a browser understands it."""
    return f"http://{_in_url(host)}:{port}"


def _door(family: int, address: tuple[object, ...]) -> socket.socket:
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except OSError:
        door.close()
        raise
    return door


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用；换一个：--port {port + 1}，或 make serve PORT={port + 1} (the port is in use)"
    return f"不能在 {_in_url(host)}:{port} 上监听：{error.strerror or error} (cannot listen there)"
