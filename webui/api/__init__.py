"""The interface for programs, version 1, below /api: what the pages show as JSON, described by a document."""

from webui.api import lists, over_time, page, views
from webui.api.operation import blueprint

__all__ = ["blueprint", "lists", "over_time", "page", "views"]
