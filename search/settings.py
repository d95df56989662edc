"""Settings: defaults, then ``baoku.toml`` in the working folder, then ``BAOKU_*`` variables."""

from __future__ import annotations

import os
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from search import toml
from search.errors import BaokuError

FILE = "baoku.toml"
RANGES = {
    "port": (1, 65535),
    "threads": (1, 64),
    "workers": (0, 64),
    "queue": (1, 512),
    "budget": (6, 600),
    "memory": (64, 65536),
    "exports": (0, 1048576),
    "rate": (0, 1000000),
    "hsts": (0, 63072000),
}
"""The smallest and the largest value of the settings that are numbers."""
CHOICES = {
    "language": ("zh", "en"),
    "log": ("off", "text", "json"),
    "metrics": ("local", "all", "off"),
    "login": ("off", "editors", "all"),
}
"""The values of the settings that have only some."""
OTHER_NAMES = {"secret_key": "SECRET_KEY"}
"""Variables of other names that mean the same, where there is none of ours."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults; the names are those of ``baoku.toml``, upper case with BAOKU_ as variables.

    ``index``: the folder of the index. ``host`` and ``port``: where ``baoku serve`` listens. ``workers``: processes
    that make pages, each one at a time; 0 where the server makes them itself. ``threads``: requests that the server
    itself answers at the same time: lists, what is sent to it. ``queue``: requests that may wait for their turn.
    ``budget``: seconds that a page may take before its worker is stopped. ``memory``: about how many megabytes indexing
    may take. ``address``: where readers reach the web pages, for the links in exported lists. ``links``: the file of
    the short links, by default beside the index; ``off`` for none. ``cors``: the sites, with spaces between, whose
    pages may read /api in a reader's browser; ``*`` for all. ``language``: the language of pages whose addresses name
    none. ``exports``: megabytes on the disk for long exports that are written before they are sent; 0 for none.
    ``hosts``: the names, with spaces between, by which readers call this server; none for any. ``proxy``: the address
    of the proxy in front, which is believed when it says who asks. ``rate``: questions that another machine may ask in
    a minute; 0 for any number. ``hsts``: for how many seconds browsers shall insist on TLS; 0 where there is none.
    ``log``: how answers are logged. ``metrics``: who may see the counters at /metrics. ``login``: for what readers must
    sign in: ``off`` for nothing, ``editors`` for the editors' room, ``all`` for every page. ``accounts``: the file of
    the accounts, by default beside the index. ``audit``: the file of what was done and by whom, by default beside the
    index; ``off`` for none. ``allow``: the networks, with spaces between, from which the server may be asked; all if
    empty. ``secret_key``: what cookies are signed with.
    """

    index: str = "var/index"
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 4
    queue: int = 6
    budget: int = 15
    memory: int = 512
    address: str = ""
    links: str = ""
    cors: str = ""
    language: str = "zh"
    exports: int = 2048
    hosts: str = ""
    proxy: str = ""
    rate: int = 600
    hsts: int = 0
    log: str = "off"
    metrics: str = "local"
    login: str = "off"
    accounts: str = ""
    audit: str = ""
    allow: str = ""
    secret_key: str = field(default="", repr=False)

    @classmethod
    def load(cls, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings in force.

        Raises:
            BaokuError: ``baoku.toml`` is broken, or a value is of the wrong type or out of range; the setting is named.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, Any] = _file((folder or Path.cwd()) / FILE, {f.name for f in fields(cls)})
        for f in fields(cls):
            text = variables.get(f"BAOKU_{f.name.upper()}") or variables.get(OTHER_NAMES.get(f.name, ""))
            if text:
                values[f.name] = text
        return cls(**{f.name: _typed(f.name, values[f.name], f.default) for f in fields(cls) if f.name in values})


def _file(path: Path, known: Set[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = toml.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BaokuError(f"{path} 不能使用：{error} (the settings file cannot be read)") from None
    if unknown := sorted(values.keys() - known):
        names = "、".join(sorted(known))
        raise BaokuError(f"{path} 里的 {'、'.join(unknown)} 不是设置，能用的有 {names} (unknown setting)")
    return values


def _typed(name: str, value: Any, default: Any) -> Any:
    try:
        # A variable is always text; the file has types, and 8000.5 or true is no port.
        if not isinstance(value, (str, type(default))) or isinstance(value, bool):
            raise TypeError
        typed = type(default)(value)
    except (TypeError, ValueError):
        shown = "" if name in OTHER_NAMES else f" {value!r}"  # no secret on a screen
        raise BaokuError(f"设置 {name} 的值{shown} 不对，应为 {type(default).__name__} (bad setting)") from None
    least, most = RANGES.get(name, (typed, typed))
    if not least <= typed <= most:
        raise BaokuError(f"设置 {name} 的值 {typed} 不对，应在 {least} 到 {most} 之间 (out of range)")
    if typed not in CHOICES.get(name, (typed,)):
        raise BaokuError(f"设置 {name} 的值 {typed} 不对，能用的有 {'、'.join(CHOICES[name])} (no such value)")
    return typed
