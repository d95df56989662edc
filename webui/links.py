"""Links to searches and articles, with the state of a search in them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import g, url_for
from flask import request as visit

from search.request import SearchRequest
from webui import params

RELATIVE = ("freq", "relative")
"""How the timeline is shown is no part of a search; links between pages keep it."""


def search_url(request: SearchRequest, endpoint: str = "pages.search", relative: bool | None = None) -> str:
    """The address of a search as a page, or at another endpoint in another format.

    ``relative`` shows hits among a thousand articles on its timeline; unsaid, as on the page that is being made.
    """
    more = kept() if relative is None else [RELATIVE] * relative
    return _with(_address(endpoint), request, more if endpoint == "pages.search" else ())


def kept() -> list[tuple[str, str]]:
    """How the timeline is shown on the page that is being made, as parameters."""
    return [RELATIVE] if visit.args.get(RELATIVE[0]) == RELATIVE[1] else []


def value_url(facet: str, value: str) -> str:
    """The address of everything that has one facet value."""
    return search_url(SearchRequest(only={facet: (value,)}))


def words_url(words: str) -> str:
    """The address of the search for exactly these words."""
    return search_url(SearchRequest(query=f'"{words}"'))


def article_url(identity: str, request: SearchRequest | None = None) -> str:
    """The address of an article; with the search it was found by, for its marks and the way back."""
    return _with(url_for("pages.article", identity=identity), request or SearchRequest(), kept() if request else ())


def compare_url(identity: str, other: str) -> str:
    """The address of two versions of a story side by side."""
    return url_for("pages.article", identity=identity, compare=other)


def original_url(identity: str, request: SearchRequest | None = None) -> str:
    """The address of an article beside the lines that it was read from."""
    address = url_for("pages.article", identity=identity)
    return _with(address, request or SearchRequest(), [("view", "original"), *kept()])


def full_url(identity: str) -> str:
    """The permanent address of an article, with the host: the same in every language."""
    return url_for("pages.article", identity=identity, lang=None, _external=True)


def with_state(address: str, state: Sequence[tuple[str, str]]) -> str:
    """An address of this application with some more parameters; it may have the language already."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(state, errors='replace')}" if state else address


def _address(endpoint: str) -> str:
    """The address of an endpoint, made once for all the links of a page that differ in their state alone."""
    known: dict[str, str] = g.setdefault("addresses", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint)
    return known[endpoint]


def _with(address: str, request: SearchRequest, more: Sequence[tuple[str, str]] = ()) -> str:
    return with_state(address, [*params.write(request), *more])
