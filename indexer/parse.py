"""One file -> its articles: read, decoded, laid out, cut into stories and described."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indexer.describe.article import describe
from indexer.describe.dates import masthead_date, path_date, path_page, plain_page
from indexer.describe.reference import Reference
from indexer.identity import with_unique_ids
from indexer.layout import LayoutRules, lay_out
from indexer.page import Page
from indexer.segment import segment
from indexer.sources.decode import decode
from indexer.sources.manifest import Manifest, Row
from indexer.sources.ready import read_ready
from indexer.sources.reject import Reject, Unusable
from indexer.sources.walk import File
from search.article import UNDATED, Article, PublicationDate


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file gave: its articles in order, and what had to be left out."""

    articles: tuple[Article, ...] = ()
    rejects: tuple[Reject, ...] = ()


class Parser:
    """Turns files into articles by one set of reference lists and the manifests.

    ``manifests`` are those of single folders; ``manifest`` is for the files of all others.
    """

    def __init__(
        self,
        reference: Reference,
        rules: LayoutRules,
        manifest: Manifest,
        manifests: Mapping[Path, Manifest] = MappingProxyType({}),
    ) -> None:
        self._reference = reference
        self._rules = rules
        self._manifest = manifest
        self._manifests = manifests

    def fingerprint(self, file: File, data: bytes) -> str:
        """SHA-256 over all that decides what the file gives: its bytes, its manifest row, the lists, this program."""
        row = repr(self._row(file))
        known = (file.name, row, self._reference.version, self._rules.version, _program())
        return hashlib.sha256("\0".join((*known, hashlib.sha256(data).hexdigest())).encode()).hexdigest()

    def parse(self, file: File, data: bytes) -> Parsed:
        """The articles of a file; a file that holds none is a reject."""
        try:
            text = decode(data)
        except Unusable as error:
            return Parsed(rejects=(Reject(file.name, str(error)),))
        read = self._ready if file.path.suffix.lower() == ".jsonl" else self._page
        return read(file, text)

    def _row(self, file: File) -> Row:
        return self._manifests.get(file.root, self._manifest).row(file.name)

    def _ready(self, file: File, text: str) -> Parsed:
        found = list(read_ready(file.name, text))
        articles = {item.id: item for item in found if isinstance(item, Article)}
        rejects = [item for item in found if isinstance(item, Reject)]
        rejects += _repeated(item for item in found if isinstance(item, Article))
        if not articles and not rejects:
            rejects = [Reject(file.name, "没有文章 (no articles)")]
        return Parsed(tuple(articles.values()), tuple(rejects))

    def _page(self, file: File, text: str) -> Parsed:
        page = _page_of(file, text.split("\n"), self._row(file))
        drafts = segment(page, lay_out(page, self._rules))
        if not drafts:
            return Parsed(rejects=(Reject(file.name, "只有版面设施，没有报道 (page furniture only, no stories)"),))
        return Parsed(tuple(with_unique_ids([describe(draft, self._reference) for draft in drafts])))


def read_bytes(file: File) -> bytes | Reject:
    """The bytes of a file, or why they cannot be had."""
    try:
        return file.path.read_bytes()
    except OSError as error:
        return Reject(file.name, f"读不了：{error.strerror} (cannot be read)")


def _page_of(file: File, lines: list[str], row: Row) -> Page:
    when = UNDATED
    if row.day:
        when = PublicationDate(row.day, row.day, "manifest")
    elif day := masthead_date(lines):
        when = PublicationDate(day, day, "masthead")
    elif day := path_date(file.name):
        when = PublicationDate(day, day, "file name")
    number = plain_page(row.page_no) if row.page_no else path_page(file.name)
    return Page(file.name, lines, when, number, row.page_name, row.newspaper)


def _repeated(articles: Iterable[Article]) -> list[Reject]:
    """The lines whose id had stood in the file before: the later article takes the earlier one's place."""
    seen: set[str] = set()
    rejects = []
    for article in articles:
        if article.id in seen:
            line = article.source.spans[0][0] if article.source.spans else None
            rejects.append(Reject(article.source.file, f"编号 {article.id} 重复，以后一篇为准 (id repeated)", line))
        seen.add(article.id)
    return rejects


@cache
def _program() -> str:
    """A hash over this package's own source, so that a new version reads every page anew."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()
