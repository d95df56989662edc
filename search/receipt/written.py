"""Receipts as JSON (RFC 8259), one key a line.

``sha256`` is the hash of all other keys in the canonical form of RFC 8785: whoever changes a character of a receipt
is seen, unless he also makes the hash anew. Half a surrogate pair, which RFC 8785 does not know, stays an escape.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, BinaryIO

from search.errors import ReceiptInvalid
from search.message import Message
from search.receipt import asked
from search.receipt.record import Exported, Named, Receipt, sha256_of_ids
from search.receipt.typed import mapping, mappings, number, string, strings
from search.results import Corpus, Expansion

VERSION = 1
KEY = "baoku_receipt"
"""By this key a receipt is known; its value is the version of the form."""
_BEGINNING = 100
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_RECEIPT = Message("不是检索凭证，请选导出时写在旁边的 .receipt.json 文件 (not a receipt)")


def write(receipt: Receipt) -> str:
    """The receipt as text; ``read`` gives the same receipt again."""
    record = to_record(receipt)
    lines = (f"{_compact(key)}: {_compact(value)}" for key, value in record.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def to_record(receipt: Receipt) -> dict[str, Any]:
    """The receipt as a JSON object."""
    record = {
        KEY: VERSION,
        "made": receipt.made,
        "software": receipt.software,
        "archive": receipt.archive,
        "analyser": {"index": receipt.index_analyser, "query": receipt.query_analyser},
        "corpus": asdict(receipt.corpus),
        "asked": asked.to_json(receipt.request),
        "understood": receipt.understood,
        "canonical": receipt.canonical,
        "notes": list(receipt.notes),
        "expansions": [asdict(one) for one in receipt.expansions],
        "total": receipt.total,
        "ids_sha256": sha256_of_ids(receipt.ids),
        "ids": list(receipt.ids),
        "digests": list(receipt.digests),
        "headlines": [one.headline for one in receipt.named],
        "dates": [one.date for one in receipt.named],
        "file": asdict(receipt.file) if receipt.file else None,
    }
    return record | {"sha256": _sha256(record)}


def read(text: str | bytes) -> Receipt:
    """The receipt that a text holds; keys that a later program has added are kept in its hash and otherwise ignored.

    Raises:
        ReceiptInvalid: it is no receipt, one of a later version, or not as it was made.
    """
    record = _parsed(text)
    version = record[KEY]
    if version != VERSION:
        raise ReceiptInvalid(
            Message(
                "凭证是第 {version} 版，本程序只读第 {known} 版 (receipt of another version)",
                version=f"{version!r:.20}",
                known=VERSION,
            )
        )
    if record.get("sha256") != _sha256({key: value for key, value in record.items() if key != "sha256"}):
        raise ReceiptInvalid(Message("凭证的校验和不符：文件坏了，或有人改过 (the receipt is damaged or was altered)"))
    try:
        return _receipt(record)
    except ValueError as error:
        wrong = Message("凭证里的「{key}」不对，或者没有 (a key of the receipt is missing or wrong)", key=str(error))
        raise ReceiptInvalid(wrong) from None


def is_receipt(file: BinaryIO) -> bool:
    """Whether a file that can be sought begins like a receipt; it is read from its beginning afterwards."""
    head = file.read(_BEGINNING)
    file.seek(0)
    return f'"{KEY}"'.encode() in head


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except UnicodeDecodeError:
        raise ReceiptInvalid(_NO_RECEIPT) from None
    except json.JSONDecodeError as error:
        broken = Message(
            "凭证不完整或坏了，第 {line} 行读不下去 (the receipt is cut off or damaged)", line=error.lineno
        )
        raise ReceiptInvalid(broken if f'"{KEY}"' in error.doc[:_BEGINNING] else _NO_RECEIPT) from None
    except (ValueError, RecursionError):
        raise ReceiptInvalid(_NO_RECEIPT) from None
    if not isinstance(record, dict) or KEY not in record:
        raise ReceiptInvalid(_NO_RECEIPT)
    return record


def _receipt(record: Mapping[str, Any]) -> Receipt:
    analyser, corpus = mapping(record, "analyser"), mapping(record, "corpus")
    return Receipt(
        made=string(record, "made"),
        software=string(record, "software"),
        archive=string(record, "archive"),
        index_analyser=string(analyser, "index"),
        query_analyser=string(analyser, "query"),
        corpus=Corpus(string(corpus, "version"), number(corpus, "articles"), number(corpus, "stories")),
        request=asked.from_json(mapping(record, "asked")),
        understood=string(record, "understood"),
        canonical=string(record, "canonical"),
        notes=strings(record, "notes"),
        expansions=tuple(map(_expansion, mappings(record, "expansions"))),
        ids=_ids(record),
        digests=_as_many(record, "digests"),
        named=_named(record),
        file=_file(record),
    )


def _ids(record: Mapping[str, Any]) -> tuple[str, ...]:
    ids = strings(record, "ids")
    if len(ids) != number(record, "total"):
        raise ValueError("total")
    if len({*ids}) != len(ids):
        raise ValueError("ids")
    if sha256_of_ids(ids) != string(record, "ids_sha256"):
        raise ValueError("ids_sha256")
    return ids


def _as_many(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list that has one text for each hit."""
    texts = strings(record, key)
    if len(texts) != number(record, "total"):
        raise ValueError(key)
    return texts


def _named(record: Mapping[str, Any]) -> tuple[Named, ...]:
    if not record.get("headlines"):
        return ()
    pairs = zip(_as_many(record, "headlines"), _as_many(record, "dates"), strict=True)
    return tuple(Named(headline, date) for headline, date in pairs)


def _expansion(one: Mapping[str, Any]) -> Expansion:
    return Expansion(string(one, "typed"), string(one, "form"), string(one, "why"), number(one, "added"))


def _file(record: Mapping[str, Any]) -> Exported | None:
    if record.get("file") is None:
        return None
    file = mapping(record, "file")
    return Exported(string(file, "name"), number(file, "rows"), string(file, "sha256"))


def _sha256(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(_compact(record, sort_keys=True).encode()).hexdigest()


def _compact(value: Any, sort_keys: bool = False) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
