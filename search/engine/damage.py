"""The one place where damage in the files of an index becomes a sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import BaokuError, IndexUnreadable
from search.message import Message

_DAMAGE = (None, errno.EINVAL, errno.EOVERFLOW, errno.EISDIR)
"""What the system says when a damaged file leads to an impossible place."""


class FilesGone(IndexUnreadable):
    """A file of the index is not there: deleted by a newer commit, or lost."""


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns whatever is raised over damaged files into IndexUnreadable.

    Damage that the checksums of a file's directory do not show can come out as almost any exception: IndexError,
    ValueError, UnicodeDecodeError, MemoryError...
    """
    try:
        yield
    except (BaokuError, GeneratorExit):
        raise
    except FileNotFoundError as error:
        raise FilesGone(_damaged(path)) from error
    except OSError as error:
        if error.errno in _DAMAGE:
            raise IndexUnreadable(_damaged(path)) from error
        # A full disk or missing rights: nothing that rebuilding would mend.
        raise IndexUnreadable(
            Message("读写索引 {path} 失败：{reason} (cannot read or write)", path=path, reason=error.strerror or error)
        ) from error
    except Exception as error:
        raise IndexUnreadable(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return Message(
        "索引 {path} 已损坏或不完整；请用 baoku index PATH... --rebuild 重建 (the index is damaged: rebuild it)",
        path=path,
    )
