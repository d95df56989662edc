"""What a reader can be told of a street: the part of ``data/gazetteer.toml`` that names, places and dates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from search import toml
from search.errors import BaokuError
from search.reference import reference_folder


@dataclass(frozen=True, slots=True)
class Street:
    """A 街道 with the day it was set up, what belongs to it, and the abolished ones whose place it has taken."""

    name: str
    since: date | None = None
    communities: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    former_communities: tuple[str, ...] = ()
    former_names: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The streets of today by name, and of every abolished one today's street, None where no document tells it."""

    streets: Mapping[str, Street] = field(default_factory=dict)
    former: Mapping[str, str | None] = field(default_factory=dict)


def gazetteer() -> Gazetteer:
    """The gazetteer in force, read again when its file has changed; an empty one where there is no file.

    Raises:
        BaokuError: the file cannot be read as TOML, or a value that it needs is of another type.
    """
    path = reference_folder() / "gazetteer.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Gazetteer()


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Gazetteer:
    try:
        return _gazetteer(toml.loads(path.read_text("utf-8-sig")))
    except ValueError as error:
        raise BaokuError(f"{path.name} 读不懂：{error} (the gazetteer cannot be read)") from None


def _gazetteer(table: Mapping[str, Any]) -> Gazetteer:
    abolished = [
        (name, _day(one, "until"), _text(one, "street"))
        for one in _tables(table, "former")
        for name in _texts(one, "names")
    ]
    streets = [_street(name, one, abolished) for one in _tables(table, "street") if (name := _text(one, "name"))]
    return Gazetteer(
        streets={street.name: street for street in streets}, former={name: today for name, _, today in abolished}
    )


def _street(name: str, row: Mapping[str, Any], abolished: list[tuple[str, date | None, str | None]]) -> Street:
    return Street(
        name=name,
        since=_day(row, "since"),
        communities=_texts(row, "communities"),
        villages=_texts(row, "villages"),
        former_communities=_texts(row, "former_communities"),
        former_names=tuple((former, until) for former, until, today in abolished if today == name),
    )


def _tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f"{key} 应写成 [[{key}]] 一段一段的")
    return value


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{key} 应为文字的列表，实为 {value!r:.40}")
    return tuple(value)


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if not isinstance(value, str | None):
        raise ValueError(f"{key} 应为文字，实为 {value!r:.40}")
    return value


def _day(row: Mapping[str, Any], key: str) -> date | None:
    value = row.get(key)
    if value is not None and type(value) is not date:
        raise ValueError(f"{key} 应为日期，实为 {value!r:.40}")
    return value
