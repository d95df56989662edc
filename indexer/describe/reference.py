"""The reference lists of one newspaper, read from the files in its data folder and checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.describe.gazetteer import Gazetteer, read_gazetteer
from indexer.describe.tables import Table
from search.errors import BaokuError
from search.reference import reference_folder

_MEDIA_TOPIC = re.compile(r"medtop:\d{8}")


@dataclass(frozen=True, eq=False, slots=True)
class Authority:
    """The newspaper's people: ``canonical`` maps every known form of a name to the authorised one."""

    canonical: Mapping[str, str]
    authors: frozenset[str]
    photographers: frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Topic:
    """A topic label, its IPTC Media Topics code, and the weight of each term that identifies it."""

    label: str
    code: str
    terms: Mapping[str, float]


@dataclass(frozen=True, eq=False, slots=True)
class Topics:
    """All topics and how terms are counted; ``fallback`` is the label when none reaches ``threshold``."""

    topics: tuple[Topic, ...]
    threshold: float
    title_factor: float
    max_count: int
    share: float
    fallback: str


@dataclass(frozen=True, eq=False, slots=True)
class Reference:
    """The lists of one data folder; ``version`` is a short hash over its files and changes with any of them."""

    authority: Authority
    gazetteer: Gazetteer
    topics: Topics
    version: str

    @classmethod
    def load(cls, folder: Path | None = None) -> Reference:
        """The lists of a folder, by default the project's data folder or the one that BAOKU_DATA names.

        Raises:
            BaokuError: a file is missing, is no TOML, or holds a wrong value; the message names file and key.
        """
        place = folder or reference_folder()
        files = {name: _bytes(place / name) for name in ("reporters.toml", "gazetteer.toml", "topics.toml")}
        people, places, topics = (Table.read(name, data) for name, data in files.items())
        version = hashlib.sha256(b"\0".join(files.values())).hexdigest()[:12]
        return cls(_authority(people), read_gazetteer(places), _topics(topics), version)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BaokuError(f"读不到 {path}：{error.strerror} (cannot be read)") from None


def _authority(table: Table) -> Authority:
    canonical: dict[str, str] = {}
    for role in ("reporters", "photographers", "authors"):
        people = table.table(role)
        for name in people.values:
            for form in (name, *people.texts(name)):
                if canonical.setdefault(form, name) != name:
                    raise BaokuError(f"{people.place}{name} 的写法 {form} 已归 {canonical[form]} (form given twice)")
    named = {role: frozenset(table.table(role).values) for role in ("authors", "photographers")}
    return Authority(canonical, named["authors"], named["photographers"])


def _topics(table: Table) -> Topics:
    topics = tuple(_topic(item) for item in table.tables("topic"))
    fallback = table.text("fallback")
    if fallback not in {topic.label for topic in topics}:
        raise table.wrong("fallback", "一个 [[topic]] 的 label")
    numbers = [table.number(key) for key in ("threshold", "title_factor", "max_count", "share")]
    return Topics(topics, numbers[0], numbers[1], int(numbers[2]), numbers[3], fallback)


def _topic(item: Table) -> Topic:
    code, terms = item.text("code"), item.table("terms")
    if not _MEDIA_TOPIC.fullmatch(code):
        raise item.wrong("code", " medtop: 加八位数字")
    return Topic(item.text("label"), code, {term: terms.number(term) for term in terms.values})
