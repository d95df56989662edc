"""The audit log as the editors' room shows it: its events in words, filtered by event, person and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.audit import Audit, Read
from search.errors import BaokuError
from search.message import Message

UPKEEP: Mapping[str, str] = {
    "index": Message("收录"),
    "prune": Message("收录并清理"),
    "rebuild": Message("重建索引"),
    "check": Message("核对索引"),
    "backup": Message("备份"),
    "restore": Message("恢复"),
    "upgrade": Message("升级索引"),
}
"""What is done at the command line to keep the archive."""
EVENTS: Mapping[str, str] = {
    "sign-in": Message("登录"),
    "sign-in refused": Message("登录被拒"),
    "sign-out": Message("退出"),
    "list taken": Message("带走整份清单"),
    "account added": Message("新增账号"),
    "account changed": Message("更改账号"),
    "account removed": Message("删除账号"),
    **UPKEEP,
}
FACTS: Mapping[str, str] = {
    "how": Message("经由"),
    "address": Message("来自"),
    "format": Message("格式"),
    "rows": Message("行数"),
    "account": Message("账号"),
    "change": Message("改动"),
    "articles": Message("文章数"),
    "rejected": Message("未收"),
    "problems": Message("问题"),
    "place": Message("位置"),
    "request": Message("请求编号"),
}
"""What a line may say besides its time, its event and who it was."""
VALUES: Mapping[str, str] = {
    "form": Message("网页"),
    "program": Message("程序"),
    "password": Message("密码"),
    "editor": Message("编辑"),
    "reader": Message("读者"),
}
"""Values that are words of ours."""
MOST_SHOWN = 200


class LogUnreadable(BaokuError):
    """The audit log is there but cannot be read."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the audit log in words."""

    time: str
    event: str
    by: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Deeds:
    """The newest lines that match; ``more`` of them are not shown, ``earlier`` lines of the file were not looked at."""

    lines: Sequence[Deed]
    more: int
    earlier: bool
    unreadable: int


def deeds(audit: Audit, event: str = "", by: str = "", day: str = "") -> Deeds:
    """The lines of an event, of a person and of a day (or month), whatever of them is given.

    Raises:
        LogUnreadable: the file cannot be read.
    """
    read = _read(audit)
    found = [
        line
        for line in read.lines
        if event in ("", line.get("event")) and by in ("", line.get("by")) and str(line.get("time", "")).startswith(day)
    ]
    return Deeds([*map(_deed, found[:MOST_SHOWN])], max(len(found) - MOST_SHOWN, 0), read.earlier, read.unreadable)


def upkeep(audit: Audit) -> Iterator[tuple[str, Deed | None]]:
    """When each thing was done last to keep the archive.

    Raises:
        LogUnreadable: the file cannot be read.
    """
    read = _read(audit)
    for event, words in UPKEEP.items():
        last = next((line for line in read.lines if line.get("event") == event), None)
        yield words, _deed(last) if last else None


def moment(time: str) -> str:
    """An ISO time as it is read: day, hour and minute."""
    return time[:16].replace("T", " ")


def _read(audit: Audit) -> Read:
    try:
        return audit.read()
    except OSError:
        raise LogUnreadable(Message("审计记录读不了 (the audit log cannot be read)")) from None


def _deed(line: Mapping[str, Any]) -> Deed:
    known = [(FACTS[key], _value(line[key])) for key in FACTS if line.get(key) is not None]
    event = str(line.get("event", ""))
    return Deed(moment(str(line.get("time", ""))), EVENTS.get(event, event), str(line.get("by") or ""), known)


def _value(value: Any) -> str:
    return VALUES.get(str(value), str(value))
