"""Any exported list read back: which articles it names, in its order, from any of the export formats.

The format is told from what the file begins with, not from its name, and the file may have been saved again by another
program: only what a reader of it sees counts.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from search.export.bundle import LISTED, MANIFEST
from search.export.numbered import RULE
from search.export.read_records import read_bibtex, read_json, read_jsonl, read_numbered, read_ris
from search.export.read_tables import read_csv, read_xlsx
from search.export.readrow import End, ListUnreadable, Reader, ReadRow
from search.export.references import EMPTY_RIS
from search.message import Message

_LOOKED_AT = 4096
_WORKBOOK = "xl/workbook.xml"
_ZIP = b"PK\x03\x04"
MOST_UNPACKED = 4 << 30
"""Bytes that a compressed file may hold when it is unpacked."""


def rows_of(file: BinaryIO) -> Iterator[ReadRow]:
    """The rows of an open file that can be sought; those of a damaged list as far as they can be read.

    Raises:
        ListUnreadable: it is no list.
    """
    _, read = reader_of(file)
    return (part for part in read(file) if isinstance(part, ReadRow))


def reader_of(file: BinaryIO) -> tuple[str, Reader]:
    """The name of the format of a file, as search.export.EXPORTS has it, and what reads it.

    All numbered lists are ``text``.

    Raises:
        ListUnreadable: it is in none of the formats, or larger than can be unpacked.
    """
    file.seek(0)
    head = file.read(_LOOKED_AT)
    file.seek(0)
    if head == EMPTY_RIS.encode():
        return "ris", read_ris
    if head[:4] and _ZIP.startswith(head[:4]):
        return _packed(file)
    # UTF-16 has a byte order mark, and is how a spreadsheet saves "Unicode text".
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
    return _of_text(text.lstrip("\ufeff \r\n\t"))


def _of_text(text: str) -> tuple[str, Reader]:
    first = text.partition("\n")[0].strip()
    if not first:
        # Of an empty file nothing can be told.
        return "jsonl", read_jsonl
    if text.startswith("{"):
        return ("jsonl", read_jsonl) if _is_record(first) else ("json", read_json)
    if "TY  - NEWS".startswith(first[:10]):
        return "ris", read_ris
    if text.startswith("@"):
        return "bibtex", read_bibtex
    if text.startswith("[1] ") or RULE.startswith(first):
        return "text", read_numbered
    if text.startswith("["):
        return "csl", read_json
    return "csv", read_csv


def _is_record(line: str) -> bool:
    """Whether a line is an object by itself, or the beginning of one line that is."""
    try:
        return "hits" not in json.loads(line)
    except ValueError:
        return line.startswith('{"id":')


def _packed(file: BinaryIO) -> tuple[str, Reader]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise ListUnreadable(Message("压缩文件展开后太大 (too large when unpacked)"))
            names = packed.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        # The directory stands at the end.
        return "xlsx", lambda _: iter([End(torn=True)])
    file.seek(0)
    if not {LISTED, MANIFEST, _WORKBOOK} & {*names}:
        raise ListUnreadable(
            Message(
                "这个压缩文件不是报库的工作簿或资料包；ODS 请先另存为 XLSX 或 CSV (neither a workbook nor a bundle)"
            )
        )
    return ("bundle", _guarded(_read_bundle)) if {LISTED, MANIFEST} & {*names} else ("xlsx", _guarded(read_xlsx))


def _guarded(read: Reader) -> Reader:
    """The reader of a compressed file, which ends where the file is damaged."""

    def guarded(file: BinaryIO) -> Iterator[ReadRow | End]:
        try:
            yield from read(file)
        except ListUnreadable:
            raise
        except Exception:
            # zipfile, zlib and openpyxl let through whatever damage makes them stumble over.
            yield End(broken=True)

    return guarded


def _read_bundle(file: BinaryIO) -> Iterator[ReadRow | End]:
    with zipfile.ZipFile(file) as packed, packed.open(LISTED) as listed:
        yield from read_csv(cast(BinaryIO, listed))
