"""The interface for programs, version 1, below /api: what the pages show as JSON, described by a document."""

from flask import Flask

from webui.api import finding, lists, operation, over_time, page, reading

ROOMS = (finding, lists, over_time, reading)
"""Whoever imports them has put their operations into the document, in this order."""


def register(app: Flask) -> None:
    """Let the application answer programs, and describe how."""
    app.register_blueprint(operation.blueprint)
    app.register_blueprint(page.blueprint)
