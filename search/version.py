"""Which Baoku this is."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """The version of the installed program; "unknown" where it runs without having been installed."""
    try:
        return metadata.version("baoku")
    except metadata.PackageNotFoundError:
        return "unknown"
