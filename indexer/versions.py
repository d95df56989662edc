"""Which stories are versions of one another, over the articles of a run or over the whole archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.completion import completions
from indexer.duplicates import Trace, candidates, sketch
from indexer.grouping import Groups, Match, Version
from indexer.likeness import Likeness, Reading
from search.archive import Archive
from search.article import Article, Completion

_KEPT = 2_000
"""Articles kept in memory while pairs are looked at."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What was found: the leader's id by the id of every other version, and what completes a leader."""

    leaders: Mapping[str, str]
    completed: Mapping[str, tuple[Completion, ...]]

    def of(self, article: Article) -> Article:
        """The article with what was found."""
        return replace(
            article,
            duplicate_of=self.leaders.get(article.id),
            completed_from=self.completed.get(article.id, ()),
        )


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


def mark_stored_versions(archive: Archive) -> list[Article]:
    """Finds the versions over the whole archive and stores what has changed; gives the changed articles."""
    cards = [card for card in archive.cards() if card.sketch]
    traces = [Trace(card.id, card.origin, card.days, card.sketch) for card in cards]
    found = find_versions(traces, lambda identity: _stored(archive, identity))
    doubtful = (
        card.id
        for card in cards
        if card.duplicate_of != found.leaders.get(card.id) or card.completed or card.id in found.completed
    )
    entries = [entry for identity in doubtful if (entry := archive.entry(identity))]
    changed = [replace(e, article=article) for e in entries if (article := found.of(e.article)) != e.article]
    if changed:
        archive.update(changed)
    return [entry.article for entry in changed]


def find_versions(traces: Sequence[Trace], find: Callable[[str], Article]) -> Versions:
    """The stories with several versions; ``find`` gives the article of an id."""

    @lru_cache(_KEPT)
    def read(identity: str) -> Reading:
        return Reading(find(identity))

    groups = _grouped(traces, read)
    completed = {ids[0]: completions(read(ids[0]), list(map(read, ids[1:]))) for ids in groups}
    leaders = {identity: ids[0] for ids in groups for identity in ids[1:]}
    return Versions(leaders, {identity: found for identity, found in completed.items() if found})


def _grouped(traces: Sequence[Trace], read: Callable[[str], Reading]) -> list[list[str]]:
    """The ids of every story that has several versions, the best first."""
    known = {trace.id: trace for trace in traces}
    matches = [match for one, other in candidates(traces) if (match := _match(read(one), read(other)))]
    ids = {identity for match in matches for identity in match[:2]}
    groups = Groups({i: Version.of(read(i), known[i].origin, known[i].days) for i in ids})
    groups.join(match for match in matches if match.sure)
    mates = groups.mates(matches, Counter(trace.origin for trace in traces))
    groups.join(groups.among(mates, [match for match in matches if not match.sure]))
    return groups.all()


def _match(left: Reading, right: Reading) -> Match | None:
    likeness = Likeness(left, right)
    sure = likeness.sure
    return Match.of(likeness, sure) if sure or likeness.likely else None


def _days(article: Article) -> tuple[int, ...]:
    first, last = article.date.start, article.date.end
    return (first.toordinal(), last.toordinal()) if first and last else ()


def _stored(archive: Archive, identity: str) -> Article:
    article = archive.article(identity)
    if article is None:
        raise LookupError(identity)
    return article
