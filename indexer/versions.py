"""Which stories are versions of one another, over the articles of a run or over the whole archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.duplicates import candidates, group, same_story, sketch
from search.archive import Archive
from search.article import Article


def mark_versions(articles: Sequence[Article], origins: Mapping[str, str]) -> Iterator[Article]:
    """The articles in order, each that is not the best version of its story with the best one's id.

    ``origins`` names the file that each id comes from: the stories of one file are no versions of one another.
    """
    by_id = {article.id: article for article in articles}
    sketches = {article.id: sketch(article) for article in articles}
    pairs = candidates(sketches, origins)
    leaders = _leaders(pairs, by_id.__getitem__)
    for article in articles:
        yield replace(article, duplicate_of=leaders.get(article.id, article.duplicate_of))


def mark_stored_versions(archive: Archive) -> None:
    """Finds the versions over the whole archive and stores which one leads, where that has changed."""
    cards = {card.id: card for card in archive.cards() if card.sketch}
    pairs = candidates({i: c.sketch for i, c in cards.items()}, {i: c.origin for i, c in cards.items()})
    leaders = _leaders(pairs, lambda identity: _stored(archive, identity))
    changed = [identity for identity, card in cards.items() if card.duplicate_of != leaders.get(identity)]
    entries = [entry for identity in changed if (entry := archive.entry(identity))]
    if entries:
        archive.update(replace(e, article=replace(e.article, duplicate_of=leaders.get(e.article.id))) for e in entries)


def _stored(archive: Archive, identity: str) -> Article:
    article = archive.article(identity)
    if article is None:
        raise LookupError(identity)
    return article


def _leaders(pairs: Iterable[tuple[str, str]], find: Callable[[str], Article]) -> dict[str, str]:
    proposed = sorted(pairs)
    articles = {identity: find(identity) for pair in proposed for identity in pair}
    return group((pair for pair in proposed if same_story(articles[pair[0]], articles[pair[1]])), articles)
