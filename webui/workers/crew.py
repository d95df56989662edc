"""The process above all others: it makes the front and the workers, and a new one wherever one has died.

It does nothing else, so that nothing can happen to it. All others have the reading end of a pipe whose writing end
only this process holds: when it is gone, however it went, they see that and go, too.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, sleep

_log = logging.getLogger(__name__)
_SHORT_SECONDS = 2.0
_MOST_SHORT = 5
_GRACE_SECONDS = 6.0
_ENDING = (signal.SIGINT, signal.SIGTERM)
Role = Callable[[int], None]
"""What a process does until it ends or its lifeline, a file descriptor, can be read."""


class _Stop(BaseException):
    """The crew was asked to end."""


@dataclass(slots=True)
class Crew:
    """Processes by what they do: ``roles`` may name one several times. ``begun`` is called once all have begun."""

    roles: tuple[Role, ...]
    begun: Callable[[], None]
    _at_work: dict[int, Role] = field(default_factory=dict)
    _lifeline: tuple[int, int] = (-1, -1)

    def run(self) -> bool:
        """Keeps all at work until SIGINT or SIGTERM come; then all are ended.

        False when they died again and again as soon as they were made.
        """
        self._lifeline = os.pipe()
        for number in _ENDING:
            signal.signal(number, _stop)
        try:
            # What is there now stays for ever: it is not to be written to by looking for garbage, so it stays shared.
            gc.freeze()
            for role in self.roles:
                self._begin(role)
            self.begun()
            return self._watch()
        except _Stop:
            return True
        finally:
            self._end()

    def _begin(self, role: Role) -> None:
        # Until the new process has handlers of its own, it must not be told to stop the others.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        if (number := os.fork()) == 0:
            os._exit(_child(role, self._lifeline))
        self._at_work[number] = role
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)

    def _watch(self) -> bool:
        """Replaces who dies; False when MOST_SHORT in a row have lived for no longer than a moment."""
        short = 0
        while True:
            since = monotonic()
            number, status = os.wait()
            role = self._at_work.pop(number, None)
            if role is None:
                continue
            _log.error("process %s ended (%s), another one takes its place", number, _how(status))
            short = short + 1 if monotonic() - since < _SHORT_SECONDS else 0
            if short > _MOST_SHORT * len(self.roles):
                return False
            sleep(min(short * 0.05, 1))
            self._begin(role)

    def _end(self) -> None:
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)
        for number in self._at_work:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
        end = monotonic() + _GRACE_SECONDS
        with suppress(ChildProcessError):  # all are gone
            while self._at_work and monotonic() < end:
                self._at_work.pop(os.waitpid(-1, os.WNOHANG)[0], None)
                sleep(0.02)
        for number in self._at_work:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


def _child(role: Role, lifeline: tuple[int, int]) -> int:
    os.close(lifeline[1])
    # Ctrl-C is for the crew, which ends all of them in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    try:
        role(lifeline[0])
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
    return 0


def _stop(*_: object) -> None:
    raise _Stop


def leave(*_: object) -> None:
    """Ends this process in good order; for signals."""
    sys.exit(0)


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
