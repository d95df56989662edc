"""Who may come in: so many are served at a time, so many wait for their turn, and others are not let in."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock

from search.errors import BaokuError
from search.message import Message

BUSY = Message("现在同时来的人太多，请过几秒再试 (busy, try again in a few seconds).")


class Busy(BaokuError):
    """Too many are waiting, or one has waited too long."""


class Gate:
    """``places`` for those who are served, ``waiting`` for those whose turn comes; both at least 1.

    Whoever waits longest is next, so that nobody waits for ever while others come and go.
    """

    def __init__(self, places: int, waiting: int) -> None:
        self._free = places
        self._most = waiting
        self._lock = Lock()
        self._waiting: deque[Event] = deque()

    def enter(self, seconds: float) -> None:
        """Takes a place, after ``seconds`` of waiting at most; whoever has one must ``leave``.

        Raises:
            Busy: too many wait already, or the time was over.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._waiting) >= self._most:
                raise Busy(BUSY)
            turn = Event()
            self._waiting.append(turn)
        if not turn.wait(seconds):
            self._give_up(turn)

    def leave(self) -> None:
        """Gives the place to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    @property
    def full(self) -> bool:
        """Whether the next one would be told to come again."""
        return not self._free and len(self._waiting) >= self._most

    @property
    def length(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def _give_up(self, turn: Event) -> None:
        with self._lock:
            if turn.is_set():  # the turn came at the last moment
                return
            self._waiting.remove(turn)
        raise Busy(BUSY)
