"""The time that one search may take."""

from __future__ import annotations

from math import inf
from time import monotonic

from search.errors import QueryRefused
from search.message import Message

MOST_TEXTS = 60_000
"""So many texts may be read through for the patterns of one search: some half a second."""


class Deadline:
    """Started when made; ``check`` is called wherever a search can go on for long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._texts = 0 if seconds < inf else -inf
        self._end = monotonic() + seconds

    @classmethod
    def never(cls) -> Deadline:
        """For work that must be finished."""
        return cls(inf)

    def check(self) -> None:
        """Raises QueryRefused when the time is over."""
        if monotonic() > self._end:
            raise QueryRefused(
                Message(
                    "查询耗时过长，已在 {seconds:g} 秒后中止，请改得具体一些 (the query takes too long)",
                    seconds=self._seconds,
                )
            )

    def read(self, texts: int) -> None:
        """Counts texts that are to be read through; a bound that does not depend on how busy the machine is.

        Raises:
            QueryRefused: they are more than MOST_TEXTS.
        """
        self._texts += texts
        if self._texts > MOST_TEXTS:
            raise QueryRefused(
                Message(
                    "通配符或 NEAR 要细看的文章有 {texts:,} 篇，最多 {most:,} 篇；"
                    "请多写几个字，或换成更少见的字 (too many texts to read through)",
                    texts=self._texts,
                    most=MOST_TEXTS,
                )
            )
