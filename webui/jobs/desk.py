"""Where long exports are ordered: a waiting list, one writer at a time, and bounds on all of it."""

from __future__ import annotations

import atexit
import logging
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from threading import Condition, Thread
from time import monotonic

from flask import current_app

from search.errors import BaokuError
from search.message import Message
from webui.jobs.job import CANCELLED, DONE, FAILED, WAITING, WRITING, Job, Order
from webui.jobs.process import heard, start
from webui.jobs.room import Room

MOST_WAITING = 8
"""Orders that are not finished; the next one is refused."""
MOST_KEPT = 32
"""Orders that are remembered; the oldest finished ones go first, those without a file before those with one."""
AGE = 3600
"""Seconds after which a job that nobody has asked for is given up, and its file removed."""
Start = Callable[[Job], "Popen[str]"]

_log = logging.getLogger(__name__)


class DeskUnavailable(BaokuError):
    """Too many exports are waiting, or there is nowhere to write them."""


class Desk:
    """The long exports of one process; ``most`` is the bytes that all their files may take, 0 for none at all.

    ``start`` starts the process that writes one (webui.jobs.process), ``clock`` counts seconds.
    """

    def __init__(self, most: int, start: Start = start, clock: Callable[[], float] = monotonic) -> None:
        self.most = most
        self._start = start
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._turn = Condition()
        self._room: Room | None = None
        self._thread: Thread | None = None

    def order(self, order: Order) -> Job:
        """A new job at the end of the waiting list.

        Raises:
            DeskUnavailable: too many are waiting, or there is no folder for it.
        """
        with self._turn:
            self._give_up()
            if sum(job.open for job in self._jobs.values()) >= MOST_WAITING:
                raise DeskUnavailable(Message("正在准备的文件太多，请过几分钟再试，或直接下载 (too many exports)"))
            self._forget()
            name = secrets.token_urlsafe(12)
            job = self._jobs[name] = Job(name, order, self._folder(name), self._clock())
            if self._thread is None:
                self._thread = Thread(target=self._work, name="baoku-exports", daemon=True)
                self._thread.start()
            self._turn.notify_all()
            return job

    def find(self, name: str) -> Job | None:
        """The job of a name, which from now on is kept for AGE seconds; None where it is gone."""
        with self._turn:
            self._give_up()
            job = self._jobs.get(name)
            if job:
                job.seen = self._clock()
            return job

    def before(self, job: Job) -> int:
        """How many others are written before a job that waits."""
        with self._turn:
            names = [one.name for one in self._jobs.values() if one.open]
            return names.index(job.name) if job.name in names else 0

    def cancel(self, job: Job) -> None:
        """Ends a job that is not finished; what was written of it is removed."""
        with self._turn:
            if job.open:
                _end(job, CANCELLED)
                self._turn.notify_all()

    def close(self) -> None:
        """Ends everything and removes all files."""
        with self._turn:
            for job in self._jobs.values():
                _end(job, CANCELLED)
            self._jobs.clear()
            self._turn.notify_all()
            if self._room:
                atexit.unregister(self.close)
                self._room.close()
                self._room = None

    def _folder(self, name: str) -> Path:
        try:
            if self._room is None:
                self._room = Room()
                atexit.register(self.close)
            return self._room.folder(name)
        except OSError as error:
            raise DeskUnavailable(
                Message("没有地方写这份文件：{reason}，请直接下载 (no room)", reason=error.strerror or str(error))
            ) from None

    def _forget(self) -> None:
        ended = sorted((job for job in self._jobs.values() if not job.open), key=lambda job: job.state == DONE)
        for job in ended[: max(0, len(self._jobs) - MOST_KEPT + 1)]:
            self._remove(job)

    def _give_up(self) -> None:
        for job in [job for job in self._jobs.values() if self._clock() - job.seen > AGE]:
            self._remove(job)

    def _remove(self, job: Job) -> None:
        _end(job, CANCELLED)
        del self._jobs[job.name]

    def _work(self) -> None:
        while job := self._next():
            self._write(job)

    def _next(self) -> Job | None:
        """The job whose turn it is, once there is one; None when nothing is left to be written or removed."""
        with self._turn:
            while self._jobs:
                for job in self._jobs.values():
                    if job.state == WAITING:
                        job.state = WRITING
                        return job
                oldest = min(job.seen for job in self._jobs.values())
                self._turn.wait(max(0.0, oldest + AGE - self._clock()) + 1)
                self._give_up()
            self._thread = None
            return None

    def _write(self, job: Job) -> None:
        try:
            with self._start(job) as process:
                self._started(job, process)
                for line in process.stdout or ():
                    self._told(job, line)
            self._ended(job, DONE if process.returncode == 0 else FAILED)
        except OSError as error:
            _log.error("导出 %s 没有写成：%s", job.name, error)
            self._ended(job, FAILED)

    def _started(self, job: Job, process: Popen[str]) -> None:
        with self._turn:
            job.process = process
            if job.state != WRITING:  # cancelled before it could be killed
                process.kill()
            self._turn.notify_all()

    def _told(self, job: Job, line: str) -> None:
        """What the process says of itself: how far it is, or why it fails."""
        said = heard(line)
        with self._turn:
            job.rows, job.total = said.get("rows", job.rows), said.get("total", job.total)
            job.trouble = said.get("trouble", job.trouble)
            self._give_up()
            if job.open and (said.get("full") or (self._room and self._room.size() > self.most)):
                job.trouble = Message("服务器上给导出留的地方不够了，请直接下载 (no room left)")
                _end(job, FAILED)
            self._turn.notify_all()

    def _ended(self, job: Job, state: str) -> None:
        with self._turn:
            if job.state == WRITING:
                _end(job, state)
            else:  # what was removed while it was being written may have come again
                shutil.rmtree(job.folder, ignore_errors=True)
            self._turn.notify_all()
        if job.state == FAILED:
            _log.error("导出 %s 没有写成：%s", job.name, job.trouble or "进程意外结束")


def _end(job: Job, state: str) -> None:
    """The state in which a job ends; only what is done leaves a file."""
    ended, job.state = job.state, state
    if job.process and ended == WRITING:
        with suppress(OSError):
            job.process.kill()
    if state != DONE:
        shutil.rmtree(job.folder, ignore_errors=True)


def desk() -> Desk:
    """The desk of the running application."""
    kept: Desk = current_app.extensions["exports"]
    return kept
