"""The sitemap of the articles (https://www.sitemaps.org/protocol.html): an index, and parts that are sent as they are
written.

When a page changed is not known of an article, so that only the index has ``lastmod``: no part has changed since the
last commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, abort, url_for
from markupsafe import escape

from search.archive import Archive
from webui.shelf import archive

blueprint = Blueprint("sitemap", __name__)

MOST = 50_000
"""Addresses in one part, as the protocol has it."""
MEDIA_TYPE = "application/xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


@blueprint.get("/sitemap.xml")
def parts() -> Response:
    """The index of the parts."""
    moment = archive().now()
    changed = datetime.fromtimestamp(moment.committed, UTC).isoformat(timespec="seconds")
    addresses = [url_for("sitemap.part", number=number, _external=True) for number in range(1, _count(moment) + 1)]
    return _xml(
        f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n',
        (f"<sitemap><loc>{escape(one)}</loc><lastmod>{changed}</lastmod></sitemap>\n" for one in addresses),
        "</sitemapindex>\n",
    )


@blueprint.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """The addresses of one part; articles that come or go move few of the others to the next."""
    moment = archive().now()
    if not 1 <= number <= _count(moment):
        abort(404)
    # Made now: while the lines are sent, Flask no longer knows the request.
    address = url_for("pages.article", identity="", _external=True)
    listed = moment.identities((number - 1) * MOST, MOST)
    return _xml(
        f'{_HEAD}<urlset xmlns="{_SPACE}">\n',
        (f"<url><loc>{escape(address + quote(one))}</loc></url>\n" for one in listed),
        "</urlset>\n",
    )


def _count(moment: Archive) -> int:
    return max(1, -(-moment.corpus().articles // MOST))


def _xml(head: str, lines: Iterator[str], end: str) -> Response:
    return Response(chain([head], lines, [end]), mimetype=MEDIA_TYPE)
