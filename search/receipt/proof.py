"""A list beside its receipt: whether it is the very file, the same list saved again, or another one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from search.errors import ReceiptInvalid
from search.export.reading import rows_of
from search.export.verify import ALTERED, CUT, SAVED, WHOLE, Verdict, told, verify
from search.message import Message
from search.receipt.record import Exported, Receipt
from search.receipt.written import read

_CHUNK = 1 << 20
_SUFFIX = ".receipt.json"


def beside(path: Path) -> Path:
    """Where the receipt of a list stands."""
    return path.with_name(path.name + _SUFFIX)


def verify_with_receipt(path: Path) -> Verdict:
    """The verdict on the list at ``path``, and on whether it is that of the receipt beside it, if there is one.

    Raises:
        ListUnreadable: it is not there, or no list.
    """
    verdict = verify(path)
    try:
        receipt = read(beside(path).read_bytes())
    except FileNotFoundError:
        return verdict
    except (ReceiptInvalid, OSError) as error:
        unusable = Message("旁边的凭证用不了：{reason}", reason=str(error))
        return replace(verdict, findings=(*verdict.findings, unusable))
    with path.open("rb") as file:
        return proved(verdict, file, receipt)


def proved(verdict: Verdict, file: BinaryIO, receipt: Receipt) -> Verdict:
    """The verdict on an open list that can be sought, in the light of its receipt."""
    kept = receipt.file
    if kept and _sha256(file) == kept.sha256:
        return _same(verdict, kept)
    if verdict.state != WHOLE:
        return verdict
    file.seek(0)
    others = told([*_others([row.id for row in rows_of(file)], receipt.ids)])
    if others:
        return replace(verdict, state=ALTERED, findings=(*verdict.findings, *others))
    return replace(verdict, state=SAVED, findings=(*verdict.findings, _ANOTHER)) if kept else verdict


_ANOTHER = Message(
    "编号和次序与凭证相同，字节不同：另存过，或者改过又重算了校验；各格的字请用 baoku import-list 与库中对照"
)


def _same(verdict: Verdict, kept: Exported) -> Verdict:
    """The verdict on the very file; an empty one, of which nothing else can be told, is whole by its receipt."""
    found = Message("与检索凭证相符：SHA-256 一样 (the file of the receipt)")
    if verdict.state == CUT and not (verdict.rows or kept.rows):
        return replace(verdict, state=WHOLE, total=0, findings=(found,))
    return replace(verdict, findings=(*verdict.findings, found))


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _others(found: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    """The rows at which a list has other articles than its receipt, in words."""
    for number, (one, other) in enumerate(zip_longest(found, wanted), 1):
        if one == other:
            continue
        if other is None:
            yield Message("第 {number} 行（{id}）凭证上没有", number=number, id=one)
        elif one is None:
            yield Message("凭证上的第 {number} 篇（{id}）清单里没有", number=number, id=other)
        else:
            yield Message("第 {number} 行是 {id}，凭证上是 {other}", number=number, id=one, other=other)
