"""Values of a JSON object of which the type is known: ValueError names the key that is missing or of another type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def string(record: Mapping[str, Any], key: str) -> str:
    """A text."""
    value = record.get(key)
    if not isinstance(value, str):
        raise ValueError(key)
    return value


def number(record: Mapping[str, Any], key: str) -> int:
    """A number that counts something."""
    value = record.get(key)
    if type(value) is not int or value < 0:
        raise ValueError(key)
    return value


def strings(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts."""
    value = record.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(key)
    return tuple(value)


def mapping(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object."""
    value = record.get(key)
    if not isinstance(value, dict):
        raise ValueError(key)
    return value


def mappings(record: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """A list of objects."""
    value = record.get(key)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(key)
    return tuple(value)
