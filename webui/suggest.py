"""Completions for search boxes and browsers, in the form of OpenSearch Suggestions 1.1."""

from __future__ import annotations

import json
from urllib.parse import urljoin

from flask import Blueprint, Response, request

from search.message import Counted, Message
from search.request import SearchRequest
from search.suggest.complete import Suggestion
from webui.language import said
from webui.links import search_url
from webui.shelf import archive

blueprint = Blueprint("suggest", __name__)

MEDIA_TYPE = "application/x-suggestions+json"
"""https://github.com/dewitt/opensearch/blob/master/mediawiki/Specifications/OpenSearch/Extensions/Suggestions/1.1"""
KIND_NAMES = {
    "street": Message("街道"),
    "community": Message("社区"),
    "reporter": Message("记者"),
    "topic": Message("主题"),
    "word": Message("词"),
    "title": Message("标题"),
    "newspaper": Message("报纸"),
    "section": Message("栏目"),
    "kind": Message("体裁"),
}


@blueprint.get("/suggest")
def suggest() -> Response:
    """What was typed, and three lists side by side: queries, what each is, and the address of its search."""
    typed = request.args.get("q", "")
    found = archive().suggest(typed)
    columns = [one.query for one in found], [said(_description(one)) for one in found], [_address(one) for one in found]
    return Response(json.dumps([typed, *columns], ensure_ascii=False), mimetype=MEDIA_TYPE)


def _description(suggestion: Suggestion) -> str:
    return Counted("{kind} {text}，{n} 篇", kind=KIND_NAMES[suggestion.kind], text=suggestion.text, n=suggestion.count)


def _address(suggestion: Suggestion) -> str:
    return urljoin(request.url_root, search_url(SearchRequest(suggestion.query)))
