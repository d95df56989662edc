"""What a reader brings back: exported lists in every form, and receipts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from search.export.reading import rows_of
from search.export.verify import verify_file
from search.imported import items
from search.receipt import read, replay, told, write
from search.receipt.proof import proved
from tests.fuzz import seeds
from tests.fuzz.mutate import (
    as_bytes,
    as_json,
    as_receipt,
    as_text,
    in_lines,
    in_numbers,
    in_zip,
    other_encoding,
    spoil,
)
from tests.fuzz.target import Broken, Target, Use

_WORDS = (
    "\n",
    ",",
    '"',
    ";",
    "[1] ",
    "TY  - NEWS",
    "ER  - ",
    "@article{",
    "}",
    "-" * 20,
    " of ",
    "1 of 2",
    "9" * 5000,
    "'",
)


def _lists(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored = seeds.archive(folder)
    receipt = read(seeds.receipts(stored)[1])

    def use(data: bytes) -> object:
        verdict = verify_file(io.BytesIO(data))
        _expect(bool(verdict.sentence), "a verdict without words")
        rows = list(rows_of(io.BytesIO(data)))
        _expect([row.number for row in rows] == list(range(1, len(rows) + 1)), "rows are numbered otherwise")
        return verdict, proved(verdict, io.BytesIO(data), receipt), list(items(stored, io.BytesIO(data)))

    return seeds.lists(stored), use


def _receipts(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored = seeds.archive(folder)

    def use(data: bytes) -> object:
        receipt = read(data)
        _expect(read(write(receipt)) == receipt, "another receipt after it was written")
        done = replay(stored, receipt)
        names = [done.name(change) for change in done.changes]
        return done.changes, done.verdict, told.verdict(done), list(told.notes(done)), told.facts(receipt), names

    return seeds.receipts(stored), use


_SPOILT = (as_text(_WORDS), as_text(), in_lines, in_numbers, as_bytes, as_json)

TARGETS = (
    Target("list", 140, spoil(*_SPOILT, other_encoding, in_zip(*_SPOILT), in_zip(*_SPOILT)), _lists),
    Target("receipt", 200, spoil(as_receipt, as_receipt, as_receipt, as_json, as_bytes), _receipts),
)


def _expect(true: bool, otherwise: str) -> None:
    if not true:
        raise Broken(otherwise)
