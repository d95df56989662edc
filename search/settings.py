"""Settings: defaults, then ``baoku.toml`` in the working folder, then ``BAOKU_*`` variables."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from search.errors import BaokuError

FILE = "baoku.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults; the names are those of ``baoku.toml``, upper case with BAOKU_ as variables.

    ``index``: the folder of the index. ``host`` and ``port``: where ``baoku serve`` listens. ``threads``: requests
    answered at the same time. ``newspaper``: the name shown where a page does not print one.
    """

    index: str = "var/index"
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    newspaper: str = ""

    @classmethod
    def load(cls, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings in force.

        Raises:
            BaokuError: ``baoku.toml`` is broken, or a value has the wrong type; the setting is named.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, Any] = _file((folder or Path.cwd()) / FILE)
        for f in fields(cls):
            text = variables.get(f"BAOKU_{f.name.upper()}")
            if text:
                values[f.name] = text
        return cls(**{f.name: _typed(f.name, values[f.name], f.default) for f in fields(cls) if f.name in values})


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BaokuError(f"{path} 不能使用：{error} (the settings file cannot be read)") from None


def _typed(name: str, value: Any, default: Any) -> Any:
    try:
        return type(default)(value)
    except (TypeError, ValueError):
        raise BaokuError(f"设置 {name} 的值 {value!r} 不对，应为 {type(default).__name__} (bad setting)") from None
