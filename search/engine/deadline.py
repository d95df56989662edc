"""The time that one search may take."""

from __future__ import annotations

from math import inf
from time import monotonic

from search.errors import QueryRefused


class Deadline:
    """Started when made; ``check`` is called wherever a search can go on for long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    @classmethod
    def never(cls) -> Deadline:
        """For work that must be finished."""
        return cls(inf)

    def check(self) -> None:
        """Raises QueryRefused when the time is over."""
        if monotonic() > self._end:
            raise QueryRefused(
                f"查询耗时过长，已在 {self._seconds:g} 秒后中止，请改得具体一些 (the query takes too long)"
            )
