"""What a reader can be told of a street: the part of ``data/gazetteer.toml`` that names, places and dates it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

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
        BaokuError: the file cannot be read as TOML.
    """
    path = reference_folder() / "gazetteer.toml"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Gazetteer()


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Gazetteer:
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except ValueError as error:
        raise BaokuError(f"{path.name} 读不懂：{error} (the gazetteer cannot be read)") from None
    abolished = [
        (name, one.get("until"), one.get("street")) for one in table.get("former", ()) for name in one.get("names", ())
    ]
    return Gazetteer(
        streets={one["name"]: _street(one, abolished) for one in table.get("street", ()) if one.get("name")},
        former={name: today for name, _, today in abolished},
    )


def _street(row: Mapping[str, Any], abolished: list[tuple[str, date | None, str | None]]) -> Street:
    return Street(
        name=row["name"],
        since=row.get("since"),
        communities=tuple(row.get("communities", ())),
        villages=tuple(row.get("villages", ())),
        former_communities=tuple(row.get("former_communities", ())),
        former_names=tuple((name, until) for name, until, today in abolished if today == row["name"]),
    )
