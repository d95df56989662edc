"""The district's places as an editor lists them in ``data/gazetteer.toml``, read and checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from search.errors import BaokuError

if TYPE_CHECKING:
    from indexer.describe.reference import Table


@dataclass(frozen=True, eq=False, slots=True)
class Street:
    """A 街道 with its statistical code, the day it was set up (None: before the district), and its misprints.

    Communities, villages and landmarks by their full names; misprints are written without 街道.
    """

    name: str
    code: str
    since: date | None = None
    misprints: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        return self.name.removesuffix("街道")


@dataclass(frozen=True, eq=False, slots=True)
class Former:
    """An abolished 街道 or 乡 by its full name; ``street`` is today's, None where no document tells it."""

    name: str
    until: date
    street: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Gazetteer:
    """The district since the day it was set up, and what stands around it.

    ``home`` are words that tell a local page, ``elsewhere`` names of other districts, cities and provinces,
    ``not_places`` what looks like a place and is none, ``ordinary`` names that are everyday words as well,
    ``forms`` other forms of communities, ``lookalikes`` the characters that each character may be misread as.
    """

    district: str
    since: date | None
    home: tuple[str, ...]
    elsewhere: tuple[str, ...]
    streets: tuple[Street, ...]
    former: tuple[Former, ...]
    unplaced: tuple[str, ...]
    forms: Mapping[str, str]
    not_places: tuple[str, ...]
    ordinary: frozenset[str]
    lookalikes: Mapping[str, frozenset[str]]

    @property
    def communities(self) -> dict[str, str | None]:
        """Every 社区 and 村 with its street, None where it is not known."""
        placed: dict[str, str | None] = {name: street.name for street in self.streets for name in street.communities}
        return dict.fromkeys(self.unplaced) | placed


def read_gazetteer(table: Table) -> Gazetteer:
    """The gazetteer of a parsed file.

    Raises:
        BaokuError: a value is missing or wrong; the message names file and key.
    """
    streets = tuple(_street(item) for item in table.tables("street"))
    unplaced = _communities(table.table("unplaced"))
    known = _once(table, [*unplaced, *(name for street in streets for name in street.communities)])
    forms = table.table("community_forms")
    for form in forms.values:
        if forms.text(form) not in known:
            raise forms.wrong(form, "已列出的社区或村")
    return Gazetteer(
        district=table.text("district"),
        since=_since(table),
        home=(table.text("district"), *table.texts("home")),
        elsewhere=table.texts("neighbours") + table.texts("elsewhere"),
        streets=streets,
        former=tuple(_former(table, {street.name for street in streets})),
        unplaced=unplaced,
        forms=dict(forms.values),
        not_places=table.texts("not_places"),
        ordinary=frozenset(table.texts("ordinary")),
        lookalikes=_lookalikes(table.texts("lookalikes")),
    )


def _once(table: Table, names: list[str]) -> set[str]:
    if twice := next((name for name, count in Counter(names).items() if count > 1), None):
        raise BaokuError(f"{table.place}{twice} 列了两次 (community listed twice)")
    return set(names)


def _street(item: Table) -> Street:
    return Street(
        name=_name(item, "name", "街道"),
        code=item.text("code"),
        since=_since(item),
        misprints=item.texts("misprints"),
        communities=_communities(item),
        landmarks=item.texts("landmarks"),
    )


def _since(item: Table) -> date | None:
    return item.day("since") if "since" in item.values else None


def _name(item: Table, key: str, ending: str) -> str:
    name = item.text(key)
    if not name.endswith(ending):
        raise item.wrong(key, f"以“{ending}”结尾的名称")
    return name


def _former(table: Table, today: set[str]) -> Iterable[Former]:
    for item in table.tables("former"):
        until = item.day("until")
        street = item.text("street") if "street" in item.values else None
        if street and street not in today:
            raise item.wrong("street", "一个 [[street]] 的 name")
        yield from (Former(name, until, street) for name in item.texts("names"))


def _communities(item: Table) -> tuple[str, ...]:
    endings = {"communities": "社区", "former_communities": "社区", "villages": "村"}
    for key, ending in endings.items():
        if not all(name.endswith(ending) for name in item.texts(key)):
            raise item.wrong(key, f"以“{ending}”结尾的名称")
    return tuple(name for key in endings for name in item.texts(key))


def _lookalikes(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    alike: dict[str, frozenset[str]] = {}
    for group in groups:
        alike |= {char: alike.get(char, frozenset()) | set(group) - {char} for char in group}
    return alike
