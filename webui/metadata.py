"""What the page of an article tells programs: Zotero is to save a newspaper article, search engines are to read one.

Zotero takes COinS first (a context object of Dublin Core whose ``rft.type`` names one of its item types), else the meta
tags. There ``z:itemType`` says the same, PRISM gives newspaper and page; ``citation_journal_title`` is left out, for it
makes a journal article of it. A date goes into the tags only as far as it is beyond doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from search.article import Article
from search.citation.reference import Reference, interval, iso, known_days, reference

LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Metadata:
    """``tags`` are names and contents of meta elements, ``linked`` is JSON-LD, ``coins`` the title of a span."""

    tags: tuple[tuple[str, str], ...]
    linked: dict[str, Any]
    coins: str


def of(article: Article, url: str) -> Metadata:
    """The metadata of an article whose permanent address is ``url``."""
    cited = reference(article, url)
    tags = ((name, content) for name, content in (*_dublin_core(cited), *_highwire(cited)) if content)
    return Metadata(tuple(tags), _linked(article, cited), _coins(cited))


def _dublin_core(cited: Reference) -> Iterator[tuple[str, str]]:
    """Dublin Core elements, PRISM where they have none, and Zotero's type."""
    day = iso(known_days(cited.date))
    yield "z:itemType", "newspaperArticle"
    yield "DC.type", "Text"
    yield "DC.title", cited.title
    yield from (("DC.creator", name) for name in cited.authors)
    yield "DC.source", cited.newspaper or ""
    yield "DC.date", interval(cited.date)
    yield "DC.language", LANGUAGE
    yield "DC.identifier", cited.url
    yield from (("DC.subject", word) for word in cited.keywords)
    yield "prism.publicationName", cited.newspaper or ""
    yield "prism.publicationDate", day
    yield "prism.startingPage", cited.page or ""
    yield "article:section", cited.section or ""


def _highwire(cited: Reference) -> Iterator[tuple[str, str]]:
    """The tags of HighWire Press, as Google Scholar's guide for webmasters lists them."""
    yield "citation_title", cited.title
    yield from (("citation_author", name) for name in cited.authors)
    yield "citation_publication_date", iso(known_days(cited.date))
    yield "citation_firstpage", cited.page or ""
    yield "citation_language", LANGUAGE
    yield "citation_public_url", cited.url
    yield "citation_keywords", "; ".join(cited.keywords)


def _linked(article: Article, cited: Reference) -> dict[str, Any]:
    """https://schema.org/NewsArticle"""
    day = iso(known_days(cited.date)) if cited.date_printed else None
    printed = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": cited.url,
        "url": cited.url,
        "identifier": cited.id,
        "headline": cited.title,
        "alternativeHeadline": article.subtitle,
        "author": [{"@type": "Person", "name": name} for name in cited.authors],
        "datePublished": day,
        "inLanguage": LANGUAGE,
        "isPartOf": _issue(cited.newspaper, day),
        "printPage": cited.page,
        "articleSection": cited.section,
        "keywords": list(article.topics),
        "contentLocation": [{"@type": "Place", "name": name} for name in (*article.streets, *article.communities)],
    }
    return {name: value for name, value in printed.items() if value}


def _issue(newspaper: str | None, day: str | None) -> dict[str, Any] | None:
    if newspaper is None:
        return None
    paper = {"@type": "Newspaper", "name": newspaper}
    return {"@type": "PublicationIssue", "datePublished": day, "isPartOf": paper} if day else paper


def _coins(cited: Reference) -> str:
    """https://ocoins.info: a ContextObject of Z39.88-2004 as key/encoded-value pairs, in Dublin Core."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", cited.title),
        ("rft.source", cited.newspaper),
        ("rft.date", iso(known_days(cited.date))),
        ("rft.pages", cited.page),
        ("rft.language", LANGUAGE),
        ("rft.identifier", cited.url),
        *(("rft.creator", name) for name in cited.authors),
        *(("rft.subject", word) for word in cited.keywords),
    ]
    return urlencode([(key, value) for key, value in pairs if value], quote_via=quote)
