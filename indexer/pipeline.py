"""The walk from files to the index: what is new is parsed and stored, what is unchanged is skipped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from indexer.describe.reference import Reference
from indexer.duplicates import sketch
from indexer.identity import with_unique_ids, without_number
from indexer.layout import LayoutRules
from indexer.parse import Parsed, Parser, read_bytes
from indexer.report import Report
from indexer.sources.manifest import NAME, Manifest
from indexer.sources.reject import Reject
from indexer.sources.walk import File, find_files
from indexer.versions import mark_stored_versions, mark_versions
from search.archive import Archive
from search.article import Article
from search.entry import Card, Entry

_BATCH = 5_000


def open_parser(paths: Sequence[Path], manifest: Path | None = None) -> Parser:
    """A parser with the reference lists and the manifest: the named one, else each given folder's manifest.csv.

    Raises:
        BaokuError: a list or the manifest cannot be used.
    """
    named = Manifest.load(manifest) if manifest else None
    folders = [path.resolve() for path in paths if (path / NAME).is_file()]
    manifests = {folder: Manifest.load(folder / NAME) for folder in folders if named is None}
    return Parser(Reference.load(), LayoutRules.load(), named or Manifest(), manifests)


def parse_files(paths: Sequence[Path], manifest: Path | None = None) -> Parsed:
    """All articles under the paths with their duplicates marked, and all rejects.

    Raises:
        BaokuError: a path does not exist, nothing is there to read, or a list or the manifest cannot be used.
    """
    files = find_files(paths)
    parser = open_parser(paths, manifest)
    articles: list[Article] = []
    rejects: list[Reject] = []
    for file in _progress(files):
        parsed = _parse(parser, file)
        articles += parsed.articles
        rejects += parsed.rejects
    return Parsed(tuple(mark_versions(list(with_unique_ids(articles)))), tuple(rejects))


def index_files(
    archive: Archive, paths: Sequence[Path], manifest: Path | None = None, *, prune: bool = False
) -> Report:
    """Brings the archive to the state of the files and says what was done.

    Unchanged files are skipped, changed ones replace their articles; the articles of files that are gone
    are kept unless ``prune`` is set. A file that can no longer be read keeps the articles it gave before.

    Raises:
        BaokuError: a path does not exist, nothing is there to read, or a list or the manifest cannot be used.
    """
    files = find_files(paths)
    run = _Run(archive, open_parser(paths, manifest))
    for file in _progress(files, run.report):
        run.take(file)
    run.flush()
    run.settle_gone(paths, files, prune)
    if run.changed:
        mark_stored_versions(archive)
    run.report.duplicates = sum(card.duplicate_of is not None for card in archive.cards())
    return run.report


class _Run:
    """One run over the files: what the archive had before, what is waiting to be stored, and the account."""

    def __init__(self, archive: Archive, parser: Parser) -> None:
        self.report = Report()
        self.changed = False
        self._archive = archive
        self._parser = parser
        self._known: dict[str, list[Card]] = defaultdict(list)
        for card in archive.cards():
            self._known[card.origin].append(card)
        self._taken = {card.id for cards in self._known.values() for card in cards}
        self._gone: dict[str, list[str]] = defaultdict(list)
        for origin, cards in self._known.items():
            if not _exists(origin):
                for identity in {without_number(card.id) for card in cards}:
                    self._gone[identity].append(origin)
        self._entries: list[Entry] = []
        self._remove: list[str] = []

    def take(self, file: File) -> None:
        """Parses the file if it is new or changed, and puts its articles in line to be stored."""
        self.report.files += 1
        data = read_bytes(file)
        if isinstance(data, Reject):
            self.report.rejects.append(data)
            return
        known = self._known.get(file.origin, [])
        fingerprint = self._parser.fingerprint(file, data)
        if known and all(card.fingerprint == fingerprint for card in known):
            self.report.unchanged += 1
            return
        parsed = self._parser.parse(file, data)
        self.report.rejects += parsed.rejects
        if parsed.articles:
            self._replace(file, fingerprint, known or self._moved(parsed.articles), parsed.articles)

    def _moved(self, articles: Sequence[Article]) -> list[Card]:
        """What the archive has of a moved or renamed file: the cards of a path that is gone and gave such a story."""
        for article in articles:
            for origin in self._gone.get(without_number(article.id), ()):
                if origin in self._known:
                    return self._known.pop(origin)
        return []

    def _replace(self, file: File, fingerprint: str, known: Sequence[Card], articles: Sequence[Article]) -> None:
        own = {card.id for card in known}
        self._taken -= own
        for article in with_unique_ids(articles, self._taken):
            self._entries.append(Entry(article, file.origin, fingerprint, sketch(article)))
            self._taken.add(article.id)
            own.discard(article.id)
            self._count(article)
        self._remove += sorted(own)
        self._taken |= own
        self.report.pages += 1
        if len(self._entries) >= _BATCH:
            self.flush()

    def _count(self, article: Article) -> None:
        self.report.articles += 1
        self.report.undated += not article.date.known
        self.report.without_street += not article.streets
        self.report.cut += not article.complete

    def flush(self) -> None:
        """Stores what is waiting, in one commit."""
        if self._entries or self._remove:
            self._archive.update(self._entries, self._remove)
            self.report.removed += len(self._remove)
            self.changed = True
        self._entries, self._remove = [], []

    def settle_gone(self, paths: Sequence[Path], files: Sequence[File], prune: bool) -> None:
        """Removes the articles of files that are gone from the given folders, or counts those files."""
        present = {file.origin for file in files}
        roots = [path.resolve() for path in paths]
        cards = list(self._archive.cards())
        gone = {c.origin for c in cards if c.origin not in present and _lies_under(c.origin, roots)}
        if prune:
            self._remove = [card.id for card in cards if card.origin in gone]
            self.flush()
        else:
            self.report.gone = len(gone)


def _parse(parser: Parser, file: File) -> Parsed:
    data = read_bytes(file)
    return Parsed(rejects=(data,)) if isinstance(data, Reject) else parser.parse(file, data)


def _progress(files: Sequence[File], report: Report | None = None) -> Iterator[File]:
    """The files one by one under a progress bar on stderr: files, articles, time left."""
    with tqdm(files, desc="索引" if report else "解析", unit="个文件", disable=None) as bar:
        for file in bar:
            yield file
            if report:
                bar.set_postfix_str(f"{report.articles} 篇文章")


def _exists(origin: str) -> bool:
    return Path(origin).exists()


def _lies_under(origin: str, roots: Sequence[Path]) -> bool:
    return bool(origin) and any(root in Path(origin).parents for root in roots if root.is_dir())
