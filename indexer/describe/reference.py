"""The reference lists of one newspaper, read from the files in its data folder and checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from indexer.describe.authority import Authority, read_authority
from indexer.describe.dates.events import Events, read_events
from indexer.describe.gazetteer import Gazetteer, read_gazetteer
from search import toml
from search.errors import BaokuError
from search.reference import reference_folder
from search.text import fold

LEARNT = "weights.toml"
FILES = ("reporters.toml", "gazetteer.toml", "topics.toml", LEARNT, "kinds.toml", "events.toml")

_TOO_MUCH = 1e9
_MEDIA_TOPIC = re.compile(r"medtop:\d{8}")


@dataclass(frozen=True, eq=False, slots=True)
class Topic:
    """A topic label, its IPTC Media Topics code, and what its terms weigh.

    ``terms`` are the editor's weights, to which learning adds ``corrections``; ``words`` are weights of words that
    learning has found itself; the weights of ``rules`` hold as written. ``start`` is the log-odds of the topic before
    any term is read, START when nothing has been learnt of it.
    """

    START: ClassVar[float] = -3.0

    label: str
    code: str
    terms: Mapping[str, float]
    rules: Mapping[str, float] = field(default_factory=dict)
    corrections: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    start: float = START


@dataclass(frozen=True, eq=False, slots=True)
class Topics:
    """All topics and how terms are counted.

    ``probability`` holds what the most probable topic must reach, the next and so on, as many as a story may have;
    ``fallback`` is the label when the first does not; ``ignored_words`` are never learnt.
    """

    topics: tuple[Topic, ...]
    probability: tuple[float, ...]
    title_factor: float
    max_count: int
    steepness: float
    fallback: str
    ignored_words: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class Kinds:
    """The words by which columns and headlines tell the kind of a piece, each a piece of the column or headline.

    ``notice_ends`` stand at the end of a headline, ``notice_starts`` begin it.
    """

    letter: tuple[str, ...]
    notice_ends: tuple[str, ...]
    notice_starts: tuple[str, ...]
    list: tuple[str, ...]
    literary: tuple[str, ...]
    comment: tuple[str, ...]
    photo: tuple[str, ...]
    feature: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Reference:
    """The lists of one data folder; ``version`` is a short hash over its files and changes with any of them."""

    authority: Authority
    gazetteer: Gazetteer
    topics: Topics
    kinds: Kinds
    events: Events
    version: str

    @classmethod
    def load(cls, folder: Path | None = None) -> Reference:
        """The lists of a folder, by default the project's data folder or the one that BAOKU_DATA names.

        Raises:
            BaokuError: a file is missing, is no TOML, or holds a wrong value; the message names file and key.
                Only weights.toml may be missing.
        """
        place = folder or reference_folder()
        files = {name: list_bytes(place / name) for name in FILES}
        people, places, topics, learnt, kinds, events = (Table.read(name, data) for name, data in files.items())
        version = hashlib.sha256(b"\0".join(files.values())).hexdigest()[:12]
        return cls(
            read_authority(people),
            read_gazetteer(places),
            _topics(topics, learnt),
            _kinds(kinds),
            read_events(events),
            version,
        )


def list_bytes(path: Path) -> bytes:
    """What a file holds; nothing learnt yet is no error, or nobody could begin to learn."""
    try:
        return path.read_bytes() if path.name != LEARNT or path.exists() else b""
    except OSError as error:
        raise BaokuError(f"读不到 {path}：{error.strerror} (cannot be read)") from None


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table that knows its place, so that a wrong value can be named."""

    values: Mapping[str, Any]
    place: str

    @classmethod
    def read(cls, name: str, data: bytes) -> Table:
        try:
            return cls(toml.loads(data.decode("utf-8-sig")), f"{name}：")
        except ValueError as error:
            raise BaokuError(f"{name} 不是正确的 TOML：{error} (not valid TOML in UTF-8)") from None

    def wrong(self, key: str, want: str) -> BaokuError:
        return BaokuError(f"{self.place}{key} 应为{want}，实为 {self.values.get(key)!r} (wrong or missing value)")

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "文字")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, '文字的列表，如 ["甲", "乙"]')
        return tuple(value)

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _TOO_MUCH:
            raise self.wrong(key, "大于 0 的数")
        return float(value)

    def probabilities(self, key: str) -> tuple[float, ...]:
        """A list of numbers between 0 and 1, none smaller than the one before."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(type(item) is float and 0 < item < 1 for item in value):
            raise self.wrong(key, "0 和 1 之间的数的列表，如 [0.07, 0.3, 0.65]")
        if value != sorted(value):
            raise self.wrong(key, "由小到大的数")
        return tuple(value)

    def day(self, key: str) -> date:
        value = self.values.get(key)
        if type(value) is not date:
            raise self.wrong(key, "日期，如 2022-10-16（不加引号）")
        return value

    def month_day(self, key: str) -> tuple[int, int]:
        value = self.values.get(key)
        try:
            day = date.fromisoformat(f"2000-{value}")
        except ValueError:
            raise self.wrong(key, '月和日，如 "08-20"') from None
        return day.month, day.day

    def signed(self) -> dict[str, float]:
        """All values, each a number, also below 0."""
        for key, value in self.values.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not -_TOO_MUCH < value < _TOO_MUCH:
                raise self.wrong(key, "数")
        return {key: float(value) for key, value in self.values.items()}

    def positive(self) -> dict[str, float]:
        """All values, each a number above 0."""
        return {key: self.number(key) for key in self.values}

    def table(self, key: str) -> Table:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"一张表 [{key}]")
        return Table(value, f"{self.place}{key}.")

    def tables(self, key: str) -> Iterator[Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"若干段 [[{key}]]")
        for number, item in enumerate(value, 1):
            yield Table(item, f"{self.place}{key}[{number}].")


def _topics(table: Table, learnt: Table) -> Topics:
    topics = tuple(_topic(item, learnt) for item in table.tables("topic"))
    fallback = table.text("fallback")
    if fallback not in {topic.label for topic in topics}:
        raise table.wrong("fallback", "一个 [[topic]] 的 label")
    return Topics(
        topics,
        table.probabilities("probability"),
        table.number("title_factor"),
        int(table.number("max_count")),
        table.number("steepness"),
        fallback,
        frozenset(map(fold, table.texts("ignored_words"))),
    )


def _topic(item: Table, learnt: Table) -> Topic:
    label, code, terms = item.text("label"), item.text("code"), item.table("terms")
    if not _MEDIA_TOPIC.fullmatch(code):
        raise item.wrong("code", " medtop: 加八位数字")
    rules, corrections = item.table("rules").signed(), learnt.table("corrections").table(label).signed()
    words = learnt.table("words").table(label).signed()
    start = learnt.table("start").signed().get(label, Topic.START)
    return Topic(label, code, terms.positive(), rules, corrections, words, start)


def _kinds(table: Table) -> Kinds:
    return Kinds(**{item.name: table.texts(item.name) for item in fields(Kinds)})
