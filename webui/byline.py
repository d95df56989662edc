"""The byline as printed, each name in it a link to everything by that person."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from markupsafe import Markup

from search.article import Article
from search.query.terms import Term
from webui.links import value_url, words_url
from webui.words import marked


def linked(article: Article, printed: Collection[str], terms: Sequence[Term]) -> Markup:
    """The byline with its names linked and the matches marked; empty where none is printed.

    ``printed`` has the names by which a search for exactly these words finds the article.
    """
    addresses = _addresses(article, printed)
    if not article.byline or not addresses:
        return marked(article.byline or "", terms)
    names = "|".join(map(_spaced, sorted(addresses, key=len, reverse=True)))
    pieces = re.split(f"({names})", article.byline)
    return Markup("").join(_piece(piece, addresses.get(_closed(piece)), terms) for piece in pieces)


def _spaced(name: str) -> str:
    """A pattern of a name, also as it is printed with blanks (江 河) to stand as wide as a longer one."""
    return r"\s*".join(map(re.escape, name))


def _closed(name: str) -> str:
    return "".join(name.split())


def _addresses(article: Article, printed: Collection[str]) -> dict[str, str]:
    """Names as they are printed, with the search for that person: by the facet, or by the words where it has none."""
    named = {name: words_url(name) for name in (*article.correspondents, *article.photographers) if name in printed}
    named |= {name: value_url("reporter", name) for name in (*article.reporters, *article.authors)}
    return {_closed(article.names_printed.get(name, name)): address for name, address in named.items()}


def _piece(text: str, address: str | None, terms: Sequence[Term]) -> Markup:
    shown = marked(text, terms)
    return Markup('<a href="{}">{}</a>').format(address, shown) if address else shown
