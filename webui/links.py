"""Links to searches and articles, with the state of a search in them."""

from __future__ import annotations

from flask import url_for

from search.request import SearchRequest
from webui import params


def search_url(request: SearchRequest, endpoint: str = "pages.search") -> str:
    """The address of a search as a page, or at another endpoint in another format."""
    return _with(url_for(endpoint), request)


def value_url(facet: str, value: str) -> str:
    """The address of everything that has one facet value."""
    return search_url(SearchRequest(only={facet: (value,)}))


def words_url(words: str) -> str:
    """The address of the search for exactly these words."""
    return search_url(SearchRequest(query=f'"{words}"'))


def article_url(identity: str, request: SearchRequest | None = None) -> str:
    """The address of an article; with the search it was found by, for its marks and the way back."""
    return _with(url_for("pages.article", identity=identity), request or SearchRequest())


def compare_url(identity: str, other: str) -> str:
    """The address of two versions of a story side by side."""
    return url_for("pages.article", identity=identity, compare=other)


def original_url(identity: str, request: SearchRequest | None = None) -> str:
    """The address of an article beside the lines that it was read from."""
    state = params.query_string(request or SearchRequest())
    return url_for("pages.article", identity=identity, view="original") + (f"&{state}" if state else "")


def full_url(identity: str) -> str:
    """The permanent address of an article, with the host."""
    return url_for("pages.article", identity=identity, _external=True)


def _with(address: str, request: SearchRequest) -> str:
    state = params.query_string(request)
    return f"{address}?{state}" if state else address
