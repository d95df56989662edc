"""Which stories are versions of one another, over the articles of a run or over the whole archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.completion import completions
from indexer.duplicates import Trace, candidates, sketch
from indexer.grouping import Groups, Match, Version
from indexer.likeness import Likeness, Reading, Verdict
from search.archive import Archive
from search.article import Article, Completion

_KEPT = 2_000
"""Articles kept in memory while pairs are looked at."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What was found: the leader's id and the letters in common by the id of every other version, and completions."""

    leaders: Mapping[str, str]
    overlaps: Mapping[str, int]
    completed: Mapping[str, tuple[Completion, ...]]

    def of(self, article: Article) -> Article:
        """The article with what was found."""
        completed = self.completed.get(article.id, ())
        return replace(article, duplicate_of=self.leaders.get(article.id), completed_from=completed)


@dataclass(frozen=True, slots=True)
class Joined:
    """A story that has become a version of another one, and how many letters tell so."""

    version: Article
    leader: Article
    overlap: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run has changed in the versions of the archive."""

    joined: Sequence[Joined] = ()
    completed: Sequence[Article] = ()


def mark_versions(articles: Sequence[Article], origins: Mapping[str, str]) -> Iterator[Article]:
    """The articles in order, each that is not the best version of its story with the best one's id.

    ``origins`` names the file that each id comes from: the stories of one file are no versions of one another.
    """
    by_id = {article.id: article for article in articles}
    traces = [Trace(article.id, origins[article.id], _days(article), sketch(article)) for article in articles]
    found = find_versions(traces, by_id.__getitem__)
    known = {trace.id for trace in traces if trace.sketch}
    for article in articles:
        yield found.of(article) if article.id in known else article


def mark_stored_versions(archive: Archive) -> Changes:
    """Finds the versions over the whole archive and stores what has changed."""
    cards = [card for card in archive.cards() if card.sketch]
    traces = [Trace(card.id, card.origin, card.days, card.sketch) for card in cards]
    found = find_versions(traces, lambda identity: _stored(archive, identity))
    touched = [
        c.id for c in cards if c.completed or c.id in found.completed or c.duplicate_of != found.leaders.get(c.id)
    ]
    entries = [entry for identity in touched if (entry := archive.entry(identity))]
    changed = [(e.article, replace(e, article=found.of(e.article))) for e in entries]
    changed = [(before, entry) for before, entry in changed if before != entry.article]
    if changed:
        archive.update(entry for _, entry in changed)
    return _changes(archive, found, [(before, entry.article) for before, entry in changed])


def _changes(archive: Archive, found: Versions, changed: Sequence[tuple[Article, Article]]) -> Changes:
    joined = tuple(
        Joined(after, _stored(archive, after.duplicate_of), found.overlaps[after.id])
        for before, after in changed
        if after.duplicate_of and after.duplicate_of != before.duplicate_of
    )
    completed = [after for before, after in changed if after.completed_from != before.completed_from]
    return Changes(joined, tuple(article for article in completed if article.completed_from))


def find_versions(traces: Sequence[Trace], find: Callable[[str], Article]) -> Versions:
    """The stories with several versions; ``find`` gives the article of an id."""

    @lru_cache(_KEPT)
    def read(identity: str) -> Reading:
        return Reading(find(identity))

    groups = _groups(traces, read)
    stories = groups.all()
    completed = {ids[0]: completions(read(ids[0]), list(map(read, ids[1:]))) for ids in stories}
    leaders = {identity: ids[0] for ids in stories for identity in ids[1:]}
    return Versions(leaders, groups.overlaps, {identity: found for identity, found in completed.items() if found})


def _groups(traces: Sequence[Trace], read: Callable[[str], Reading]) -> Groups:
    known = {trace.id: trace for trace in traces}
    matches = [Match.of(Likeness(read(one), read(other))) for one, other in candidates(traces)]
    ids = {identity for match in matches if match.verdict is not Verdict.OTHER for identity in match[:2]}
    versions = {i: Version.of(read(i), known[i].origin, known[i].days) for i in ids}
    return Groups(versions, matches, Counter(trace.origin for trace in traces))


def _days(article: Article) -> tuple[int, ...]:
    first, last = article.date.start, article.date.end
    return (first.toordinal(), last.toordinal()) if first and last else ()


def _stored(archive: Archive, identity: str) -> Article:
    article = archive.article(identity)
    if article is None:
        raise LookupError(identity)
    return article
