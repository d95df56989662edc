"""Misread names put right in the articles of a run or of the archive, each step reversible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.describe.authority import Authority
from indexer.describe.lookalikes import Lookalikes
from indexer.misreadings import Census, Misreading, find_misreadings
from search.archive import Archive
from search.article import Article
from search.entry import Card


def merge_names(articles: Sequence[Article], found: Iterable[Misreading]) -> list[Article]:
    """The articles with misread names under the right ones."""
    wanted = _wanted(found)
    return [_under(article, wanted) for article in articles]


def census_of(articles: Sequence[Article], origins: Mapping[str, str]) -> Census:
    """The census of the articles of a run; ``origins`` names the file of each id."""

    def values(facet: str) -> Iterator[tuple[str, str]]:
        for article in articles:
            for value in dict.fromkeys(_facet(article, facet)):
                yield article.id, value

    places = {article.id: _place(article, origins[article.id]) for article in articles}
    return Census(values, lambda: places)


def merge_stored_names(archive: Archive, authority: Authority, lookalikes: Lookalikes) -> list[Misreading]:
    """Finds the misread names over the whole archive and stores what that changes; gives what was found."""
    census = Census(archive.values, lambda: {card.id: _place(card, card.origin) for card in archive.cards()})
    found = find_misreadings(census, authority, lookalikes)
    wanted = _wanted(found)
    concerned = {identity for identity, name in archive.values("person") if name in wanted}
    concerned |= {identity for identity, _ in archive.values("merged")}
    entries = [entry for identity in sorted(concerned) if (entry := archive.entry(identity))]
    renamed = [replace(entry, article=_under(entry.article, wanted)) for entry in entries]
    if changed := [new for new, old in zip(renamed, entries, strict=True) if new.article != old.article]:
        archive.update(changed)
    return found


def _wanted(found: Iterable[Misreading]) -> dict[str, str]:
    return {item.printed: item.name for item in found if not item.doubt}


def _facet(article: Article, facet: str) -> Iterable[str]:
    match facet:
        case "person":
            return (article.names_merged.get(name, name) for name in article.people)
        case "street":
            return article.streets
        case "topic":
            return article.topics
    when = article.date
    return map(str, range(when.start.year, when.end.year + 1)) if when.start and when.end else ()


def _place(item: Article | Card, origin: str) -> tuple[str, str]:
    """The page of an article, which is its file or, for a ready article, its own, and its story's best version."""
    ready = not origin or origin.endswith(".jsonl")
    return item.id if ready else origin, item.duplicate_of or item.id


def _under(article: Article, wanted: Mapping[str, str]) -> Article:
    """The article with its people under the wanted names, whatever had been merged in it before."""
    back = {name: form for name, form in article.names_merged.items() if name in article.people}
    forms = [back.get(name, name) for name in article.people]
    merged = {wanted[form]: form for form in forms if form in wanted}
    if merged == article.names_merged:
        return article
    printed = {back.get(name, name): form for name, form in article.names_printed.items()}
    names = {form: wanted.get(form, form) for form in (*forms, *printed)}
    shown = {names[form]: printed.get(form, form) for form in names}

    def renamed(people: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names[back.get(name, name)] for name in people))

    return replace(
        article,
        reporters=renamed(article.reporters),
        correspondents=renamed(article.correspondents),
        photographers=renamed(article.photographers),
        authors=renamed(article.authors),
        names_printed={name: form for name, form in shown.items() if name != form},
        names_merged=merged,
    )
