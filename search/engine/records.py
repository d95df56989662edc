"""Stored records: JSON, each compressed by what the index has of its article anyway.

A record repeats the folded text of its article, but for punctuation and line breaks, and its keys are those of every
record. So both go before it as the content that a Zstandard frame may refer back to (RFC 8878, section 5): a record
then takes a third of what it takes by itself or by a dictionary trained on its neighbours.
"""

from __future__ import annotations

import json
from typing import Any

import zstandard

from search.article import Article, Source, to_record

_LEVEL = 6


def packed(record: str, text: str) -> bytes:
    """A record in few bytes; ``text`` is the folded text of its article."""
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_known(text), write_checksum=True).compress(record.encode())


def unpacked(data: bytes, text: str) -> bytes:
    """The record of :func:`packed`, given the same text.

    Raises:
        ZstdError: the data or the text is not what it was.
    """
    return zstandard.ZstdDecompressor(dict_data=_known(text)).decompress(data)


def compact(value: Any) -> str:
    """JSON without blanks: the form in which records are stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# Part of the format: stored records refer back to it.
_KEYS = compact(to_record(Article(id="0" * 16, source=Source(file="")))).encode()


def _known(text: str) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(_KEYS + text.encode(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
