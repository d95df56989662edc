"""The page of the marked articles. The reader's browser keeps the list; nothing of it reaches the server."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("marks", __name__)


@blueprint.get("/marked")
def marked() -> str:
    """The frame that the browser fills with its list, and what this browser remembers besides."""
    return render_template("marked.html")
