"""One file -> its articles: read, decoded, laid out, cut into stories and described."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from indexer.describe.article import describe
from indexer.describe.dates.inferred import infer_date
from indexer.describe.dates.masthead import masthead_date
from indexer.describe.dates.path import path_date, path_page, plain_page
from indexer.describe.reference import Reference
from indexer.explain import explain
from indexer.identity import with_unique_ids
from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.misreadings import Misreading
from indexer.page import Label, Page
from indexer.segment import segment
from indexer.sources.decode import decode, decode_lines
from indexer.sources.manifest import Manifests, Row
from indexer.sources.ready import read_ready
from indexer.sources.reject import Reject, Unusable
from indexer.sources.walk import File
from indexer.witness import Extraction
from search.article import UNDATED, Article, PublicationDate

_TEXT = (Label.LEAD, Label.PARAGRAPH, Label.ITEM, Label.CAPTION)
"""What a page must have some of: headlines and a date line alone are furniture."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What files gave: their articles in order, and what had to be left out.

    ``misreadings`` are the names that several files show to be misread. ``lines`` holds the line of every ready
    article by its id; a page has none. ``empty`` tells of a page that could be read and holds no story.
    """

    articles: tuple[Article, ...] = ()
    rejects: tuple[Reject, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    empty: bool = False
    misreadings: tuple[Misreading, ...] = ()


class Parser:
    """Turns files into articles by one set of reference lists and manifests."""

    def __init__(self, reference: Reference, rules: LayoutRules, manifests: Manifests) -> None:
        self.manifests = manifests
        self.reference = reference
        self.rules = rules

    def fingerprint(self, file: File, data: bytes, others: Sequence[str] = ()) -> str:
        """SHA-256 over all that decides what the file gives: name, day, manifest row, lists, this program.

        A colon and one over the file's bytes follow, by which ``indexer.original`` knows the page again; where the page
        has other extractions, a plus sign and one over their texts.
        """
        told = repr((self.manifests.row(file), path_date(file.dated_name)))
        known = "\0".join((file.name, told, self.reference.version, self.rules.version, _program()))
        own = f"{hashlib.sha256(known.encode()).hexdigest()}:{bytes_print(data)}"
        return f"{own}+{_digest(others)}" if others else own

    def parse(self, file: File, data: bytes, others: Sequence[str] = ()) -> Parsed:
        """The articles of a file, ``others`` being other extractions of it; a file that holds none is a reject."""
        try:
            return (
                _ready(file, data)
                if file.path.suffix.lower() == ".jsonl"
                else self._stories(self.page(file, decode(data), others))
            )
        except Unusable as error:
            return Parsed(rejects=(Reject(file.name, str(error)),))

    def explain(self, file: File, data: bytes, others: Sequence[str] = ()) -> Iterator[str]:
        """How a page was read, line by line, in words; why not, for a file that is no page."""
        if file.path.suffix.lower() == ".jsonl":
            yield f"{file.name}：现成文章，没有版面可解释 (ready articles, no page)"
            return
        try:
            page = self.page(file, decode(data), others)
        except Unusable as error:
            yield str(Reject(file.name, str(error)))
            return
        blocks = lay_out(page, self.rules)
        yield from explain(page, blocks, segment(page, blocks))

    def page(self, file: File, text: str, others: Sequence[str] = ()) -> Page:
        """The page of a decoded text, with what manifest, path and masthead say of it, and its other extractions."""
        row, lines = self.manifests.row(file), text.split("\n")
        when = _printed_day(file, lines, row)
        when, evidence = (when, ()) if when.known else infer_date(lines, self.reference.events)
        number = plain_page(row.page_no) if row.page_no else path_page(file.name)
        extractions = tuple(map(Extraction, others))
        return Page(file.name, lines, when, number, row.page_name, row.newspaper, evidence, extractions)

    def _stories(self, page: Page) -> Parsed:
        drafts = segment(page, lay_out(page, self.rules))
        if not any(block.label in _TEXT for draft in drafts for block in draft.blocks):
            reject = Reject(page.file, "只有版面设施，没有报道 (page furniture only, no stories)")
            return Parsed(rejects=(reject,), empty=True)
        return Parsed(tuple(with_unique_ids(describe(drafts, self.reference))))


def bytes_print(data: bytes) -> str:
    """SHA-256 over the bytes of a file, as it stands in the fingerprint of its articles."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(file: File) -> bytes | Reject:
    """The bytes of a file, or why they cannot be had."""
    try:
        if stat.S_ISDIR(mode := file.path.stat().st_mode):
            # Raises why; if not, it was for a moment.
            os.listdir(file.path)
            return Reject(file.name, "文件夹列不出来，请再运行一次 (the folder could not be listed)")
        if not stat.S_ISREG(mode):
            return Reject(file.name, "不是普通文件，而是管道、设备之类 (not a regular file)")
        return file.path.read_bytes()
    except FileNotFoundError:
        return Reject(file.name, "读不了：文件不在，或链接断了 (No such file, or a dangling link)")
    except OSError as error:
        return Reject(file.name, f"读不了：{error.strerror} (cannot be read)")


def _printed_day(file: File, lines: list[str], row: Row) -> PublicationDate:
    if row.day:
        return PublicationDate(row.day, row.day, "manifest")
    if day := masthead_date(lines):
        return PublicationDate(day, day, "masthead")
    if day := path_date(file.dated_name):
        return PublicationDate(day, day, "file name")
    return UNDATED


def _ready(file: File, data: bytes) -> Parsed:
    found = list(read_ready(file.name, decode_lines(data)))
    articles = [(line, item) for line, item in found if isinstance(item, Article)]
    rejects = [item for _, item in found if isinstance(item, Reject)]
    rejects += _repeated(file, articles)
    lines = {article.id: line for line, article in articles}
    return Parsed(tuple({article.id: article for _, article in articles}.values()), tuple(rejects), lines)


def _repeated(file: File, articles: Iterable[tuple[int, Article]]) -> list[Reject]:
    """The lines whose id had stood in the file before: the later article takes the earlier one's place."""
    seen: set[str] = set()
    rejects = []
    for line, article in articles:
        if article.id in seen:
            rejects.append(Reject(file.name, f"编号 {article.id} 重复，以后一篇为准 (id repeated)", line))
        seen.add(article.id)
    return rejects


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> str:
    """A hash over this package's own source, so that a new version reads every page anew."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()
