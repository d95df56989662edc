"""Whether an exported list is whole: as it was made, cut off, or altered, and where."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from search.export.bundle import MANIFEST
from search.export.reading import reader_of
from search.export.readrow import End, ListUnreadable, ReadRow
from search.export.seal import own, sealed
from search.message import Counted, Message

WHOLE, CUT, ALTERED, UNKNOWN = "whole", "cut off", "altered", "unknown"
SAVED = "saved again"
"""The state of a list whose seals all fit, though it is not the file of its receipt: only beside a receipt."""
TOLD = 20
"""Findings of a kind that are told one by one; of the others it is told how many they are."""
_CHUNK = 1 << 20
_EMPTY = Message("空文件：没有结果的 JSONL 也是这样，检索凭证在旁边才能断定 (a JSONL of no hits looks like this, too)")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What zipfile raises where a file is damaged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a list: ``state`` is one of the five above, ``rows`` how many rows of ``total`` were read.

    ``findings`` say in Chinese what is the matter.
    """

    form: str
    state: str
    rows: int
    total: int | None
    findings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        match self.state:
            case "whole":
                return Message("完整：{rows} 行，与导出时一样 (whole)", rows=self.rows)
            case "cut off":
                return self._cut_off()
            case "altered":
                return Message("改动过：{rows} 行里有与导出时不一样的 (altered)", rows=self.rows)
            case "saved again":
                return Message("{rows} 行的校验都对，但不是凭证上的那个文件 (saved again)", rows=self.rows)
        return Message("没有校验，无从判断是否完整 (no seals: nothing tells whether it is whole)")

    def _cut_off(self) -> str:
        if not self.rows:
            return Message("不完整：没有写完 (cut off)")
        if self.total is None:
            return Message("不完整：写到第 {rows} 行断了 (cut off)", rows=self.rows)
        return Message("不完整：写到第 {rows} 行断了，应有 {total} 行 (cut off)", rows=self.rows, total=self.total)


def verify(path: Path) -> Verdict:
    """The verdict on the file at ``path``.

    Raises:
        ListUnreadable: it is not there, or no list.
    """
    try:
        with path.open("rb") as file:
            return verify_file(file)
    except OSError as error:
        raise ListUnreadable(
            Message("读不了 {path}：{reason} (cannot be read)", path=path, reason=error.strerror)
        ) from None


def verify_file(file: BinaryIO) -> Verdict:
    """The verdict on an open file that can be sought.

    Raises:
        ListUnreadable: it is no list.
    """
    form, read = reader_of(file)
    trail = _Trail()
    for part in read(file):
        trail.add(part)
    verdict = trail.verdict(form)
    return _with_members(verdict, file) if form == "bundle" else verdict


def told(findings: Sequence[str]) -> tuple[str, ...]:
    """The first ``TOLD`` findings, and how many others there are."""
    more = len(findings) - TOLD
    return (*findings[:TOLD], Counted("另有 {n} 处没有列出", n=more)) if more > 0 else tuple(findings)


class _Trail:
    """The rows seen so far; of each no more is kept than its place and its seal."""

    def __init__(self) -> None:
        self.end = End(torn=True)
        self.rows = 0
        self._total: int | None = None
        self._findings: list[tuple[int, str]] = []
        self._seals: dict[int, str] = {}
        self._last = 0
        self._torn = False

    def add(self, part: ReadRow | End) -> None:
        """Takes the next part of a file."""
        if isinstance(part, End):
            self.end = part
            return
        self.rows += 1
        self._torn = part.torn
        self._findings += [(part.number, finding) for finding in self._row(part)]

    def verdict(self, form: str) -> Verdict:
        """What all of it says."""
        cut = self.end.torn or self._torn
        if cut and self._findings and self._findings[-1][0] == self.rows:
            self._forget_last()
        findings = [finding for _, finding in self._findings]
        sealed_rows, top = len(self._seals), max(self._seals, default=0)
        if self.rows and not (sealed_rows or self.end.broken):
            return Verdict(form, CUT if cut else UNKNOWN, self.rows, None)
        findings += self._missing()
        if self.end.broken:
            findings.append(Message("读到第 {rows} 行，后面损坏，读不出来", rows=self.rows))
        total = self.end.rows if self._total is None else self._total
        cut = cut or (total is not None and top < total)
        if form == "jsonl" and not (self.rows or self._torn):
            return Verdict(form, CUT, 0, None, (_EMPTY,))
        if not (cut or findings):
            findings += self._miscounted()
        if findings and cut:
            findings.append(Message("最后一行是第 {top} 行", top=top))
        state = ALTERED if findings else CUT if cut else WHOLE
        return Verdict(form, state, self.rows, total, told(findings))

    def _row(self, row: ReadRow) -> Iterator[str]:
        if row.torn:
            yield Message("第 {number} 行读不出来", number=row.number)
            return
        if row.place is None or not row.seal:
            # A list without any seals is told by having none at all.
            if self._seals:
                yield Message("文件的第 {number} 行没有校验，是后来加的", number=row.number)
            return
        at, total = row.place
        self._total = self._total or total
        yield from self._misfits(row, at, total)
        self._seals.setdefault(at, row.seal)
        self._last = at

    def _misfits(self, row: ReadRow, at: int, total: int) -> Iterator[str]:
        before = self._seals.get(at - 1, "" if at == 1 else None)
        if total != self._total:
            yield Message("文件的第 {number} 行是另一份清单的（共 {total} 行）", number=row.number, total=total)
        elif at in self._seals:
            yield Message("第 {at} 行有两次", at=at)
        elif not row.seal.startswith(own(row.content)):
            yield Message("第 {at} 行改动过{named}", at=at, named=_named(row))
        elif before is not None and sealed(row.content, f"{at} of {total}", before) != row.seal:
            yield Message("第 {at} 行不是接在第 {before} 行后面的{named}", at=at, before=at - 1, named=_named(row))
        if at < self._last:
            yield Message("第 {at} 行排到了第 {last} 行后面", at=at, last=self._last)

    def _forget_last(self) -> None:
        """A last row that does not fit is one that was not written to its end."""
        self._findings = [finding for finding in self._findings if finding[0] != self.rows]
        self.rows -= 1
        if not self.rows:
            self._total = None
        if len(self._seals) > self.rows:
            self._seals.pop(self._last)

    def _missing(self) -> Iterator[str]:
        """The rows between those that are there; what a row says of its place may be any number."""
        ends = sorted({0, *self._seals})
        for first, last in ((before + 1, at - 1) for before, at in pairwise(ends) if at > before + 1):
            yield (
                Message("少了第 {first} 行", first=first)
                if first == last
                else Message("少了第 {first} 至 {last} 行", first=first, last=last)
            )

    def _miscounted(self) -> Iterator[str]:
        if self.end.rows is not None and self.end.rows != self.rows:
            yield Message("文件自称有 {rows} 行，实有 {found} 行", rows=self.end.rows, found=self.rows)
        seals = "".join(self._seals[at] for at in sorted(self._seals))
        if self.end.sha256 and hashlib.sha256(seals.encode()).hexdigest() != self.end.sha256:
            yield Message("全表的 SHA-256 不符")


def _named(row: ReadRow) -> str:
    return Message("（{id}）", id=row.id) if row.id else ""


def _with_members(verdict: Verdict, file: BinaryIO) -> Verdict:
    """The verdict on a bundle: its list's, unless another of its files is not what it was."""
    try:
        with zipfile.ZipFile(file) as packed:
            findings = (*verdict.findings, *told([*_changed(packed)]))
    except _DAMAGE:
        findings = (*verdict.findings, Message("压缩文件损坏"))
    return replace(verdict, state=ALTERED, findings=findings) if findings else verdict


def _changed(packed: zipfile.ZipFile) -> Iterator[str]:
    names = set(packed.namelist())
    if MANIFEST not in names:
        yield Message("缺 {manifest}", manifest=MANIFEST)
        return
    lines = packed.read(MANIFEST).decode("utf-8", "replace").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    yield from (Message("缺 {name}", name=name) for name in listed if name not in names)
    yield from (Message("多了 {name}", name=name) for name in sorted(names - {MANIFEST, *listed}))
    yield from (
        Message("{name} 改动过", name=name)
        for name in listed
        if name in names and _digest(packed, name) != listed[name]
    )


def _digest(packed: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with packed.open(name) as member:
            while piece := member.read(_CHUNK):
                digest.update(piece)
    except _DAMAGE:
        return ""
    return digest.hexdigest()
