"""The write lock of an index: the system gives it back when its holder ends, however that ends.

The file says who took the lock last. It is a note for people: the lock is the system's, so that what a killed process
has left in the file locks nobody out.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from whoosh.util.filelock import FileLock, try_for

from search.days import CHINA
from search.errors import IndexBusy
from search.message import Message

LOCK = "MAIN_WRITELOCK"
_WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.1
_NOTE_BYTES = 200


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the write lock of an index folder.

    Raises:
        IndexBusy: somebody else has held it for about ten seconds; says who.
        OSError: the folder cannot be written to.
    """
    lock = FileLock(str(folder / LOCK))
    if not try_for(lock.acquire, timeout=_WAIT_SECONDS, delay=_POLL_SECONDS):
        raise IndexBusy(_busy(folder))
    try:
        _sign(lock.fd)
        yield
    finally:
        with suppress(OSError):
            os.ftruncate(lock.fd, 0)
        lock.release()


def _sign(handle: int) -> None:
    """Writes who holds the lock; on a full disk it goes unsigned."""
    note = f"{os.getpid()} {datetime.now(CHINA):%Y-%m-%dT%H:%M:%S} {socket.gethostname()}\n"
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, note.encode())


def _busy(folder: Path) -> str:
    """Who is writing, as far as it is known."""
    try:
        text = (folder / LOCK).read_bytes()[:_NOTE_BYTES].decode()
        number, since, host = text.split(maxsplit=2)
        process, host = int(number), host.strip()
    except (OSError, ValueError):
        return Message("另一个程序正在写索引 {path}，请稍后再试 (the index is being written)", path=folder)
    known = {"path": folder, "process": process, "host": host, "since": since.replace("T", " ")}
    if host != socket.gethostname():
        return Message(
            "主机 {host} 的进程 {process} 从 {since} 起在写索引 {path}，请稍后再试 (another computer is writing)",
            **known,
        )
    if not _lives(process):
        return Message(
            "写索引 {path} 的进程 {process}（{since} 起）已经不在，锁却还没有放：文件夹若在网络盘上，"
            "请等文件服务器放锁，或把索引移到本机的盘上 (the lock of a process that is gone: network disk?)",
            **known,
        )
    return Message(
        "进程 {process} 从 {since} 起在写索引 {path}，请等它写完再试 (the index is being written)",
        **known,
    )


def _lives(process: int) -> bool:
    """Whether a process of this computer is there; where that cannot be asked, it is taken to be."""
    if os.name != "nt":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            pass
    return True
