"""Draft -> article: who, where, when, about what and of which kind, each found by its own module."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.describe.dates.mentioned import mentioned_days
from indexer.describe.kind import find_kind
from indexer.describe.places import Places, find_places
from indexer.describe.reference import Reference
from indexer.describe.reporters import read_bylines
from indexer.describe.topics import find_all_topics
from indexer.draft import Draft
from indexer.identity import identify
from search.article import Article, Source


def describe(drafts: Sequence[Draft], reference: Reference) -> list[Article]:
    """The articles of a page's drafts; what one story tells of a place helps to place the others."""
    places = find_places(drafts, reference.gazetteer)
    topics = find_all_topics(drafts, reference.topics)
    return [_describe(*story, reference) for story in zip(drafts, places, topics, strict=True)]


def _describe(draft: Draft, places: Places, topics: tuple[str, ...], reference: Reference) -> Article:
    """The article of a draft, with the id that its file, headline and first words give it."""
    names = read_bylines(draft, reference.authority)
    kind = find_kind(draft, names, reference.kinds)
    page = draft.page
    return Article(
        id=identify(draft),
        source=Source(page.file, draft.spans, page.number, page.newspaper),
        title=draft.title,
        kicker=draft.kicker,
        subtitle=draft.subtitle,
        section=draft.section,
        byline=names.byline,
        reporters=names.reporters,
        correspondents=names.correspondents,
        photographers=names.photographers,
        authors=names.authors,
        names_printed=names.names_printed,
        kind=kind.kind,
        kind_evidence=kind.why,
        body=draft.body,
        captions=draft.captions,
        subheads=draft.subheads,
        date=page.date,
        date_evidence=page.date_evidence,
        dates_mentioned=mentioned_days("\n".join((draft.headline, draft.body, *draft.captions)), page.date),
        streets=places.streets,
        primary_street=places.primary_street,
        communities=places.communities,
        place_evidence=places.evidence,
        topics=topics,
        complete=draft.complete,
    )
