"""For browsers and feed readers: the archive as a search engine, any search as a feed, and what robots may read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from search.article import UNDATED, PublicationDate
from search.days import CHINA
from search.request import SearchRequest
from search.results import Results
from webui import params
from webui.api.operation import ROOT
from webui.links import search_url
from webui.shelf import archive

blueprint = Blueprint("feeds", __name__)

ATOM = "application/atom+xml"
"""RFC 4287; its pages are linked as RFC 5005 has it."""
OPENSEARCH = "application/opensearchdescription+xml"
"""https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md"""
ROBOTS = "text/plain"
NO_DAY = date(1970, 1, 1)
"""The day of what has none: Atom demands one, and readers put the oldest last."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


@blueprint.get("/search.atom")
def search_atom() -> Response:
    """The hits of one page, with true totals and links to the other pages."""
    asked = params.read(request.args).request
    results = archive().answer(asked)
    found = results.request
    answer = _xml(
        ATOM,
        "search.atom.xml",
        results=results,
        asked=found,
        entries=[(hit.article, hit.snippet, _instant(hit.article.date)) for hit in results.hits],
        updated=max((_instant(hit.article.date) for hit in results.hits), default=_instant(UNDATED)),
        first_hit=(found.page - 1) * found.per_page + 1,
        html=_absolute(found, 1, "pages.search"),
        pages=_pages(results),
    )
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """What a browser needs to offer the archive as a search engine."""
    return _xml(OPENSEARCH, "opensearch.xml")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Articles may be read by robots, and are listed for them (RFC 9309, sitemaps.org); searches are without number."""
    rules = (url_for("pages.search"), url_for("suggest.suggest"), url_for("advanced.advanced"), url_for("marks.marked"))
    lines = [
        "User-agent: *",
        *(f"Disallow: {rule}" for rule in rules),
        f"Disallow: {url_for('pages.start')}?",
        f"Disallow: {ROOT}/",
        f"Sitemap: {url_for('sitemap.parts', _external=True)}",
    ]
    return Response("\n".join(lines) + "\n", mimetype=ROBOTS)


@blueprint.get("/favicon.ico")
def icon() -> AnyResponse:
    """For programs that ask for it without having read a page."""
    return redirect(url_for("static", filename="icon.svg"))


def _xml(media_type: str, template: str, **values: Any) -> Response:
    return Response(_NOT_XML.sub("", render_template(template, **values)), mimetype=media_type)


def _pages(results: Results) -> dict[str, str]:
    """The relations of RFC 5005 with their addresses, this page itself among them."""
    here, last = results.request.page, results.pages
    numbers = {"self": here, "first": 1, "last": last}
    numbers |= {"previous": min(here - 1, last)} if here > 1 else {}
    numbers |= {"next": here + 1} if here < last else {}
    return {rel: _absolute(results.request, number, "feeds.search_atom") for rel, number in numbers.items()}


def _absolute(asked: SearchRequest, page: int, endpoint: str) -> str:
    return request.url_root.rstrip("/") + search_url(replace(asked, page=page), endpoint)


def _instant(day: PublicationDate) -> str:
    """The beginning of the day in print, of an interval of its last day, in the form of RFC 3339."""
    return datetime.combine(day.end or NO_DAY, time(), CHINA).isoformat()
