"""Formats 3 and 4: what is stored stands in segments as it does today.

The first checksums left out what fills an array up to the beginning of the next.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from search.engine import toc
from search.engine.arrayfile import ArrayFile
from search.engine.cards import cards
from search.engine.postings import Ints
from search.engine.records import unpacked
from search.engine.segment import Segment
from search.errors import IndexUnreadable
from search.message import Message
from search.upgrade.stored import Stored


def stored(folder: Path) -> Iterator[Stored]:
    """What the newest generation holds.

    Raises:
        Exception: of almost any kind, where a file is damaged.
    """
    for part in toc.read(folder, toc.newest(folder)).segments:
        segment = Segment(folder / part.name)
        _verify(segment.file)
        live = np.setdiff1d(np.arange(segment.size), _dead(folder, part)).tolist()
        for doc, card in zip(live, cards(segment, live), strict=True):
            yield Stored(_record(segment, doc), card.id, card.digest, card.origin, card.fingerprint, card.sketch)


def _record(segment: Segment, doc: int) -> dict[str, object]:
    """The record of a document; of the text nothing is needed but the text, since its index may be of another form."""
    text = segment.ragged("text")[doc].tobytes().decode("utf-16-le", "surrogatepass")
    record: dict[str, object] = json.loads(unpacked(segment.ragged("record")[doc].tobytes(), text))
    return record


def _dead(folder: Path, part: toc.Entry) -> Ints:
    """The deleted documents."""
    if not part.dead:
        return np.empty(0, np.int64)
    file = ArrayFile(folder / part.dead)
    _verify(file)
    return file["dead"].astype(np.int64)


def _verify(file: ArrayFile) -> None:
    damaged = tuple(name for name in file.damaged() if zlib.crc32(file[name].data) != file.checksum(name))
    if damaged:
        raise IndexUnreadable(
            Message(
                "索引文件 {path} 的 {damaged} 部分与校验值不符，什么也没有动；"
                "请从备份恢复，或用 baoku index PATH... --rebuild 重建 (checksum differs)",
                path=file.path,
                damaged=damaged,
            )
        )
