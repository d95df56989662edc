"""Answers for programs: the search as JSON and CSV, and the health of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from search.article import to_record
from search.request import SearchRequest
from search.results import Corpus, FacetValue, Hit, Results
from search.suggest.alternatives import FEW, Alternative
from webui import caching, params
from webui.downloads import download
from webui.links import search_url
from webui.shelf import archive

blueprint = Blueprint("data", __name__)

HIT_KEYS = (
    *("title", "kicker", "subtitle", "section", "date", "date_end", "date_source"),
    *("reporters", "authors", "streets", "primary_street", "topics", "kind", "complete"),
)
"""The keys of the article's record that a hit carries; the text is at its url."""


@blueprint.get("/search.json")
def search_json() -> Response:
    """One page of hits with all counts; ``next`` is an opaque token for the following page, or null."""
    args, unread = params.expand(request.args)
    reading = params.read(args)
    results = archive().answer(reading.request)
    notes = [*unread, *reading.notes, *results.notes]
    meant = archive().did_you_mean(results.request) if results.total <= FEW else []
    if results.total <= FEW:
        caching.depends_on_the_moment()
    if results.request.page > results.pages:
        notes.append(f"页码超出末页，末页是第 {results.pages} 页 (page is beyond the last one).")
    return jsonify(_answer(results, archive().corpus(), notes, meant))


@blueprint.get("/search.csv")
def search_csv() -> Response:
    """All hits in order, whatever the page, as a download that is written while it is sent."""
    return download("csv", params.read(request.args).request, text=False)


@blueprint.get("/healthz")
def health() -> Response:
    """ "ok" and the version of the corpus: the index can be read."""
    return Response(f"ok {archive().corpus().version}\n", mimetype="text/plain")


def _answer(results: Results, corpus: Corpus, notes: list[str], meant: Sequence[Alternative]) -> dict[str, Any]:
    asked = results.request
    following = replace(asked, page=asked.page + 1)
    return {
        "ok": True,
        "query": asked.query,
        "understood": results.understood,
        "notes": notes,
        "expansions": [asdict(expansion) for expansion in results.expansions],
        "did_you_mean": [
            {**asdict(one), "url": search_url(replace(asked, query=one.query, page=1), "data.search_json")}
            for one in meant
        ],
        "total": results.total,
        "took_ms": round(results.took_ms, 2),
        "corpus": {"version": corpus.version, "articles": corpus.articles, "stories": corpus.stories},
        "page": asked.page,
        "per_page": asked.per_page,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {name: [_value(asked, name, value) for value in values] for name, values in results.facets.items()},
        "timeline": [{"month": month.month, "count": month.count} for month in results.timeline],
        "next": params.token(following) if asked.page < results.pages else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    record, source = to_record(hit.article), hit.article.source
    return {
        "id": hit.article.id,
        "url": url_for("pages.article", identity=hit.article.id),
        **{key: record[key] for key in HIT_KEYS},
        "newspaper": source.newspaper,
        "page": source.page,
        "versions": hit.versions,
        "score": hit.score,
        "snippet": hit.snippet,
    }


def _value(asked: SearchRequest, facet: str, value: FacetValue) -> dict[str, Any]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
        "toggle_url": search_url(params.toggled(asked, facet, value.value), "data.search_json"),
    }
