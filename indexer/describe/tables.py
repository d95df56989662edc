"""TOML tables that know their place, so that a wrong value can be named with its file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from search.errors import BaokuError


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table that knows its place, so that a wrong value can be named."""

    values: Mapping[str, Any]
    place: str

    @classmethod
    def read(cls, name: str, data: bytes) -> Table:
        try:
            return cls(tomllib.loads(data.decode("utf-8-sig")), f"{name}：")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
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

    def day(self, key: str) -> date | None:
        """The day of a key that may be missing."""
        value = self.values.get(key)
        if isinstance(value, datetime) or not isinstance(value, date | None):
            raise self.wrong(key, "日期，如 2021-03-02")
        return value

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise self.wrong(key, "大于 0 的数")
        return float(value)

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
