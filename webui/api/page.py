"""The interface described: the document for programs, and the same as a page for people."""

from __future__ import annotations

from flask import Response, jsonify, render_template

from webui.api.document import document
from webui.api.operation import blueprint


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """The description in OpenAPI 3.1."""
    return jsonify(document())


@blueprint.get("/api")
def describe() -> str:
    """The description as a page."""
    return render_template("api.html", api=document())
