"""The reading room: web pages, JSON and CSV over an archive."""

from webui.app import create_app

__all__ = ["create_app"]
