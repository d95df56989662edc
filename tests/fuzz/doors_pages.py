"""What the paper sends: pages, manifests, files of ready articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from indexer.describe.reference import Reference
from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.page import Page
from indexer.parse import Parsed, Parser
from indexer.segment import segment
from indexer.sources.decode import decode
from indexer.sources.manifest import Manifest, Manifests
from indexer.sources.reject import Unusable
from indexer.sources.walk import File
from search.archive import Archive
from search.article import Article, from_record, to_record
from search.days import CHINA
from search.errors import ArticleInvalid
from search.export import EXPORTS
from search.export.form import Wanted
from search.request import SearchRequest
from tests.fuzz import seeds, texts
from tests.fuzz.mutate import as_bytes, as_json, as_text, in_lines, in_numbers, other_encoding, spoil
from tests.fuzz.target import Broken, Target, Use

_MADE = datetime(2026, 11, 26, tzinfo=CHINA)
_TEXTS = (as_text(texts.PAGE_WORDS), as_text(texts.PAGE_WORDS), as_text(), in_lines, in_numbers, as_bytes)


def _pages(folder: Path) -> tuple[Sequence[bytes], Use]:
    parser = _parser(folder)
    file = File(folder / "2022-05-22" / "03.txt", folder)

    def use(data: bytes) -> object:
        try:
            page = parser.page(file, decode(data))
        except Unusable as error:
            return _reason(error)
        _check_lines(page, parser.rules)
        parsed = parser.parse(file, data)
        _check_articles(parsed)
        told = [*parser.explain(file, data)]
        _expect(all(line.isprintable() for line in told), "an explanation with signs that do not print")
        return parsed

    return texts.PAGES, use


def _ready(folder: Path) -> tuple[Sequence[bytes], Use]:
    parser = _parser(folder)
    file = File(folder / "ready.jsonl", folder)

    def use(data: bytes) -> object:
        parsed = parser.parse(file, data)
        _expect(bool(parsed.articles or parsed.rejects), "neither an article nor a reason")
        _check_articles(parsed)
        return parsed

    return seeds.READY, use


def _storing(folder: Path) -> tuple[Sequence[bytes], Use]:
    """Ready articles as an archive keeps and finds them."""
    parser = _parser(folder)
    file, number = File(folder / "ready.jsonl", folder), count()

    def use(data: bytes) -> object:
        parsed = parser.parse(file, data)
        archive = Archive.create(folder / f"index-{next(number)}")
        archive.add(parsed.articles)
        _expect(archive.check() == [], "an index that is not whole", archive.check())
        for article in parsed.articles:
            _expect(archive.article(article.id) == article, "kept as another article", article)
        every = archive.listed(SearchRequest(all_versions=True))
        _expect(every.total == len(parsed.articles), "not all are found")
        wanted = Wanted(str, text=True, made=_MADE)
        written = {form: b"".join(form.write(every, wanted)) for form in EXPORTS.values()}
        # Workbooks tell when they were made.
        return archive.corpus(), [data for form, data in written.items() if not form.binary]

    return seeds.READY, use


def _manifests(folder: Path) -> tuple[Sequence[bytes], Use]:
    path = folder / "manifest.csv"

    def use(data: bytes) -> object:
        path.write_bytes(data)
        return Manifest.load(path).rows

    return texts.MANIFESTS, use


TARGETS = (
    Target("page", 45, spoil(*_TEXTS, *_TEXTS, other_encoding), _pages),
    Target("ready", 1000, spoil(as_json, as_json, as_text(), in_lines, in_numbers, as_bytes, other_encoding), _ready),
    Target("storing", 2, spoil(as_json, as_json, as_text(texts.PAGE_WORDS)), _storing),
    Target(
        "manifest",
        1000,
        spoil(
            as_text((",", '"', ";", "\t", "2022-05-22", "2022.5.22", "9" * 20, "file", "date")),
            as_text(),
            in_lines,
            in_numbers,
            as_bytes,
            other_encoding,
        ),
        _manifests,
    ),
)


def _parser(folder: Path) -> Parser:
    lists = folder / "lists"
    lists.mkdir()
    for name, text in texts.DATA_FILES.items():
        (lists / name).write_text(text, "utf-8")
    return Parser(Reference.load(lists), LayoutRules.load(lists), Manifests())


def _check_lines(page: Page, rules: LayoutRules) -> None:
    """Whether every line with text is in a block, and no line in two stories."""
    blocks = lay_out(page, rules)
    held = {number for block in blocks for number in range(block.first, block.last + 1)}
    lost = [number for number, line in enumerate(page.lines, 1) if line.strip() and number not in held]
    _expect(not any(any(map(str.isalnum, page.lines[number - 1])) for number in lost), "lines in no block", lost)
    drafts = segment(page, blocks)
    owned = [number for draft in drafts for first, last in draft.spans for number in range(first, last + 1)]
    _expect(len(owned) == len(set(owned)), "a line in two stories")
    _expect(set(owned) <= set(range(1, len(page.lines) + 1)), "a story beyond the page")


def _check_articles(parsed: Parsed) -> None:
    ids = [article.id for article in parsed.articles]
    _expect(len(ids) == len(set(ids)), "two articles of one id")
    for article in parsed.articles:
        _expect(_kept(article) == article, "another article after it was written as a record", article)
    _expect(all(reject.reason for reject in parsed.rejects), "rejected without a reason")


def _kept(article: Article) -> Article:
    try:
        return from_record(to_record(article))
    except ArticleInvalid as error:
        raise Broken(f"an article that cannot be stored: {error}") from error


def _reason(error: Unusable) -> str:
    _expect(bool(str(error)), "refused without a reason")
    return str(error)


def _expect(true: bool, otherwise: str, *shown: object) -> None:
    if not true:
        raise Broken(otherwise, *shown)
