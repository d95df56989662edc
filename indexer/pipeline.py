"""The walk from files to the index: what is new is parsed and stored, what is unchanged is skipped."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from indexer.describe.lookalikes import Lookalikes
from indexer.describe.reference import Reference
from indexer.duplicates import sketch
from indexer.extractions import Extractions
from indexer.identity import with_unique_ids, without_number
from indexer.layout_rules import LayoutRules
from indexer.misreadings import find_misreadings
from indexer.parse import Parsed, Parser, read_bytes
from indexer.renames import census_of, merge_names, merge_stored_names
from indexer.report import Report
from indexer.sources.manifest import Manifest, Manifests
from indexer.sources.reject import Reject
from indexer.sources.walk import File, find_files, is_gone, real
from indexer.versions import mark_stored_versions, mark_versions
from search.archive import Archive
from search.article import Article
from search.entry import Card, Entry

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will read and by what; ``folders`` were given whole, ``absent`` a manifest lists in vain."""

    files: list[File]
    folders: frozenset[Path]
    parser: Parser
    absent: list[str]
    lookalikes: Lookalikes


def plan(paths: Sequence[Path], manifest: Path | None = None) -> Plan:
    """Finds the files, and reads the reference lists and the manifests; writes nothing.

    Raises:
        BaokuError: a path does not exist, nothing is there to read, or a list or a manifest cannot be used.
    """
    files = find_files(paths)
    folders = frozenset(real(path) for path in paths if os.path.isdir(path))
    manifests = Manifests(Manifest.load(manifest) if manifest else None)
    for file in files:
        manifests.row(file)
    parser = Parser(Reference.load(), LayoutRules.load(), manifests)
    return Plan(files, folders, parser, manifests.absent(files, folders), Lookalikes.load())


def parse_files(paths: Sequence[Path], manifest: Path | None = None) -> Parsed:
    """All articles under the paths with their duplicates marked, and all rejects.

    Raises:
        BaokuError: as :func:`plan`.
    """
    ready = plan(paths, manifest)
    extractions = Extractions(ready.files)
    articles: dict[str, Article] = {}
    holders: dict[str, str] = {}
    rejects: list[Reject] = []
    for file in _progress(ready.files):
        parsed = _parse(ready.parser, file, extractions.of(file))
        rejects += [*parsed.rejects, *_taken_over(file, parsed, holders)]
        for article in _with_free_ids(parsed, holders):
            articles[article.id] = article
            holders[article.id] = file.origin
    marked = list(mark_versions(list(articles.values()), holders))
    found = find_misreadings(census_of(marked, holders), ready.parser.reference.authority, ready.lookalikes)
    return Parsed(tuple(merge_names(marked, found)), tuple(rejects), misreadings=tuple(found))


def explain_files(paths: Sequence[Path], manifest: Path | None = None) -> Iterator[str]:
    """How every page under the paths is read, line by line, in words.

    Raises:
        BaokuError: as :func:`plan`.
    """
    ready = plan(paths, manifest)
    extractions = Extractions(ready.files)
    for file in ready.files:
        data = read_bytes(file)
        yield from [str(data)] if isinstance(data, Reject) else ready.parser.explain(file, data, extractions.of(file))


def carry_out(archive: Archive, plan: Plan, *, prune: bool = False) -> Report:
    """Brings the archive to the state of the planned files and says what was done.

    Unchanged files are skipped, changed ones replace their articles, and so do files read earlier of which another
    extraction has come or gone. The articles of files that are gone, and of pages that hold no story any more, are kept
    unless ``prune`` is set. A file that can no longer be read keeps the articles it gave before.

    Raises:
        BaokuError: a manifest above the given paths cannot be used; nothing was written.
    """
    run = _Run(archive, plan.parser, prune)
    run.report.absent = plan.absent
    files = run.named(plan.files)
    run.compare(files)
    for file in _progress(files, run.report):
        run.take(file)
    run.take_again()
    run.flush()
    run.settle_gone(plan.folders, files)
    # Always: a run that was interrupted after its articles were stored has left these undone.
    run.report.versions = mark_stored_versions(archive)
    run.report.misreadings = merge_stored_names(archive, plan.parser.reference.authority, plan.lookalikes)
    archive.settle()
    run.report.duplicates = sum(card.duplicate_of is not None for card in archive.cards())
    run.report.completed = sum(card.completed for card in archive.cards())
    return run.report


class _Run:
    """One run over the files: what the archive had before, what is waiting to be stored, and the account."""

    def __init__(self, archive: Archive, parser: Parser, prune: bool) -> None:
        self.report = Report()
        self._archive = archive
        self._parser = parser
        self._prune = prune
        self._known: dict[str, list[Card]] = defaultdict(list)
        for card in archive.cards():
            self._known[card.origin].append(card)
        self._holders = {card.id: card.origin for cards in self._known.values() for card in cards}
        self._gone: dict[str, list[str]] = defaultdict(list)
        for origin, cards in self._known.items():
            if is_gone(origin):
                for identity in {without_number(card.id) for card in cards}:
                    self._gone[identity].append(origin)
        self._extractions = Extractions(())
        self._outdated: set[str] = set()
        self._entries: list[Entry] = []
        self._remove: list[str] = []

    def named(self, files: Iterable[File]) -> list[File]:
        """The files under the names they are known by; the manifests that this brings in are read."""
        named = []
        for file in files:
            for card in self._known.get(file.origin, ()):
                file = file.known_as(card.file)
            self._parser.manifests.row(file)
            named.append(file)
        return named

    def compare(self, files: Sequence[File]) -> None:
        """Finds which files are extractions of one page, among those of the run and those read earlier."""
        present = {file.origin for file in files}
        stored = {origin: cards for origin, cards in self._known.items() if origin not in present}
        self._extractions = Extractions(files, stored)

    def take_again(self) -> None:
        """Parses files read earlier of which another extraction has come or gone, if all else is as it was."""
        for file in self._extractions.earlier:
            data, others, known = read_bytes(file), self._extractions.of(file), self._known.get(file.origin, [])
            before = {card.fingerprint for card in known if self._holds(card)}
            now = "" if isinstance(data, Reject) else self._parser.fingerprint(file, data, others)
            if before == {now}:
                continue
            parsed = _parse(self._parser, file, others)
            if {_own(fingerprint) for fingerprint in before} == {_own(now)} and parsed.articles:
                self._replace(file, now, known, parsed)
                self.report.again += 1
            elif before:
                self._outdated.add(file.origin)

    def take(self, file: File) -> None:
        """Parses the file if it is new or changed, and puts its articles in line to be stored."""
        self.report.files += 1
        data = read_bytes(file)
        if isinstance(data, Reject):
            self.report.rejects.append(data)
            self.report.unread.append(file.origin)
            return
        known = self._known.get(file.origin, [])
        others = self._extractions.of(file)
        fingerprint = self._parser.fingerprint(file, data, others)
        if known and all(card.fingerprint == fingerprint and self._holds(card) for card in known):
            self.report.unchanged += 1
            return
        self._outdated.update(self._extractions.gone(file))
        parsed = self._parser.parse(file, data, others)
        self.report.rejects += parsed.rejects
        if parsed.articles:
            self.report.pages += 1
            self._replace(file, fingerprint, known or self._moved(parsed.articles), parsed)
        elif parsed.empty:
            self._settle_empty(known)

    def _holds(self, card: Card) -> bool:
        """Whether the article is still its file's own: an earlier file of this run may have given it anew."""
        return self._holders.get(card.id) == card.origin

    def _moved(self, articles: Sequence[Article]) -> list[Card]:
        """What the archive has of a moved or renamed file: the cards of a path that is gone and gave such a story."""
        for article in articles:
            for origin in self._gone.get(without_number(article.id), ()):
                if origin in self._known:
                    return self._known.pop(origin)
        return []

    def _replace(self, file: File, fingerprint: str, known: Sequence[Card], parsed: Parsed) -> None:
        own = {card.id for card in known if self._holds(card)}
        for identity in own:
            del self._holders[identity]
        self.report.rejects += _taken_over(file, parsed, self._holders)
        for article in _with_free_ids(parsed, self._holders):
            self._entries.append(Entry(article, file.origin, fingerprint, sketch(article)))
            self._holders[article.id] = file.origin
            self._count(article)
        self._remove += sorted(own)
        if len(self._entries) >= _BATCH:
            self.flush()

    def _settle_empty(self, known: Sequence[Card]) -> None:
        """Removes the articles of a page that holds no story any more, or counts them."""
        own = [card.id for card in known if self._holds(card)]
        if self._prune:
            for identity in own:
                del self._holders[identity]
            self._remove += own
        else:
            self.report.kept += len(own)

    def _count(self, article: Article) -> None:
        self.report.articles += 1
        self.report.undated += not article.date.known
        self.report.without_street += not article.streets
        self.report.cut += not article.complete
        self.report.review.add(article)

    def flush(self) -> None:
        """Stores what is waiting, in one commit; an article that another file has given meanwhile stays."""
        remove = [identity for identity in self._remove if identity not in self._holders]
        if self._entries or remove:
            self._archive.update(self._entries, remove)
            self.report.removed += len(remove)
        self._entries, self._remove = [], []

    def settle_gone(self, folders: Iterable[Path], files: Sequence[File]) -> None:
        """Removes the articles of files that are gone from the given folders, or counts those files."""
        present = {file.origin for file in files}
        cards = list(self._archive.cards())
        lacking = {c.origin for c in cards if c.origin not in present and _lies_under(c.origin, folders)}
        # A folder that cannot be listed lacks files that are there.
        gone = set(filter(is_gone, lacking))
        if self._prune:
            own = {card.id for card in cards if card.origin in gone}
            for identity in own:
                self._holders.pop(identity, None)
            self._remove = sorted(own)
            self.flush()
        else:
            self.report.gone = len(gone)
        self.report.outdated = sorted({card.file for card in self._archive.cards() if card.origin in self._outdated})


def _with_free_ids(parsed: Parsed, holders: Mapping[str, str]) -> Iterable[Article]:
    """The articles to be stored: a story of a page gives way to a taken id, a ready article keeps its own."""
    return parsed.articles if parsed.lines else with_unique_ids(parsed.articles, holders)


def _taken_over(file: File, parsed: Parsed, holders: Mapping[str, str]) -> list[Reject]:
    """The ready articles whose id another file has given before: they take the earlier one's place."""
    reason = "编号 {} 原在 {}，以这一篇为准 (id taken over)".format
    taken = ((line, identity) for identity, line in parsed.lines.items() if identity in holders)
    return [Reject(file.name, reason(identity, holders[identity] or "库里"), line) for line, identity in taken]


def _parse(parser: Parser, file: File, others: Sequence[str]) -> Parsed:
    data = read_bytes(file)
    return Parsed(rejects=(data,)) if isinstance(data, Reject) else parser.parse(file, data, others)


def _own(fingerprint: str) -> str:
    """What of a fingerprint tells of the file itself, without its other extractions."""
    return fingerprint.partition("+")[0]


def _progress(files: Sequence[File], report: Report | None = None) -> Iterator[File]:
    """The files one by one under a progress bar on stderr: files, articles, time left."""
    with tqdm(files, desc="索引" if report else "解析", unit="个文件", disable=None) as bar:
        for file in bar:
            yield file
            if report:
                bar.set_postfix_str(f"{report.articles} 篇文章")


def _lies_under(origin: str, folders: Iterable[Path]) -> bool:
    return bool(origin) and any(folder in Path(origin).parents for folder in folders)
