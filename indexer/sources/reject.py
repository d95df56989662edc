"""What could not be taken: the file, the line where it helps, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass


class Unusable(Exception):
    """A file that holds no page; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that was left out; ``line`` is 1-based, None when the whole file was."""

    file: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}：{self.reason}"
