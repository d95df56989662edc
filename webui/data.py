"""Answers for programs: the search as JSON and CSV, and the health of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import Blueprint, Response, jsonify, request, url_for

from search.article import Article, to_record
from search.request import FACETS, SearchRequest
from search.results import Corpus, Hit, Results
from search.suggest.alternatives import FEW, Alternative
from search.trends import missing_months
from webui import caching, paging, params
from webui.downloads import download
from webui.links import search_url
from webui.shelf import archive

blueprint = Blueprint("data", __name__)

HIT_KEYS = (
    *("title", "kicker", "subtitle", "section", "date", "date_end", "date_source"),
    *("reporters", "authors", "streets", "primary_street", "topics", "kind", "complete"),
)
"""The keys of the article's record that a hit carries; the text is at its url."""
_ANY = "\ufdd0 any value"
"""Stands for a value, and is told from all of them by being this very object."""


@blueprint.get("/search.json")
def search_json() -> Response:
    """One page of hits with all counts; ``next`` is an opaque token for the following page, or null."""
    return jsonify(found(paging.turn(request.args), "data.search_json"))


def found(turn: paging.Turn, endpoint: str) -> dict[str, Any]:
    """The answer to a search with links to others at the same endpoint."""
    reading, archive = params.read(turn.args), turn.archive
    results = archive.answer(reading.request)
    notes = [*turn.notes, *reading.notes, *results.notes]
    meant = archive.did_you_mean(results.request) if results.total <= FEW else []
    if results.total <= FEW:
        caching.depends_on_the_moment()
    if results.request.page > results.pages:
        notes.append(f"页码超出末页，末页是第 {results.pages} 页 (page is beyond the last one).")
    # A month without any paper is no month without hits: what is held is counted as the hits are.
    (held,) = archive.trends([SearchRequest(all_versions=reading.request.all_versions)])
    answer = _answer(results, archive.corpus(), notes, meant, endpoint)
    return answer | {"missing_months": missing_months(held.counts), "next": paging.following(results, archive)}


@blueprint.get("/search.csv")
def search_csv() -> Response:
    """All hits in order, whatever the page, as a download that is written while it is sent."""
    return download("csv", params.read(request.args).request, text=False)


@blueprint.get("/healthz")
def health() -> Response:
    """ "ok" and the version of the corpus: the index can be read."""
    return Response(f"ok {archive().corpus().version}\n", mimetype="text/plain")


def _answer(
    results: Results, corpus: Corpus, notes: list[str], meant: Sequence[Alternative], endpoint: str
) -> dict[str, Any]:
    asked = results.request
    return {
        "ok": True,
        "query": asked.query,
        "understood": results.understood,
        "notes": notes,
        "expansions": [asdict(expansion) for expansion in results.expansions],
        "did_you_mean": [
            {**asdict(one), "url": search_url(replace(asked, query=one.query, page=1), endpoint)} for one in meant
        ],
        "total": results.total,
        "took_ms": round(results.took_ms, 2),
        "corpus": asdict(corpus),
        "page": asked.page,
        "per_page": asked.per_page,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": choices(results, endpoint),
        "timeline": [{"month": month.month, "count": month.count} for month in results.timeline],
    }


def card(article: Article) -> dict[str, Any]:
    """What is told of an article in a list."""
    record, source = to_record(article), article.source
    return {
        "id": article.id,
        "url": url_for("pages.article", identity=article.id),
        **{key: record[key] for key in HIT_KEYS},
        "newspaper": source.newspaper,
        "page": source.page,
    }


def choices(results: Results, endpoint: str, facets: Iterable[str] = FACETS) -> dict[str, list[dict[str, Any]]]:
    """The values of facets with the addresses at which each is chosen, or no longer chosen."""
    return {name: list(_values(results, name, endpoint)) for name in facets}


def _hit(hit: Hit) -> dict[str, Any]:
    return card(hit.article) | {"versions": hit.versions, "score": hit.score, "snippet": hit.snippet}


def _values(results: Results, facet: str, endpoint: str) -> Iterator[dict[str, Any]]:
    asked, added = results.request, _adding(results.request, facet, endpoint)
    for value in results.facets[facet]:
        chosen = value.selected or value.excluded
        toggled = search_url(params.toggled(asked, facet, value.value), endpoint) if chosen else added(value.value)
        yield {
            "value": value.value,
            "label": value.label,
            "count": value.count,
            "selected": value.selected,
            "excluded": value.excluded,
            "toggle_url": toggled,
        }


def _adding(asked: SearchRequest, facet: str, endpoint: str) -> Callable[[str], str]:
    """The address of the search with one value of a facet more: all but the value is the same for hundreds of them."""
    state = params.write(params.adding(asked, facet, _ANY))
    place = next(number for number, (_, value) in enumerate(state) if value is _ANY)
    before = f"{url_for(endpoint)}?{urlencode([*state[:place], (facet, '')])}"
    after = "".join(f"&{urlencode([pair])}" for pair in state[place + 1 :])
    return lambda value: f"{before}{quote_plus(value)}{after}"
