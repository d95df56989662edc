"""TOML files that people write, read without surprises."""

from __future__ import annotations

import tomllib
from typing import Any


def loads(text: str) -> dict[str, Any]:
    """The table that a text holds.

    Raises:
        ValueError: it is not valid TOML, or nested more deeply than can be read.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("括号套得太深 (nested too deeply)") from None
