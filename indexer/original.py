"""The page that an article was read from, as long as it is there and unchanged."""

from __future__ import annotations

from pathlib import Path

from indexer.parse import bytes_print, read_bytes
from indexer.sources.decode import decode
from indexer.sources.reject import Reject, Unusable
from indexer.sources.walk import File
from search.entry import Entry
from search.errors import OriginalMissing


def original(entry: Entry) -> list[str]:
    """The lines of the page, as its spans count them.

    Only the file that the article is known to come from is ever opened.

    Raises:
        OriginalMissing: there is no page, or it is gone, has changed since, or cannot be read; the message says which.
    """
    path = Path(entry.origin)
    if not entry.origin or path.suffix.lower() == ".jsonl":
        raise OriginalMissing("这篇是现成收进来的文章，没有版面文件")
    data = read_bytes(File(path, path.parent))
    if isinstance(data, Reject):
        raise OriginalMissing("版面文件已经不在原处，或者读不了")
    if bytes_print(data) != _printed(entry.fingerprint):
        raise OriginalMissing("版面文件在收录之后改过；再收录一次就能对照")
    try:
        return decode(data).split("\n")
    except Unusable as error:
        raise OriginalMissing(f"版面文件读不了：{error}") from None


def _printed(fingerprint: str) -> str:
    """The part of a fingerprint that tells the bytes of the file; empty in those of earlier versions."""
    return fingerprint.partition("+")[0].partition(":")[2]
