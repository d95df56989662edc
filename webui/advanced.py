"""The advanced form: fields for those who do not want to learn the query language; it leads to an ordinary search."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from search.query.compose import FIELDS, compose
from search.request import SearchRequest
from webui.links import search_url
from webui.shelf import archive

blueprint = Blueprint("advanced", __name__)

OFFERED = ("street", "reporter", "topic", "section", "kind")
"""Fields for which the archive's own values are offered."""


@blueprint.get("/advanced")
def advanced() -> str | Response:
    """The form; once something is filled in, the search that it means, with the query in its address."""
    if any(request.args.get(name, "").strip() for name in FIELDS):
        query = compose(request.args)
        return redirect(search_url(SearchRequest(query=query.canonical)))
    facets = archive().answer(SearchRequest(per_page=1)).facets
    return render_template("advanced.html", offered={name: facets[name] for name in OFFERED})
