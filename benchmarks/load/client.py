"""A client that takes little of the machine: HTTP/1.1 over asyncio's streams, connections kept open."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import perf_counter

TIMEOUT_SECONDS = 60.0
"""Who waits longer is called hung."""
_LONGEST_LINE = 1 << 20
_WITHOUT_BODY = (204, 304)


class Broken(Exception):
    """An answer that is none: cut off, or against the protocol."""


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its status, seconds until its last byte (the connecting included), bytes, and what it says of
    another try.
    """

    status: int
    seconds: float
    size: int
    retry_after: float | None = None


class Connection:
    """One connection to a server, opened when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, address: str) -> Got:
        """The answer at an address, read to its end.

        Raises:
            OSError, Broken: there is none.
            TimeoutError: it does not come.
        """
        try:
            return await asyncio.wait_for(self._get(address), TIMEOUT_SECONDS)
        except BaseException:
            self.close()
            raise

    async def _get(self, address: str) -> Got:
        start = perf_counter()
        kept = self._writer is not None
        try:
            await self._send(address)
            status, headers = await self._head()
        except (ConnectionError, asyncio.IncompleteReadError):
            # A server may close a connection that has rested: browsers ask once more, too.
            if not kept:
                raise
            self.close()
            await self._send(address)
            status, headers = await self._head()
        size = await self._body(status, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        again = headers.get("retry-after", "")
        return Got(status, perf_counter() - start, size, float(again) if again.isdecimal() else None)

    async def _send(self, address: str) -> None:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=_LONGEST_LINE)
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        await self._writer.drain()

    async def _head(self) -> tuple[int, dict[str, str]]:
        assert self._reader
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines if line)
        return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}

    async def _body(self, status: int, headers: dict[str, str]) -> int:
        assert self._reader
        if status in _WITHOUT_BODY:
            return 0
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return await self._chunks(self._reader)
        if "content-length" in headers:
            return len(await self._reader.readexactly(int(headers["content-length"])))
        body = await self._reader.read()
        self.close()
        return len(body)

    @staticmethod
    async def _chunks(reader: asyncio.StreamReader) -> int:
        size = 0
        while length := int((await reader.readline()).strip() or b"-1", 16):
            if length < 0:
                raise Broken("an answer that is cut off")
            await reader.readexactly(length + 2)
            size += length
        await reader.readline()
        return size

    def close(self) -> None:
        """Closes it; the next request opens another."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
